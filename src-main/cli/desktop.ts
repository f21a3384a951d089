import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { withoutSecrets } from './environment.ts';
import { type ReadyLine, readHostMessage } from './host-messages.ts';
import type { TunnelLine } from './tunnel-lines.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Null when a desktop window can be shown, else why not and how to get one. */
export function whyNoDesktop(
  headlessAsked: boolean,
  environment: Environment,
  platform: NodeJS.Platform,
): string | null {
  if (headlessAsked) return 'There is no desktop window because --headless was given; start without it to get one.';
  if (platform === 'darwin' || platform === 'win32') return null;
  if (environment.DISPLAY || environment.WAYLAND_DISPLAY) return null;
  return 'There is no desktop window because this machine has no display; start it within a desktop session to get one.';
}

/** Limits on fetching and starting Electron, milliseconds. */
export interface DesktopLimits {
  /** Without any progress. */
  stalled: number;
  /** From spawning Electron to its first sign of life. */
  start: number;
}

export const desktopLimits: DesktopLimits = { stalled: 30_000, start: 60_000 };

interface DesktopOptions {
  /** Repository's root. */
  root: string;
  /** The flags as given, handed on to the app. */
  args: readonly string[];
  say: (words: string) => void;
  stop: AbortSignal;
  /** The app is up. */
  ready: (line: ReadyLine) => void;
  /** The tunnel has changed. */
  tunnel: (line: TunnelLine) => void;
  environment?: Environment;
  limits?: DesktopLimits;
}

/** `exited`: the app ran, this is its exit code, and then Azure called last. `failed`: no window could be had; why and what to do. */
export type DesktopOutcome =
  | { kind: 'exited'; code: number; azureAt: number | null }
  | { kind: 'failed'; reason: string };

/** Fetches Electron where it is missing, runs the desktop app and resolves when it is over or could not begin. */
export async function runDesktop(options: DesktopOptions): Promise<DesktopOutcome> {
  const { root, stop, environment = process.env, limits = desktopLimits } = options;
  const folder = dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'));
  if (electronBinary(folder, environment) === null) {
    const failure = await fetchElectron(options, limits);
    if (stop.aborted) return { kind: 'exited', code: 0, azureAt: null };
    if (failure !== null) {
      return failed(
        `Electron could not be fetched: ${failure}`,
        'check the internet connection or proxy and start again',
      );
    }
  }
  const binary = electronBinary(folder, environment);
  if (binary === null) return failed('Electron was fetched but is not there', 'run "npm ci" and start again');
  return runApp(binary, options, environment, limits);
}

function failed(why: string, cure: string): DesktopOutcome {
  return { kind: 'failed', reason: `There is no desktop window because ${why}; to get one, ${cure}.` };
}

/** Path of Electron's executable, or null. Follows Electron's own rules (path.txt, ELECTRON_OVERRIDE_DIST_PATH). */
function electronBinary(folder: string, environment: Environment): string | null {
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : null;
  const override = environment.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return join(override, name ?? 'electron');
  if (name === null) return null;
  const binary = join(folder, 'dist', name);
  return existsSync(binary) ? binary : null;
}

