import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { QueryTooSlow, StorageUnavailable } from '../../src-main/storage/index.ts';
import { startFaulty } from './faulty.ts';
import { expectError } from './shapes.ts';

let open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open) await close();
  open = [];
});

async function start(parts: Parameters<typeof startFaulty>[0]) {
  const faulty = await startFaulty(parts);
  open.push(() => faulty.endpoint.close());
  return faulty;
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
  const { inserted, endpoint, token } = await start({
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
