import { once } from 'node:events';
import { get } from 'node:http';
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLoopback, createWindowHandler } from '../../../src-main/api/index.ts';
import type { PilotEvent } from '../../../src-main/contract/index.ts';
import { serveAppScheme } from '../../../src-main/shell/app-protocol.ts';
import { askOverProtocol } from '../../shell/fake-electron.ts';
import { readEvents, type StreamEvent } from '../../support/event-stream.ts';
import { createFakePilotApi, type FakePilotApi, fakeHost, fakeToken } from '../../support/fake-pilot-api.ts';
import { fakeAssets, silentLog } from '../../support/fake-window.ts';

vi.mock('electron', async () => (await import('../../shell/fake-electron.ts')).fake);

/**
 * One spec for both ways the window is served: what holds on one transport must hold on the other.
 */

interface Answer {
  status: number;
  headers: Headers;
  text(): Promise<string>;
}

interface OpenStream {
  headers: Headers;
  events: AsyncGenerator<StreamEvent>;
  /** The client goes away as the transport's clients do. */
  drop(): void;
}

interface Transport {
  request(path: string, init?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Answer>;
  open(path: string, headers?: Record<string, string>): Promise<OpenStream>;
  close(): Promise<void>;
}

/** Electron hands over no signal and ends a body through its stream. */
async function overAppScheme(api: FakePilotApi): Promise<Transport> {
  serveAppScheme(createWindowHandler({ host: fakeHost(api), assets: fakeAssets, log: silentLog }));
  return {
    request: (path, init) => askOverProtocol(`app://pilot${path}`, init),
    async open(path, headers = {}) {
      const answer = await askOverProtocol(`app://pilot${path}`, { headers });
      if (!(answer.body instanceof ReadableStream)) throw new Error('There is no body');
      const body = Readable.fromWeb(answer.body);
      return { headers: answer.headers, events: readEvents(body), drop: () => void body.destroy() };
    },
    async close() {},
  };
}

/** A real listener and a real connection. */
async function overLoopback(api: FakePilotApi): Promise<Transport> {
  const loopback = await createLoopback({ host: fakeHost(api), assets: fakeAssets, log: silentLog, port: 0 });
  const { origin, hash } = new URL(loopback.url);
  const signIn = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key: hash.slice('#key='.length) }),
  });
  const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  return {
    request: (path, init = {}) => fetch(`${origin}${path}`, { ...init, headers: { ...init.headers, cookie } }),
    async open(path, headers = {}) {
      const request = get(`${origin}${path}`, { headers: { ...headers, cookie } });
      const [answer] = await once(request, 'response');
      request.on('error', () => {});
      answer.on('error', () => {});
      return {
        headers: new Headers(answer.headers),
        events: readEvents(answer),
        drop: () => void request.destroy(),
      };
    },
    close: () => loopback.close(),
  };
}

const reset: PilotEvent = { type: 'reset' };

async function next(events: AsyncGenerator<StreamEvent>, count: number): Promise<StreamEvent[]> {
  const found: StreamEvent[] = [];
  while (found.length < count) {
    const { value, done } = await events.next();
    if (done) throw new Error(`The stream ended after ${found.length} events`);
    if (value.event === 'message') found.push(value);
  }
  return found;
}