/** Null when Electron's binary is there now, else a short reason. */
function fetchElectron(
  { root, say, stop, environment }: DesktopOptions,
  limits: DesktopLimits,
): Promise<string | null> {
  say('Fetching Electron for the desktop window (about 110 MB, the first time only) …');
  const child = spawn(process.execPath, [join(root, 'src-main', 'cli', 'fetch-electron.ts')], {
    cwd: root,
    env: withoutSecrets(environment ?? process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve) => {
    let error = '';
    let stalled = false;
    const giveUp = setTimeout(() => {
      stalled = true;
      child.kill('SIGKILL');
    }, limits.stalled);
    const onStop = () => child.kill('SIGKILL');
    stop.addEventListener('abort', onStop, { once: true });
    let told = Date.now();
    createInterface({ input: child.stdout }).on('line', (line) => {
      giveUp.refresh();
      if (Date.now() - told < 3_000) return;
      told = Date.now();
      const words = progressWords(line);
      if (words !== null) say(words);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      error = (error + text).slice(0, 2_000);
    });
    const finish = (reason: string | null) => {
      clearTimeout(giveUp);
      stop.removeEventListener('abort', onStop);
      resolve(stalled ? `nothing arrived for ${limits.stalled / 1_000} s` : reason);
    };
    child.on('error', (cause) => finish(cause.message));
    child.on('close', (code) => finish(code === 0 ? null : firstSentence(error)));
  });
}

/** "Fetching Electron: 35 of 110 MB" from a line of `fetch-electron.ts`. */
function progressWords(line: string): string | null {
  const match = /^(\d+) (\d+)$/.exec(line);
  if (match === null) return null;
  const megabytes = (bytes: string | undefined) => Math.round(Number(bytes) / 1e6);
  const total = megabytes(match[2]);
  return `Fetching Electron: ${megabytes(match[1])}${total > 0 ? ` of ${total}` : ''} MB`;
}

function firstSentence(error: string): string {
  const line = error.split('\n').find((text) => text.trim() !== '') ?? 'no reason was given';
  return line
    .trim()
    .replace(/^\w*Error: /, '')
    .replace(/\.$/, '');
}

function runApp(
  binary: string,
  { root, args, stop, ready, tunnel, say }: DesktopOptions,
  environment: Environment,
  limits: DesktopLimits,
): Promise<DesktopOutcome> {
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = environment;
  const flags = args.includes('--json') ? args : [...args, '--json'];
  const child = spawn(binary, [join(root, 'out', 'main', 'index.js'), ...flags], {
    cwd: process.cwd(),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve) => {
    let alive = false;
    let complaint = '';
    let azureAt: number | null = null;
    const giveUp = setTimeout(() => child.kill('SIGKILL'), limits.start);
    const passOn = () => endGently(child, stop);
    if (stop.aborted) passOn();
    else stop.addEventListener('abort', passOn, { once: true });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = readHostMessage(line);
      if (message === null) return;
      alive = true;
      clearTimeout(giveUp);
      if (message.kind === 'ready') ready(message);
      if (message.kind === 'tunnel') tunnel(message.line);
      if (message.kind === 'stopping') azureAt = message.azureAt;
      if (message.kind === 'already-open')
        say('SCIM Pilot is already open with this data folder; its window is in front now.');
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!alive) complaint ||= line;
      else if (!isChromiumNoise(line)) say(line);
    });
    const finish = (outcome: DesktopOutcome) => {
      clearTimeout(giveUp);
      stop.removeEventListener('abort', passOn);
      resolve(outcome);
    };
    child.on('error', (error) =>
      finish(failed(`Electron could not be run (${error.message})`, 'run "npm ci" and start again')),
    );
    child.on('close', (code, signal) => {
      if (alive || stop.aborted) {
        return finish({ kind: 'exited', code: stop.aborted ? (code ?? 0) : (code ?? 1), azureAt });
      }
      const how = signal === null ? `exit code ${code}` : signal;
      finish(failed(`Electron ended at once (${cleanComplaint(complaint) || how})`, cureOf(complaint)));
    });
  });
}

function endGently(child: ChildProcess, stop: AbortSignal): void {
  child.kill(stop.reason === 'SIGINT' ? 'SIGINT' : 'SIGTERM');
}

/** Chromium's own log lines, e.g. `[1234:1123/101010.1:ERROR:bus.cc(407)] …`: nobody can act on them. */
function isChromiumNoise(line: string): boolean {
  return /^\[[\d:/.]+:(ERROR|WARNING|INFO|VERBOSE\d*):/.test(line) || line.trim() === '';
}

function cleanComplaint(line: string): string {
  return line
    .replace(/^\[[^\]]*\]\s*/, '')
    .replace(/^.*error while loading shared libraries: /, '')
    .replace(/\.$/, '');
}

function cureOf(complaint: string): string {
  if (/running as root/i.test(complaint)) return 'start as an ordinary user: Electron refuses to run as root';
  if (/shared librar/i.test(complaint)) return 'install the library it names';
  if (/sandbox/i.test(complaint)) return "allow unprivileged user namespaces, which Electron's sandbox needs";
  return 'start it within a desktop session';
}
