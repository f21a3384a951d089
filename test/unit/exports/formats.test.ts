import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curlOf } from '../../../src-renderer/exports/curl.ts';
import { exportFormats } from '../../../src-renderer/exports/formats.ts';
import { readCall } from '../../../src-renderer/exports/read-call.ts';
import { bodyOf, callOf } from './support.ts';

const calls = [
  callOf({
    query: 'attributes=id&filter=userName%20eq%20%22a%22',
    requestBody: bodyOf({ userName: 'ada@x.example' }),
    responseBody: { ...bodyOf('{"id"'), bytes: 300_000, cut: true },
    sentence: { verb: 'Created', object: 'Ada', note: null },
  }),
  callOf({ method: 'GET', code: 'B', practice: true, via: 'local', query: 'x' }),
];

function written(id: string): string {
  const format = exportFormats.find((one) => one.id === id);
  if (format === undefined) throw new Error(`No format ${id}`);
  return format.head() + calls.map(format.entry).join(format.between) + format.tail();
}

test('NDJSON gives every call back as it was', () => {
  const lines = written('ndjson').trimEnd().split('\n');
  expect(lines.map((line) => readCall(JSON.parse(line)))).toEqual(calls);
});

test('HAR 1.2 has what its readers demand, with the code and the practice mark', () => {
  const { log } = JSON.parse(written('har'));
  expect(log).toMatchObject({ version: '1.2', creator: { name: 'SCIM Pilot' } });
  expect(log.entries).toHaveLength(2);
  const [first, second] = log.entries;
  expect(first).toMatchObject({
    startedDateTime: '2026-11-27T10:41:19.000Z',
    time: 21.4,
    request: {
      method: 'POST',
      url: 'https://pilot.fabrikvale.example/scim/v2/Users?attributes=id&filter=userName%20eq%20%22a%22',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      queryString: [
        { name: 'attributes', value: 'id' },
        { name: 'filter', value: 'userName eq "a"' },
      ],
      postData: { mimeType: 'application/scim+json', text: '{"userName":"ada@x.example"}' },
      headersSize: -1,
    },
    response: {
      status: 201,
      statusText: '',
      redirectURL: '',
      content: { size: 300_000, text: '{"id"', comment: 'Only the beginning was kept of 300000 bytes.' },
    },
    cache: {},
    timings: { send: 0, wait: 21.4, receive: 0 },
    comment: 'call 7K2Q9',
  });
  expect(second).toMatchObject({ comment: 'call B, practice', _practice: true });
  expect(second.request.postData).toBeUndefined();
});

test('a Postman collection asks for the token, and lets no call ask for it', () => {
  const attack = callOf({ requestBody: bodyOf({ displayName: '{{secretToken}} {{ tenantUrl }} {{other}}' }) });
  const format = exportFormats.find(({ id }) => id === 'postman');
  const collection = JSON.parse(`${format?.head()}${format?.entry(attack)}${format?.tail()}`);
  expect(collection.info.schema).toBe('https://schema.getpostman.com/json/collection/v2.1.0/collection.json');
  expect(collection.auth).toEqual({
    type: 'bearer',
    bearer: [{ key: 'token', value: '{{secretToken}}', type: 'string' }],
  });
  const [item] = collection.item;
  expect(item.request.body.raw).toBe('{"displayName":"{ {secretToken}} { { tenantUrl }} {{other}}"}');
  expect(item.request.header).toEqual([{ key: 'Content-Type', value: 'application/scim+json' }]);
  expect(JSON.parse(written('postman')).item[0]).toMatchObject({
    name: 'Created Ada (7K2Q9)',
    request: {
      method: 'POST',
      url: {
        raw: '{{tenantUrl}}/Users?attributes=id&filter=userName%20eq%20%22a%22',
        host: ['{{tenantUrl}}'],
        path: ['Users'],
        query: [
          { key: 'attributes', value: 'id' },
          { key: 'filter', value: 'userName%20eq%20%22a%22' },
        ],
      },
    },
    response: [{ code: 201, body: '{"id"' }],
  });
});

test('an answer that is no longer kept does not pass for an empty one', () => {
  const entryOf = (id: string, answerGone: boolean) =>
    JSON.parse(exportFormats.find((one) => one.id === id)?.entry(callOf({ answerGone, responseHeaders: [] })) ?? '');
  const gone = 'The body of this answer is no longer kept.';
  expect(entryOf('har', true).response).toMatchObject({ content: { size: -1, comment: gone }, bodySize: -1 });
  expect(entryOf('har', false).response).toMatchObject({ content: { size: 0, mimeType: '' }, bodySize: 0 });
  expect(entryOf('har', false).response.content.comment).toBeUndefined();
  expect(entryOf('postman', true)).toMatchObject({
    request: { description: `Answered 201. ${gone}` },
    response: [],
  });
  expect(entryOf('postman', false).response).toMatchObject([{ code: 201, body: null }]);
});

/** What a POSIX shell makes of a command: the arguments that curl gets. */
function argumentsOf(command: string): string[] {
  const script = `curl() { for one in "$@"; do printf '%s\\0' "$one"; done; }\n${command}`;
  return execFileSync('sh', ['-c', script], { env: { SECRET_TOKEN: 'the "token" $x' } })
    .toString()
    .split('\0')
    .slice(0, -1);
}

test.skipIf(process.platform === 'win32')('cURL gets every character, and the token from a variable', () => {
  const text = fc.string({ unit: fc.constantFrom("'", '"', '$', '`', '\\', '\n', '!', '@', ' ', 'é', '%', 'a', ';') });
  fc.assert(
    fc.property(text, text, (body, value) => {
      const header = value.replaceAll('\n', '').trim();
      const call = callOf({
        requestBody: bodyOf(`@${body}`),
        requestHeaders: [['X-Quote', header]],
        query: 'a=[1]{2}',
      });
      expect(argumentsOf(curlOf(call))).toEqual([
        '--globoff',
        '--request',
        'POST',
        'https://127.0.0.1/scim/v2/Users?a=[1]{2}',
        '--header',
        'Authorization: Bearer the "token" $x',
        '--header',
        header === '' ? 'X-Quote;' : `X-Quote: ${header}`,
        '--data-raw',
        `@${body}`,
      ]);
    }),
    { numRuns: 12 },
  );
});

test('a HEAD waits for no body, and a call without one sends none', () => {
  expect(curlOf(callOf({ method: 'HEAD', requestHeaders: [] }))).toBe(
    'curl --globoff --head \\\n  \'https://127.0.0.1/scim/v2/Users\' \\\n  --header "Authorization: Bearer $SECRET_TOKEN"',
  );
});