describe.each([
  ['app:// protocol handler', overAppScheme],
  ['loopback listener', overLoopback],
])('%s', (_name, connect) => {
  let api: FakePilotApi;
  let transport: Transport;

  beforeEach(async () => {
    api = createFakePilotApi();
    transport = await connect(api);
  });
  afterEach(() => transport.close());

  test('serves the page with a policy whose nonce is new each time', async () => {
    const pages = [await transport.request('/'), await transport.request('/index.html')];
    const nonces = await Promise.all(
      pages.map(async (page) => {
        expect(page.status).toBe(200);
        const nonce = /nonce="([\w-]{20,})"/.exec(await page.text())?.[1];
        const policy = page.headers.get('content-security-policy') ?? '';
        expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
        expect(policy).toContain("default-src 'none'");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).toContain("require-trusted-types-for 'script'");
        expect(policy).not.toContain('unsafe');
        expect(page.headers.get('cache-control')).toBe('no-store');
        expect(page.headers.get('referrer-policy')).toBe('no-referrer');
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  test('serves the files of the window and nothing else', async () => {
    const script = await transport.request('/assets/main-1a2b.js');
    expect(script.status).toBe(200);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('x-content-type-options')).toBe('nosniff');
    expect(script.headers.get('cache-control')).toContain('immutable');
    for (const path of [
      '/assets/',
      '/assets/../../package.json',
      '/..%2f..%2fpackage.json',
      '/scim/v2/Users',
      '/__proto__',
    ]) {
      expect((await transport.request(path)).status, path).toBe(404);
    }
    expect((await transport.request('/', { method: 'POST', headers: json, body: '{}' })).status).toBe(405);
  });

  const json = { 'content-type': 'application/json' };

  test('answers a query', async () => {
    const answer = await transport.request('/api/status');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(JSON.parse(await answer.text())).toMatchObject({ result: { data: { pilotName: 'Fake' } } });
  });

  test('answers a mutation, but only one that is posted as JSON', async () => {
    const answer = await transport.request('/api/token.reveal', { method: 'POST', headers: json, body: '{}' });
    expect(JSON.parse(await answer.text())).toEqual({ result: { data: { token: fakeToken } } });
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded']) {
      const refused = await transport.request('/api/token.reveal', {
        method: 'POST',
        headers: { 'content-type': type },
        body: '{}',
      });
      expect(refused.status, type).toBe(415);
      expect(await refused.text()).not.toContain(fakeToken);
    }
    expect((await transport.request('/api/token.reveal')).status).toBe(405);
  });

  test('tells an error by code and sentence, without a stack', async () => {
    const internal = await transport.request('/api/overview');
    expect(internal.status).toBe(500);
    const text = await internal.text();
    expect(JSON.parse(text)).toMatchObject({ error: { data: { code: 'INTERNAL_SERVER_ERROR' } } });
    expect(text).not.toMatch(/stack|\.ts:\d|node_modules/);
    const missing = await transport.request(`/api/feed.detail?input=${encodeURIComponent('{"code":"7K2Q9"}')}`);
    expect(missing.status).toBe(404);
    expect(JSON.parse(await missing.text())).toMatchObject({
      error: { message: 'Call 7K2Q9 is not stored here.', data: { code: 'NOT_FOUND' } },
    });
    const malformed = await transport.request('/api/feed.detail?input=%7B');
    expect(malformed.status).toBe(400);
  });

  test('streams events as they happen, each with its id', async () => {
    const stream = await transport.open('/api/watch');
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    await api.watchers(1);
    for (let round = 1; round <= 3; round++) {
      api.push(reset);
      const [event] = await next(stream.events, 1);
      expect(event).toEqual({ event: 'message', data: '{"type":"reset"}', id: String(round) });
    }
    stream.drop();
  });

  test('resumes after a drop without a gap or a repeat', async () => {
    const first = await transport.open('/api/watch');
    await api.watchers(1);
    api.push(reset);
    api.push(reset);
    const seen = (await next(first.events, 2)).map((event) => event.id);
    first.drop();
    await api.watchers(0);
    api.push(reset);
    api.push(reset);
    const lastEventId = seen.at(-1) ?? '';
    const byHeader = await transport.open('/api/watch', { 'last-event-id': lastEventId });
    const byInput = await transport.open(`/api/watch?input=${encodeURIComponent(JSON.stringify({ lastEventId }))}`);
    for (const again of [byHeader, byInput]) {
      expect((await next(again.events, 2)).map((event) => event.id)).toEqual(['3', '4']);
      again.drop();
    }
    await api.watchers(0);
  });

  test('carries a burst of 5,000 events whole and in order', async () => {
    const stream = await transport.open('/api/watch');
    await api.watchers(1);
    for (let n = 0; n < 5_000; n++) api.push(reset);
    const ids = (await next(stream.events, 5_000)).map((event) => Number(event.id));
    expect(ids).toEqual(Array.from({ length: 5_000 }, (_, n) => n + 1));
    stream.drop();
    await api.watchers(0);
  });

  test('ends the generators of clients that leave, idle or in the middle of a burst', async () => {
    const idle = await transport.open('/api/watch');
    const busy = await transport.open('/api/watch');
    await api.watchers(2);
    idle.drop();
    await api.watchers(1);
    for (let n = 0; n < 1_000; n++) api.push(reset);
    await next(busy.events, 10);
    busy.drop();
    await api.watchers(0);
    expect(api.watching()).toBe(0);
  });
});
