import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ngrokProblem, ownProblem } from '../../../src-main/contract/catalogue/tunnel.ts';
import { TunnelFailure, type TunnelProvider, type TunnelSession } from '../../../src-main/tunnel/provider.ts';
import { superviseTunnel, type Tunnel, type TunnelReport } from '../../../src-main/tunnel/supervisor.ts';
import { watchWakefulness } from '../../../src-main/tunnel/wakefulness.ts';

/** The supervisor's own rules, over minutes of a held clock and a provider that does as it is told. */

const clock = { now: () => Date.now(), monotonic: () => Date.now() };
const log = { info() {}, warn() {}, error() {} };
const broken = new TunnelFailure(ownProblem('ngrok-lost'), 'always');
const held = new TunnelFailure(ngrokProblem(334, ''), 'while');

let reports: TunnelReport[];
let opened: { session: TunnelSession; lose(failure: TunnelFailure): void }[];
let open: number;
let most: number;
/** Times of the attempts, seconds from the start. */
let tries: number[];
let refuse: (() => TunnelFailure | null) | null;
let tunnel: Tunnel;
let began: number;

const provider: TunnelProvider = {
  kind: 'ngrok',
  checkEvery: () => 60_000,
  async open(_port, signal) {
    tries.push(Math.round((Date.now() - began) / 1_000));
    const failure = refuse?.() ?? null;
    if (signal.aborted) throw signal.reason;
    if (failure !== null) throw failure;
    open += 1;
    most = Math.max(most, open);
    const { promise: lost, resolve: lose } = Promise.withResolvers<TunnelFailure>();
    let closed = false;
    const session: TunnelSession = {
      url: 'https://pilot.example',
      stable: true,
      lost,
      lastSign: () => 0,
      async close() {
        await new Promise((resolve) => setTimeout(resolve, 100));
        if (!closed) open -= 1;
        closed = true;
      },
    };
    opened.push({ session, lose });
    return session;
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  reports = [];
  opened = [];
  tries = [];
  open = 0;
  most = 0;
  refuse = null;
  began = Date.now();
  tunnel = superviseTunnel({ provider, clock, log, report: (report) => reports.push(report) });
});
afterEach(async () => {
  const stopped = tunnel.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  await stopped;
  expect(open).toBe(0);
  expect(most).toBeLessThanOrEqual(1);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const begin = (signal = new AbortController().signal) => tunnel.start(8620, signal);
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);

describe('a tunnel that does not come up', () => {
  test('is tried ever more slowly, at most a minute apart', async () => {
    refuse = () => broken;
    void begin();
    await pass(3_600);
    expect(tries.slice(0, 5)).toEqual([0, 1, 2, 3, 4]);
    const gaps = tries.map((at, index) => at - (tries[index - 1] ?? 0));
    expect(Math.max(...gaps)).toBe(60);
    // Wherever the cause ends within the first half minute, it is found out within four seconds.
    const early = gaps.filter((_gap, index) => (tries[index] ?? 0) <= 34);
    expect(Math.max(...early)).toBeLessThanOrEqual(4);
  });

  test('because its address is held: for a minute, then it is down', async () => {
    refuse = () => held;
    const failed = expect(begin()).rejects.toMatchObject({ problem: { code: 'ERR_NGROK_334' } });
    await pass(55);
    expect(reports.at(-1)).toMatchObject({ state: 'starting', problem: { code: 'ERR_NGROK_334' } });
    await pass(10);
    expect(reports.at(-1)).toMatchObject({ state: 'down', nextTryInMs: null });
    await failed;
    const count = tries.length;
    await pass(600);
    expect(tries).toHaveLength(count);
  });

  test('is given up at once when it is to stop', async () => {
    refuse = () => broken;
    const abort = new AbortController();
    const failed = expect(begin(abort.signal)).rejects.toThrow('enough');
    await pass(100);
    abort.abort(new Error('enough'));
    await pass(0);
    await failed;
    expect(reports.at(-1)).toMatchObject({ state: 'off' });
  });
});

describe('a tunnel that was up', () => {
  test('comes back at once when it had lived, and waits when it falls as soon as it stands', async () => {
    await begin();
    await pass(60);
    opened.at(-1)?.lose(broken);
    await pass(0.2);
    expect(reports.map(({ state }) => state)).toEqual(['starting', 'up', 'reconnecting', 'up']);
    for (let fall = 0; fall < 5; fall += 1) {
      opened.at(-1)?.lose(broken);
      await pass(1.2);
    }
    expect(tries).toHaveLength(7);
    expect(tries.at(-1)).toBeGreaterThanOrEqual(65);
  });

  test('after a sign that the machine woke up: a dead session is replaced, a waiting try is made now', async () => {
    await begin();
    await pass(60);
    tunnel.nudge(async () => true);
    await pass(1);
    expect(opened).toHaveLength(1);
    tunnel.nudge(async () => false);
    await pass(1);
    expect(opened).toHaveLength(2);
    await pass(60);
    refuse = () => broken;
    opened.at(-1)?.lose(broken);
    await pass(300);
    refuse = null;
    tunnel.nudge(async () => false);
    await pass(0.1);
    expect(reports.at(-1)?.state).toBe('up');
  });
});

describe('sleep and network changes', () => {
  test('are noticed by a clock that jumped and by other addresses, and nothing else is', async () => {
    let addresses = '192.168.1.7/24';
    const changed = vi.fn();
    const stop = watchWakefulness(clock, changed, () => addresses);
    await pass(600);
    expect(changed).not.toHaveBeenCalled();
    // Timers stand still in sleep while the wall clock goes on.
    vi.setSystemTime(Date.now() + 3_600_000);
    await pass(5);
    expect(changed).toHaveBeenCalledTimes(1);
    addresses = '10.0.0.3/8';
    await pass(30);
    expect(changed).toHaveBeenCalledTimes(2);
    stop();
  });
});
