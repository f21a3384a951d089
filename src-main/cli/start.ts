/**
 * `npm start`: checks the flags, builds when sources changed, and runs the pilot: in the desktop window where one can be
 * had, else in this very process with its window served to a browser.
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stoppedWords } from '../contract/catalogue/leaving.ts';
import { ensureBuilt } from './build.ts';
import { runDesktop, whyNoDesktop } from './desktop.ts';
import { defaultScimPort, readSettings, type StartSettings } from './flags.ts';
import type { ReadyLine } from './host-messages.ts';
import type { HeadlessHost } from './hosts.ts';
import { outliveReaders, stopOnSignals } from './signals.ts';
import { createTunnelTeller, type TunnelLine, tunnelWords } from './tunnel-lines.ts';
import { failureWords, helpWords, type ReadyFacts, readyLine, readyWords } from './words.ts';

const root = resolve(import.meta.dirname, '../..');

async function start(args: readonly string[], stop: AbortSignal): Promise<number> {
  const settings = readSettings(args);
  if (settings.help) {
    process.stdout.write(`${helpWords}\n`);
    return 0;
  }
  const say = (words: string) => void (settings.json ? process.stderr : process.stdout).write(`${words}\n`);
  const announce = (facts: ReadyFacts, desktop: true | string) => {
    if (settings.json) process.stdout.write(`${readyLine(facts)}\n`);
    say(readyWords(facts, desktop));
  };
  const tunnel = (line: TunnelLine) => {
    if (settings.json) process.stdout.write(`${JSON.stringify(line)}\n`);
    say(tunnelWords(line));
  };
  await ensureBuilt({ root, say, stop });
  if (stop.aborted) return 0;

  let reason = whyNoDesktop(settings.headless, process.env, process.platform);
  if (reason === null) {
    let served = false;
    const ready = (line: ReadyLine) => {
      served = true;
      announce(factsOf(line, settings), true);
    };
    const outcome = await runDesktop({ root, args, say, stop, ready, tunnel });
    if (outcome.kind === 'exited') {
      if (served && outcome.code === 0) say(stoppedWords(outcome.azureAt, Date.now()));
      return outcome.code;
    }
    reason = outcome.reason;
  }
  const { serveHeadless }: HeadlessHost = await import(pathToFileURL(join(root, 'out', 'main', 'headless.js')).href);
  const { azureAt } = await serveHeadless({
    settings,
    rendererDir: join(root, 'out', 'renderer'),
    stop,
    ready: (facts) => announce(facts, reason),
    tunnel: createTunnelTeller(tunnel),
  });
  say(stoppedWords(azureAt, Date.now()));
  return 0;
}

/** What the desktop app's ready line and our own flags tell. */
function factsOf(line: ReadyLine, settings: StartSettings): ReadyFacts {
  const moved =
    !settings.port.explicit && settings.port.number !== 0 && Number(new URL(line.scim).port) !== defaultScimPort;
  return {
    ...line,
    tunnel: settings.tunnel.choice?.kind ?? (line.public === null ? 'none' : 'own'),
    tenantUrl: line.public === null ? line.scim : `${line.public}${new URL(line.scim).pathname}`,
    dataDir: settings.dataDir,
    movedFrom: moved ? defaultScimPort : null,
    // The window tells it.
    away: null,
  };
}

outliveReaders();
const stop = stopOnSignals();
start(process.argv.slice(2), stop).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${failureWords(error)}\n`);
    process.exit(1);
  },
);
