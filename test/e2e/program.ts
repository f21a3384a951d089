import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');
const shell = process.platform === 'win32';

const readyLine = z.object({
  ready: z.literal(true),
  pid: z.int(),
  scim: z.url(),
  token: z.string(),
  window: z.url(),
  public: z.null(),
});
export type ReadyLine = z.infer<typeof readyLine>;

/** A pilot started by its command, as an admin does. */
export interface StartedPilot {
  ready: ReadyLine;
  /** What the command ended with, once it did. */
  ended: Promise<number | null>;
  stderr(): string;
  /** Signals the process that serves. */
  kill(signal: NodeJS.Signals): void;
}

/** `npm start -- --headless --json …` until its ready line. The first start builds. */
export async function startPilot(dataDir: string): Promise<StartedPilot> {
  const flags = ['--headless', '--json', '--port', '0', '--window-port', '0', '--data', dataDir];
  const child = spawn('npm', ['start', '--silent', '--', ...flags], {
    cwd: root,
    shell,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = exitOf(child);
  const first = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).once('line', first.resolve);
  const line = await Promise.race([
    first.promise,
    ended.then((code) => `ended with ${code} before it was ready: ${stderr}`),
  ]);
  if (!line.startsWith('{')) throw new Error(`npm start ${line}`);
  const ready = readyLine.parse(JSON.parse(line));
  return { ready, ended, stderr: () => stderr, kill: (signal) => void process.kill(ready.pid, signal) };
}

/** `npm run entra -- …`, to its end. */
export async function runEntra(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn('npm', ['run', '--silent', 'entra', '--', ...args], {
    cwd: root,
    shell,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return { code: await exitOf(child), stdout, stderr };
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => child.once('close', done));
}
