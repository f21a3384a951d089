import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../src-main/cli/build.ts';
import type { ReadyLine } from '../../src-main/cli/host-messages.ts';
import { person, repository, type Started, scim, start, stop } from '../support/start.ts';

/** SIGTERM and SIGINT: running requests are finished, the database is closed, exit code 0. */

let data: string;
let started: Started;
let ready: ReadyLine;

beforeAll(() => ensureBuilt({ root: repository, say: () => {}, stop: new AbortController().signal }), 120_000);
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'scim-pilot-stop-'));
  started = start(['--data', data, '--port', '0']);
  ready = await started.ready;
});
afterEach(async () => {
  await stop(started);
  rmSync(data, { recursive: true, force: true });
});

/** A POST /Users of which only the first half is sent; `finish` sends the rest and gives the answer. */
async function halfSent(userName: string) {
  const { port, pathname } = new URL(ready.scim);
  const body = JSON.stringify(person(userName));
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  socket.write(
    `POST ${pathname}/Users HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${ready.token}\r\n` +
      `content-type: application/scim+json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 20)}`,
  );
  await sleep(200);
  return {
    async finish() {
      socket.write(body.slice(20));
      await once(socket, 'close');
      return answer;
    },
  };
}

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  test('ends an idle pilot with 0 and one sentence', async () => {
    started.child.kill(signal);
    const { code, stdout, stderr } = await started.ended;
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    // Azure never called here: nothing is said of a job.
    expect(stderr.trim().split('\n').at(-1)).toBe('SCIM Pilot has stopped.');
  });

  test('lets a running request finish, also when it comes again', async () => {
    const request = await halfSent('ada@contoso.example');
    started.child.kill(signal);
    await sleep(100);
    started.child.kill(signal);
    started.child.kill(signal === 'SIGTERM' ? 'SIGINT' : 'SIGTERM');
    await sleep(200);
    expect(started.child.exitCode).toBe(null);
    expect(await request.finish()).toMatch(/^HTTP\/1\.1 201 /);
    expect(await started.ended).toMatchObject({ code: 0, signal: null });

    started = start(['--data', data, '--port', '0']);
    ready = await started.ready;
    const found = await scim(ready, `/Users?filter=${encodeURIComponent('userName eq "ada@contoso.example"')}`);
    expect(await found.json()).toMatchObject({ totalResults: 1 });
  });
});

test('an open window does not hold it up', async () => {
  const { origin, hash } = new URL(ready.window);
  const session = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key: hash.slice('#key='.length) }),
  });
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  const events = await fetch(`${origin}/api/watch`, { headers: { cookie } });
  expect(events.status).toBe(200);
  const before = Date.now();
  started.child.kill('SIGTERM');
  expect(await started.ended).toMatchObject({ code: 0 });
  expect(Date.now() - before).toBeLessThan(3_000);
  await events.body?.cancel().catch(() => {});
});
