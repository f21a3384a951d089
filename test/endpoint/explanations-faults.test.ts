import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { ExplanationCode } from '../../src-main/contract/catalogue/explanations/index.ts';
import type { CapturedCall } from '../../src-main/contract/index.ts';
import { createMalformedHandler } from '../../src-main/endpoint/malformed.ts';
import { createRedactor } from '../../src-main/endpoint/redact.ts';
import { explain, outcomeOf } from '../../src-main/insight/explain/index.ts';
import { standardSchemas } from '../../src-main/scim/index.ts';
import { QueryTooSlow, StorageUnavailable } from '../../src-main/storage/index.ts';
import { startTestPilot } from '../support/pilot.ts';
import { sendRaw } from '../support/raw.ts';
import { expectExplained, recordOf } from './explain.ts';
import { startFaulty } from './faulty.ts';

/* Faults that a healthy pilot does not have: storage that fails, clocks that run, tokens that end. */

let open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
});

const world = {
  registry: () => standardSchemas,
  nameOfUser: () => null,
  sharesExternalId: () => false,
  tenantAdmins: { named: () => false, hidden: () => null },
};

function codesOf(call: CapturedCall | undefined): string[] {
  if (call === undefined) throw new Error('Nothing was recorded.');
  const found = explain(call, world);
  expect(outcomeOf(found)).toBe('failed');
  return found.map(({ code }) => code);
}

test.each<[ExplanationCode, Parameters<typeof startFaulty>[0], method: string]>([
  ['SP-STORAGE', { submit: () => Promise.reject(new StorageUnavailable(new Error('disk full'))) }, 'POST'],
  [
    'SP-INTERNAL',
    {
      create: () => {
        throw new Error('the inner workings');
      },
    },
    'POST',
  ],
  ['SP-QUERY-TOO-SLOW', { query: () => Promise.reject(new QueryTooSlow('directory.select', 60_000)) }, 'GET'],
])('%s', async (code, parts, method) => {
  const { endpoint, request, inserted } = await startFaulty(parts);
  open.push(() => endpoint.close());
  await request(method, '/Users', method === 'GET' ? undefined : '{"userName":"x"}');
  await expect.poll(() => inserted.length).toBe(1);
  expect(codesOf(inserted[0])).toEqual([code]);
});

test('SP-REQUEST-TIMEOUT', async () => {
  const inserted: CapturedCall[] = [];
  const refuse = createMalformedHandler({
    recorder: {
      nextId: () => ({ seq: 1, code: 'TEST1' }),
      insert: (call) => {
        inserted.push(call);
        return () => {};
      },
      amend() {},
    },
    writer: {
      submit: () => Promise.reject(new Error('not used')),
      within: () => ({ ok: false, error: new Error('not used') }),
      append: (write) => write(),
      onUndone() {},
      drained: () => Promise.resolve(),
    },
    clock: { now: Date.now, monotonic: () => performance.now() },
    redactor: createRedactor(null),
    check: () => ({ accepted: false, refusal: '', refused: null, shown: null, presented: null }),
  });
  const server = createServer((socket) =>
    socket.once('data', () => refuse(Object.assign(new Error('slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket)),
  );
  open.push(() => server.close());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await sendRaw(port, 'GET /scim/v2/Users HTTP/1.1\r\n')).toMatch(/^HTTP\/1\.1 408 /);
  expect(codesOf(inserted[0])).toEqual(['SP-REQUEST-TIMEOUT']);
});

test('tokens that have ended: SP-TOKEN-REPLACED, SP-TOKEN-REVOKED, SP-TOKEN-EXPIRED', async () => {
  const day = 86_400_000;
  let now = Date.now();
  const pilot = await startTestPilot({ token: null, clock: { now: () => now, monotonic: () => performance.now() } });
  open.push(() => pilot.close());
  const asked = (token: string) => () =>
    pilot.request('GET', '/Users', undefined, { authorization: `Bearer ${token}` });
  const first = pilot.token;
  await pilot.api.token.rotate();
  now += day;
  expectExplained(await recordOf(pilot, asked(first)), 'SP-TOKEN-REPLACED', `ends in …${first.slice(-4)}`);
  const second = (await pilot.api.token.reveal()) ?? '';
  await pilot.api.token.setExpiry(1);
  now += 2 * day;
  expectExplained(await recordOf(pilot, asked(second)), 'SP-TOKEN-EXPIRED', `ends in …${second.slice(-4)}`);
  await pilot.api.token.rotate();
  const third = (await pilot.api.token.reveal()) ?? '';
  await pilot.api.token.revoke();
  expectExplained(await recordOf(pilot, asked(third)), 'SP-TOKEN-REVOKED', `ends in …${third.slice(-4)}`);
});

test('SP-SLOW: an answer that took longer than ten seconds is odd', async () => {
  let hurry = 0;
  const clock = { now: Date.now, monotonic: () => performance.now() + hurry };
  const pilot = await startTestPilot({
    clock: {
      ...clock,
      monotonic() {
        if (hurry > 0) hurry += 12_000;
        return clock.monotonic();
      },
    },
  });
  open.push(() => pilot.close());
  hurry = 1;
  expectExplained(await recordOf(pilot, () => pilot.request('GET', '/Users?count=0')), 'SP-SLOW', /took \d+ seconds/);
});

test('SP-SLOW-READER takes two minutes to meet, so its sentence stands for it; SP-REFUSED is for what has no entry', async () => {
  const { endpoint, request, inserted } = await startFaulty({ query: () => Promise.reject(new Error('unused')) });
  open.push(() => endpoint.close());
  await request('GET', '/Users');
  await expect.poll(() => inserted.length).toBe(1);
  const [call] = inserted;
  if (call === undefined) throw new Error('Nothing was recorded.');
  const detail = '[call TEST1] The caller took the answer too slowly; it was ended before all of it was sent.';
  expect(codesOf({ ...call, status: 499, detail })).toEqual(['SP-SLOW-READER']);
  expect(codesOf({ ...call, status: 400, scimType: 'invalidValue', detail: '[call TEST1] Something new.' })).toEqual([
    'SP-REFUSED',
  ]);
});

test('what the fault lab did on purpose is told as such: SP-FAULT-LAB, SP-FAULT-LAB-BROKEN', async () => {
  const pilot = await startTestPilot();
  open.push(() => pilot.close());
  const practise = (method: string, path: string, body?: unknown) =>
    pilot.request(method, path, body, { 'user-agent': 'SCIM-Pilot-Simulator/test' });
  const nobody = '/Users?filter=userName+eq+%22nobody%40fabrikvale.example%22';
  const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'broken@fabrikvale.example' };
  for (const [kind, said] of [
    ['unauthorized', '401): the token was refused on purpose'],
    ['not-found', '404): a query without a hit was answered 404 on purpose'],
    ['throttled', '429): too many requests, on purpose'],
    ['server-error', '500): an internal error, on purpose'],
  ] as const) {
    pilot.api.practice.startFaults({ kind, calls: 'all', count: 1 });
    const call = await recordOf(pilot, () => practise('GET', nobody));
    expectExplained(call, 'SP-FAULT-LAB', said);
    expect(call.explanations[0]?.caller).toBe('practice');
  }
  pilot.api.practice.startFaults({ kind: 'malformed', calls: 'creates', count: 1 });
  // Half of an answer is no JSON.
  const broken = await recordOf(pilot, () => practise('POST', '/Users', user).then(({ text }) => text));
  expectExplained(broken, 'SP-FAULT-LAB-BROKEN', 'breaks off');
  expect(broken.sentence.verb).toBe('Created');
});
