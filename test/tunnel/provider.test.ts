import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkNgrokAuthtoken, createNgrokProvider, type NgrokOptions } from '../../src-main/tunnel/ngrok/index.ts';
import { TunnelFailure } from '../../src-main/tunnel/provider.ts';
import { type Edge, startEdge } from '../support/edge/edge.ts';
import { authtoken, clock, countedWorkers, until } from './support.ts';

/** One session of the real SDK in its process, against an edge that fails in every way ngrok's could. */

const never = Number.POSITIVE_INFINITY;
let edge: Edge;
let workers: ReturnType<typeof countedWorkers>;
const local = createServer((_incoming, answer) => answer.end('here'));

beforeEach(async () => {
  edge = await startEdge();
  workers = countedWorkers();
  if (!local.listening) await new Promise<void>((listening) => local.listen(0, '127.0.0.1', listening));
});
afterEach(async () => {
  await edge.close();
  expect(workers.alive()).toBe(0);
});

const port = () => (local.address() as AddressInfo).port;
const accept = (socket: Socket) => void local.emit('connection', socket);
const quick = { startLimit: 1_000, closeLimit: 1_000, heartbeat: { interval: 1, tolerance: 1 } };

function options(change: Partial<NgrokOptions> = {}): NgrokOptions {
  return {
    workers,
    clock,
    authtoken,
    domain: null,
    server: edge.server,
    ca: edge.ca,
    accept,
    timings: quick,
    ...change,
  };
}

function open(change: Partial<NgrokOptions> = {}, signal = new AbortController().signal) {
  return createNgrokProvider(options({ timings: { ...quick, startLimit: 10_000 }, ...change })).open(port(), signal);
}

async function failureOf(attempt: Promise<unknown>): Promise<TunnelFailure> {
  const error: unknown = await attempt.then(
    () => new Error('It came up'),
    (reason: unknown) => reason,
  );
  if (error instanceof TunnelFailure) return error;
  throw error;
}

describe('a session', () => {
  test('leads visitors here and leaves nothing behind when it is closed', async () => {
    const session = await open();
    expect(session.url).toBe(edge.publicOrigin);
    expect(await (await fetch(session.url)).text()).toBe('here');
    expect(edge.sessions().map(({ token }) => token)).toEqual([authtoken]);
    await session.close();
    await until(() => edge.sessions().length === 0);
    expect((await fetch(session.url)).headers.get('ngrok-error-code')).toBe('ERR_NGROK_3200');
  });

  test('asks for the domain, and is stable with it', async () => {
    const domain = 'pilot.ngrok.test';
    const session = await open({ domain });
    expect(session).toMatchObject({ url: `https://${domain}`, stable: true });
    await session.close();
  });

  test('can be given up while it opens, at any moment', async () => {
    for (const delay of ['tlsDelay', 'authDelay', 'bindDelay'] as const) {
      Object.assign(edge.faults, { tlsDelay: 0, authDelay: 0, bindDelay: 0, [delay]: never });
      const abort = new AbortController();
      const attempt = open({}, abort.signal);
      setTimeout(() => abort.abort(new Error('given up')), 150);
      await expect(attempt).rejects.toThrow('given up');
      expect(workers.alive()).toBe(0);
    }
    await expect(open({}, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });
});

describe('what ngrok refuses', () => {
  test.each([
    ['an unknown authtoken', { authtoken }, { tokens: [] }, 'ERR_NGROK_107', 'never'],
    ['a malformed one', { authtoken: 'not/one' }, {}, 'ERR_NGROK_105', 'never'],
    ['none', { authtoken: null }, {}, 'ERR_NGROK_4018', 'never'],
    ['one session too many', {}, { sessionLimit: 0 }, 'ERR_NGROK_108', 'always'],
    ['a domain that is online', { domain: 'd.test' }, { taken: ['d.test'] }, 'ERR_NGROK_334', 'while'],
    ["another account's domain", { domain: 'd.test' }, { foreign: ['d.test'] }, 'ERR_NGROK_320', 'never'],
  ])('%s', async (_what, change, faults, code, retry) => {
    Object.assign(edge.faults, faults);
    const failure = await failureOf(open(change));
    expect(failure).toMatchObject({ retry, problem: { code } });
    expect(failure.problem.cure).not.toBe('');
    // ngrok's own words quote the authtoken.
    expect(JSON.stringify(failure.problem)).not.toContain(authtoken);
    expect(failure.stack).not.toContain(authtoken);
  });

  test("in words that we don't know: told as they are, without the authtoken", async () => {
    edge.faults.refuseWith = 9_998;
    const { problem } = await failureOf(open());
    expect(problem).toMatchObject({ code: 'ERR_NGROK_9998' });
    expect(problem.what).toContain('Not today, [authtoken].');
    expect(problem.what).not.toContain(authtoken);
  });

  test('an authtoken is checked by a session that ends at once', async () => {
    await checkNgrokAuthtoken(options({ timings: { ...quick, startLimit: 10_000 } }), new AbortController().signal);
    expect(edge.connections()).toBe(1);
    await until(() => edge.sessions().length === 0);
    edge.faults.tokens = [];
    const check = checkNgrokAuthtoken(
      options({ timings: { ...quick, startLimit: 10_000 } }),
      new AbortController().signal,
    );
    expect((await failureOf(check)).problem.code).toBe('ERR_NGROK_107');
  });
});

describe('an edge that fails', () => {
  test('away', async () => {
    await edge.stop();
    expect((await failureOf(open())).problem.code).toBe('ngrok-unreachable');
  });

  test.each(['tlsDelay', 'authDelay', 'bindDelay'] as const)('silent (%s): the start limit holds', async (delay) => {
    edge.faults[delay] = never;
    expect((await failureOf(open({ timings: quick }))).problem.code).toBe('ngrok-silent');
    edge.faults[delay] = 0;
    // Nothing of the hung attempt stands in the next one's way.
    const next = await open();
    expect(await (await fetch(next.url)).text()).toBe('here');
    await next.close();
  });

  test('shows a certificate that is not trusted', async () => {
    expect((await failureOf(open({ ca: null }))).problem.code).toBe('ngrok-tls');
  });

  test('answers nonsense', async () => {
    edge.faults.garbage = '<html>hotel wifi</html>';
    expect((await failureOf(open())).problem.code).toBe('ngrok-cut');
  });

  test('is named by something that is no address', async () => {
    expect((await failureOf(open({ server: 'no port' }))).problem.code).toBe('ngrok-server');
  });
});

describe('a session that is up is lost', () => {
  test.each([
    ['cut', () => edge.drop(), 'ngrok-lost'],
    ['sent away', () => edge.goAway(), 'ngrok-lost'],
    ['frozen', () => edge.freeze(), 'ngrok-frozen'],
    ['stopped from the dashboard', () => edge.stopEndpoint('stopped by an admin', 'ERR_NGROK_9999'), 'ngrok-stopped'],
    ['crashed', () => workers.crash(), 'ngrok-worker'],
  ])('%s: noticed, and said why', async (_how, harm, code) => {
    const session = await open({ timings: { ...quick, startLimit: 10_000 } });
    harm();
    expect((await session.lost).problem.code).toBe(code);
    await session.close();
  });

  test('a live one is not', async () => {
    const session = await open();
    const first = session.lastSign() ?? 0;
    await until(() => (session.lastSign() ?? 0) > first + 500, 4_000);
    expect(await Promise.race([session.lost, new Promise((resolve) => setTimeout(resolve, 100, 'up'))])).toBe('up');
    await session.close();
  });
});
