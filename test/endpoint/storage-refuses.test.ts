import { inspect } from 'node:util';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import type {
  CapturedCall,
  GroupRepository,
  Outcome,
  QueryPage,
  UserRepository,
  WriteResult,
  Writer,
} from '../../src-main/contract/index.ts';
import { createEndpoint, type Endpoint, openSecretToken } from '../../src-main/endpoint/index.ts';
import { type Filter, standardSchemas } from '../../src-main/scim/index.ts';
import { createKeyFileSecrets, QueryTooSlow, StorageUnavailable } from '../../src-main/storage/index.ts';
import { expectError } from './shapes.ts';

const token = 'a-token-for-the-storage-tests';
let endpoint: Endpoint;
afterEach(() => endpoint.close());

/** An endpoint over a directory that does what a test says, and what it recorded and logged. */
async function start(parts: {
  submit?: (work: () => unknown) => Promise<never>;
  create?: () => WriteResult;
  query?: () => Promise<QueryPage>;
}) {
  const inserted: CapturedCall[] = [];
  const published: CapturedCall[] = [];
  const logged: unknown[] = [];
  const missing = () => {
    throw new Error('This test does not use it.');
  };
  const users: UserRepository<Filter> = {
    get: () => null,
    absence: missing,
    query: parts.query ?? missing,
    newId: missing,
    create: parts.create ?? missing,
    replace: missing,
    patch: missing,
    delete: missing,
    groupsOf: () => [],
  };
  const groups: GroupRepository<Filter> = {
    get: () => null,
    absence: missing,
    query: missing,
    newId: missing,
    create: missing,
    replace: missing,
    patch: missing,
    delete: missing,
    members: () => [],
    snapshot: missing,
  };
  let seq = 0;
  const writer: Writer = {
    async submit<W, R>(work: () => W, settle: (outcome: Outcome<W>) => R): Promise<R> {
      if (parts.submit !== undefined) return parts.submit(work);
      try {
        return settle({ ok: true, value: work() });
      } catch (error) {
        return settle({ ok: false, error });
      }
    },
    onUndone() {},
    append(write, committed) {
      write();
      committed?.();
    },
    drained: () => Promise.resolve(),
  };
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const db = new Database(':memory:');
  const secrets = createKeyFileSecrets('/nowhere');
  endpoint = await createEndpoint({
    users,
    groups,
    registry: () => standardSchemas,
    writer,
    recorder: {
      nextId: () => ({ seq: ++seq, code: `TEST${seq}` }),
      insert: (call) => {
        inserted.push(call);
        return () => published.push(call);
      },
      amend() {},
    },
    snapshot: (read) => read(),
    clock,
    log: { info() {}, warn() {}, error: (message, fields) => logged.push(message, fields) },
    token: await openSecretToken({ db, writer, secrets, clock, fixed: token }),
    onFaults() {},
    answerToReach: () => null,
    port: { number: 0, explicit: false },
  });
  const request = async (method: string, path: string, body?: string) => {
    const answer = await fetch(endpoint.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: JSON.parse(text) };
  };
  return { request, inserted, published, logged };
}

test('a write that could not be stored is 503 with Retry-After, and its record follows later', async () => {
  const { request, inserted, published } = await start({
    submit: () => Promise.reject(new StorageUnavailable(new Error('disk full'))),
  });
  const answer = await request('POST', '/Users', '{"userName":"x"}');
  expectError(answer, 503);
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(inserted.map((call) => call.status)).toEqual([503]);
  expect(published).toEqual(inserted);
});

test('a fault inside is 500 without its words, which go to the log', async () => {
  const { request, inserted, logged } = await start({
    create: () => {
      throw new Error('the inner workings');
    },
  });
  const answer = await request('POST', '/Users', '{"userName":"x"}');
  expectError(answer, 500);
  expect(answer.text).not.toContain('inner workings');
  expect(inspect(logged)).toContain('inner workings');
  expect(inserted.map((call) => [call.status, call.changes])).toEqual([[500, []]]);
});

test('a query that takes too long is 503', async () => {
  const { request } = await start({ query: () => Promise.reject(new QueryTooSlow('directory.select', 60_000)) });
  expectError(await request('GET', '/Users'), 503);
});

test('a caller that hangs up ends its query, and the call is recorded', async () => {
  let ended = false;
  const { inserted } = await start({
    query: (...given: unknown[]) =>
      new Promise((_resolve, reject) => {
        const hangUp = given[1];
        const signal = typeof hangUp === 'function' ? hangUp() : null;
        if (!(signal instanceof AbortSignal)) throw new Error('The query got no signal.');
        signal.addEventListener('abort', () => {
          ended = true;
          reject(signal.reason);
        });
      }),
  });
  const hangUp = new AbortController();
  const asked = fetch(`${endpoint.url}/Users`, {
    headers: { authorization: `Bearer ${token}` },
    signal: hangUp.signal,
  });
  setTimeout(() => hangUp.abort(), 50);
  await expect(asked).rejects.toThrow();
  await expect.poll(() => ended).toBe(true);
  await expect.poll(() => inserted.map((call) => call.status)).toEqual([499]);
});
