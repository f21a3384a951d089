import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTRPCClient, httpLink } from '@trpc/client';
import { afterAll, expect, test } from 'vitest';
import type { AppRouter } from '../../src-main/api/index.ts';
import type { ReadyLine } from '../../src-main/cli/host-messages.ts';
import { sendRaw } from '../support/raw.ts';
import { start, stop } from '../support/start.ts';

/** Secrets are planted in a real program, which is then used for a while: no byte that it wrote or printed may hold one. */

const dataDir = mkdtempSync(join(tmpdir(), 'scim-pilot-canary-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const environmentAuthtoken = '2environmentAuthtokenCanary_7k3Q';
const savedAuthtoken = '2savedAuthtokenCanary_9x1Z';
const wrong = 'a-wrong-token-of-a-stranger-5fW2';
const foreign = `scimpilot_${'Zq7'.repeat(14)}w`;

/** The window's API, signed in as the printed link does. */
async function windowOf({ window }: ReadyLine) {
  const { origin, hash } = new URL(window);
  const headers = { origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  const body = JSON.stringify({ key: hash.replace('#key=', '') });
  const session = await fetch(`${origin}/session`, { method: 'POST', headers, body });
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${origin}/api`, headers: { ...headers, cookie } })] });
}

/** Arguments of the process and of what it started. */
function argumentsOf(pid: number): string {
  if (!existsSync('/proc/self/task')) return '';
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  const pids = [pid, ...(children === '' ? [] : children.split(' '))];
  return pids.map((one) => readFileSync(`/proc/${one}/cmdline`, 'utf8')).join('\n');
}

async function use(ready: ReadyLine, tokens: string[]): Promise<void> {
  const port = Number(new URL(ready.scim).port);
  const right = `Bearer ${tokens.at(-1)}`;
  const call = (authorization: string, path: string, token: string, init: RequestInit = {}) =>
    fetch(ready.scim + path, { ...init, headers: { authorization, 'x-echo': token } });
  // All at once: wrong ones in a row have to wait.
  await Promise.all(
    [...tokens, wrong, foreign].flatMap((token) => [
      call(`Bearer ${token}`, `/Users?filter=userName+eq+%22${token}%22&access_token=${token}`, token),
      call(`Bearer ${token}`, '/Users', token, { method: 'POST', body: `{"userName": "${token}", broken` }),
      call(`Bearer ${token}`, `/Printers/${token}`, token),
      call(token, '/Users', token),
      call(`Basic ${token}`, '/Users', token),
      sendRaw(port, `GET /scim/v2/${token} HTTP/1.1\r\nAuthorization: Bearer ${token}\r\nbroken ${token}\r\n\r\n`),
      sendRaw(port, `${token}\r\n\r\n`),
    ]),
  );
  // Where nobody expects a token, let in by the right one.
  await Promise.all([...tokens, foreign].map((token) => call(right, `/Users/${token}`, token)));
}

test('no secret is in anything that the program wrote or printed', { timeout: 120_000 }, async () => {
  const secrets = [environmentAuthtoken, savedAuthtoken, wrong, foreign];
  const printed: string[] = [];
  let processes = '';
  for (let run = 0; run < 2; run++) {
    const flags = ['--port', '0', '--window-port', '0', '--data', dataDir, '--tunnel', 'none'];
    const started = start(flags, { NGROK_AUTHTOKEN: environmentAuthtoken });
    try {
      const ready = await started.ready;
      const window = await windowOf(ready);
      const tokens = [ready.token ?? ''];
      const renew = async (act: 'rotate' | 'revoke') => {
        await window.token[act].mutate();
        const { token } = await window.token.reveal.mutate();
        expect(token).not.toBe(tokens.at(-1));
        tokens.push(token ?? '');
      };
      const { ngrok: _ngrok, fixedByStart: _fixed, ...kept } = await window.tunnel.settings.query();
      const change = { ...kept, domain: null, server: null, ca: null, authtoken: savedAuthtoken };
      expect(await window.tunnel.save.mutate(change)).toEqual({ problem: null });
      await use(ready, tokens);
      await renew('rotate');
      await use(ready, tokens);
      await renew('revoke');
      await use(ready, tokens);
      secrets.push(...tokens);
      const question = { before: null, limit: 500, query: '' };
      const { calls } = await window.feed.page.query(question);
      expect(calls.length).toBeGreaterThan(50);
      const answers: unknown[] = [await window.status.query(), await window.overview.query(), calls];
      for (const { code } of calls) answers.push(await window.feed.detail.query({ code }));
      answers.push(await window.tunnel.settings.query());
      printed.push(JSON.stringify(answers));
      processes += argumentsOf(ready.pid);
      // While it runs, so that the write-ahead log is looked at as well.
      search(secrets);
    } finally {
      const { stdout, stderr } = await stop(started);
      // The ready line alone prints the token.
      printed.push(stdout.slice(stdout.indexOf('\n')), stderr);
    }
  }
  search(secrets);
  const all = [...printed, processes].join('\n');
  expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
  expect(new Set(secrets).size).toBeGreaterThanOrEqual(9);
});

function search(secrets: string[]): void {
  const files = readdirSync(dataDir, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  expect(files.map((file) => file.name)).toContain('pilot.db');
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name)).toString('latin1');
    const found = secrets.filter((secret) => bytes.includes(secret));
    expect([file.name, found]).toEqual([file.name, []]);
  }
}
