import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { sendRaw } from '../support/raw.ts';
import { entraUser, errorUrn } from './shapes.ts';

/** What HTTP allows and callers seldom send: answered in SCIM's words, or served. */

/** The record of a read follows its answer; a busy machine takes its time. */
const patient = { timeout: 10_000 };
const publicOrigin = 'https://pilot.example';
let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot({ publicOrigin });
});
afterAll(() => pilot.close());

interface RawAnswer {
  status: number;
  head: string;
  body: string;
}

/** Sends a request line, headers (Host and the token unless given) and a body over a connection of its own. */
async function send(line: string, headers: Record<string, string | null> = {}, body = ''): Promise<RawAnswer> {
  const all: Record<string, string | null> = {
    Host: `127.0.0.1:${pilot.port}`,
    Authorization: `Bearer ${pilot.token}`,
    Connection: 'close',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  const text = await sendRaw(pilot.port, `${line} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
  const end = text.indexOf('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
    head: text.slice(0, end),
    body: text.slice(end + 4),
  };
}

function detailOf({ body }: RawAnswer): string {
  const parsed: { schemas: string[]; detail: string } = JSON.parse(body);
  expect(parsed.schemas).toEqual([errorUrn]);
  return parsed.detail;
}

async function newestCall() {
  const { calls } = await pilot.api.feed.page({ before: null, limit: 1, query: '' });
  return calls[0];
}

describe('absolute-form request targets (RFC 9112 §3.2.2)', () => {
  test('are served like any other, with their query, and shown by their path', async () => {
    const answer = await send(`GET http://127.0.0.1:${pilot.port}/scim/v2/Users?count=0`);
    expect([answer.status, JSON.parse(answer.body).itemsPerPage]).toEqual([200, 0]);
    await expect.poll(newestCall, patient).toMatchObject({ path: '/scim/v2/Users', query: 'count=0', status: 200 });
  });

  test('name the host themselves, whatever Host says', async () => {
    const config = await send('GET https://pilot.example/scim/v2/ServiceProviderConfig');
    expect(JSON.parse(config.body).meta.location).toBe(`${publicOrigin}/scim/v2/ServiceProviderConfig`);
    expect((await send('GET http://evil.example/scim/v2/Users')).status).toBe(421);
    expect((await send('GET http://127.0.0.1/scim/v2/Users')).status).toBe(421);
  });

  test('of nothing but a host are the root', async () => {
    expect((await send(`GET http://127.0.0.1:${pilot.port}`)).status).toBe(404);
  });
});

describe('Expect (RFC 9110 §10.1.1)', () => {
  test('what nobody can meet is 417 in SCIM form', async () => {
    const answer = await send('GET /scim/v2/Users', { Expect: 'something' });
    expect(answer.status).toBe(417);
    expect(answer.head).toContain('application/scim+json');
    expect(detailOf(answer)).toContain('Expect');
    await expect.poll(newestCall, patient).toMatchObject({ status: 417 });
  });

  test('100-continue is met', async () => {
    const body = JSON.stringify(entraUser());
    const answer = await send(
      'POST /scim/v2/Users',
      {
        Expect: '100-continue',
        'Content-Type': 'application/scim+json',
        'Content-Length': String(Buffer.byteLength(body)),
      },
      body,
    );
    expect(`${answer.head}${answer.body}`).toContain('HTTP/1.1 201');
  });
});

describe('methods nobody serves', () => {
  test.each(['QUERY', 'PROPFIND', 'LOCK', 'SEARCH', 'MKCOL', 'REPORT'])(
    '%s is 405 with Allow, with a body and without',
    async (method) => {
      for (const body of ['', '{"filter":"userName pr"}']) {
        const answer = await send(
          `${method} /scim/v2/Users`,
          { 'Content-Type': 'application/scim+json', 'Content-Length': String(body.length) },
          body,
        );
        expect([body, answer.status]).toEqual([body, 405]);
        expect(answer.head.toLowerCase()).toContain('allow: get, head, post');
        expect(detailOf(answer)).toContain(method);
      }
    },
  );

  test('QUERY without a Content-Type is 405 as well', async () => {
    const answer = await send('QUERY /scim/v2/Users');
    expect(answer.status).toBe(405);
    expect(answer.head.toLowerCase()).toContain('allow: get, head, post');
  });

  test('on a path nobody serves they are 404', async () => {
    expect((await send('PROPFIND /scim/v2/Printers')).status).toBe(404);
  });
});

