import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { readyMessage, type Usage, usageMessage } from './usage.ts';

/** A server of this folder in a process of its own. */
export interface Started {
  port: number;
  headers: Record<string, string>;
  usage(): Promise<Usage>;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();

/** Ends all child processes at once; what they hold is scrap. Resolves when they are gone. */
export async function killChildren(): Promise<void> {
  const gone = [...running].map((child) => new Promise((resolve) => child.once('exit', resolve)));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(gone);
}

function run(file: string, args: string[]): ChildProcess {
  const child = fork(join(import.meta.dirname, file), args);
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Runs a program of this folder to its end. */
export function finish(file: string, ...args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    run(file, args).once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${file} ended with ${code}`))));
  });
}

/** Starts a server of this folder and waits until it listens. */
export async function start(file: string, ...args: string[]): Promise<Started> {
  const child = run(file, args);
  const next = () =>
    new Promise<unknown>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`${file} ended with ${code}`));
      child.once('exit', ended);
      child.once('message', (message) => {
        child.off('exit', ended);
        resolve(message);
      });
    });
  const { port, token } = readyMessage.parse(await next()).ready;
  return {
    port,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    async usage() {
      child.send('usage');
      return usageMessage.parse(await next()).usage;
    },
    stop() {
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.disconnect();
      return gone;
    },
  };
}
