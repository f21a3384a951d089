import type { StartSettings } from './flags.ts';
import type { ReadyFacts } from './words.ts';

/** What `npm start` hands to the headless host. */
export interface HeadlessOptions {
  settings: StartSettings;
  /** Folder of the built window. */
  rendererDir: string;
  /** Ends the pilot cleanly when aborted. */
  stop: AbortSignal;
  /** Called once, when both listeners are up. */
  ready: (facts: ReadyFacts) => void;
}

/** The door of `out/main/headless.js`. */
export interface HeadlessHost {
  serveHeadless(options: HeadlessOptions): Promise<void>;
}