describe('broken framing is named', () => {
  test.each([
    ['a Content-Length that is no number', { 'Content-Length': 'abc' }, 'Content-Length'],
    ['Content-Length and Transfer-Encoding at once', { 'Content-Length': '2', 'Transfer-Encoding': 'chunked' }, 'both'],
    ['Content-Length twice', { 'Content-Length': '2', 'content-length': '2' }, 'twice'],
    ['a Transfer-Encoding that does not end in chunked', { 'Transfer-Encoding': 'gzip' }, 'Transfer-Encoding'],
    ['a chunk without a size', { 'Transfer-Encoding': 'chunked' }, 'chunk'],
  ])('%s', async (_name, headers, word) => {
    const answer = await send('POST /scim/v2/Users', { 'Content-Type': 'application/scim+json', ...headers }, '{}\r\n');
    expect(answer.status).toBe(400);
    expect(detailOf(answer)).toContain(word);
  });

  test('a header line that is none', async () => {
    const answer = await sendRaw(pilot.port, `GET /scim/v2/Users HTTP/1.1\r\nHo st: x\r\n\r\n`);
    expect(answer).toMatch(/header/);
  });
});

describe('what a broken request holds', () => {
  test.each([
    ['in its path', 'GET /scim/v2/Users/sk_live_abcdefghijklmnop?x=1 HTTP/9.9\r\n\r\n'],
    ['in its query', 'GET /scim/v2/Users?code=sk_live_abcdefghijklmnop HTTP/9.9\r\n\r\n'],
    ['in a header', 'GET /scim/v2/Users HTTP/1.1\r\nX-Key: sk_live_abcdefghijklmnop\r\nBro ken\r\n\r\n'],
    ['as a header', 'GET /scim/v2/Users HTTP/1.1\r\nsk_live_abcdefghijklmnop: 1\r\nBro ken\r\n\r\n'],
    [
      'in Authorization',
      'GET /scim/v2/Users HTTP/1.1\r\nAuthorization: Bearer sk_live_abcdefghijklmnop\r\nBro ken\r\n\r\n',
    ],
    [
      'and elsewhere too',
      'GET /a HTTP/1.1\r\nAuthorization: Bearer sk_live_abcdefghijklmnop\r\nUser-Agent: sk_live_abcdefghijklmnop\r\nBro ken\r\n\r\n',
    ],
    ['instead of a method', 'sk_live_abcdefghijklmnop /scim/v2/Users HTTP/1.1\r\n\r\n'],
    ['as a method', 'SKLIVEABCDEFGHIJKLMN /scim/v2/Users HTTP/1.1\r\n\r\n'],
  ])('is not stored where it may be a secret: %s', async (_name, bytes) => {
    const before = await newestCall();
    expect(await sendRaw(pilot.port, bytes)).toMatch(/^HTTP\/1\.1 400 /);
    // A call that an earlier test gave up may be recorded beside it.
    const refused = async () => {
      const { calls } = await pilot.api.feed.page({ before: null, limit: 5, query: 'status:400' });
      return calls.find(({ position }) => position > (before?.position ?? 0));
    };
    await expect.poll(refused, patient).toBeDefined();
    const stored = JSON.stringify(await pilot.api.feed.call((await refused())?.code ?? ''));
    expect(stored).not.toMatch(/sk_live|SKLIVE/);
  });

  test('says what it was about where that is plain', async () => {
    await sendRaw(
      pilot.port,
      `PATCH /scim/v2/Users/2819c223-7f76-453a-919d-413861904646 HTTP/1.1\r\nHost: pilot.example\r\nContent-Length: x\r\n\r\n`,
    );
    await expect
      .poll(newestCall, patient)
      .toMatchObject({ method: 'PATCH', path: '/scim/v2/Users/2819c223-7f76-453a-919d-413861904646' });
    const call = await pilot.api.feed.call((await newestCall())?.code ?? '');
    expect(call?.requestHeaders).toEqual([
      ['Host', 'pilot.example'],
      ['Content-Length', 'x'],
    ]);
  });
});
