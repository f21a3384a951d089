import type { TunnelStatus } from '../contract/index.ts';
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
  /** Called after `ready`, for how the tunnel is then and after every change of it. */
  tunnel: (status: TunnelStatus) => void;
}

/** What is known of Azure's job at the end. `azureAt`: its newest call that was let in, milliseconds since 1970; null before the first. */
export interface Stopped {
  azureAt: number | null;
}

/** The door of `out/main/headless.js`. */
export interface HeadlessHost {
  serveHeadless(options: HeadlessOptions): Promise<Stopped>;
}
