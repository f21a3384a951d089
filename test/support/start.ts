import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { type ReadyLine, readHostMessage } from '../../src-main/cli/host-messages.ts';

export const repository = resolve(import.meta.dirname, '../..');

/** How a start that is over went. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  child: ChildProcess;
  /** The `--json` line; rejects when the process ends without one. */
  ready: Promise<ReadyLine>;
  ended: Promise<Ended>;
  /** What it has printed so far. */
  stdout(): string;
}

/** Runs `npm start -- --headless --json …flags` as npm would, without npm. */
export function start(flags: string[], environment: Record<string, string> = {}, root = repository): Started {
  return run(['--headless', '--json', ...flags], environment, root);
}

/** Runs `npm start -- …flags` on a machine whose display is what `environment` says. */
export function run(flags: string[], environment: Record<string, string>, root = repository): Started {
  const {
    DISPLAY: _display,
    WAYLAND_DISPLAY: _wayland,
    SCIM_PILOT_TOKEN: _token,
    NGROK_AUTHTOKEN: _authtoken,
    ...inherited
  } = process.env;
  const child = spawn(process.execPath, [join(root, 'src-main/cli/start.ts'), ...flags], {
    cwd: root,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code, signal]): Ended => ({ code, signal, stdout, stderr }));
  const ready = new Promise<ReadyLine>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const message = stdout.includes('\n') ? readHostMessage(stdout.slice(0, stdout.indexOf('\n'))) : null;
      if (message?.kind === 'ready') resolve(message);
    });
    ended.then(() => reject(new Error(`It ended before it was ready:\n${stderr}`)));
  });
  // Whoever does not ask for readiness looks at how it ended.
  ready.catch(() => {});
  return { child, ready, ended, stdout: () => stdout };
}

/** Stops what `start` began, whatever state it is in. */
export async function stop(started: Started): Promise<Ended> {
  started.child.kill('SIGTERM');
  const overdue = setTimeout(() => started.child.kill('SIGKILL'), 15_000);
  const ended = await started.ended;
  clearTimeout(overdue);
  return ended;
}

/** A SCIM request with the run's token. */
export function scim(
  ready: ReadyLine,
  path: string,
  init: { method?: string; body?: unknown } = {},
): Promise<Response> {
  return fetch(`${ready.scim}${path}`, {
    method: init.method ?? 'GET',
    headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/scim+json' },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
}

/** The body of a POST /Users. */
export function person(userName: string) {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName,
    displayName: userName,
    active: true,
  };
}
