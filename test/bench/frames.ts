/**
 * The window's frames: its long lists in a real Chromium, scrolled as a hand does, at rest and while calls arrive. A part of
 * `npm run bench`; alone: `node test/bench/frames.ts [--rows N] [--rate N] [--seconds S] [--only TEXT]`.
 *
 * Each row scrolls once a frame and notes, per frame, the time since the last one and how long the page's main thread worked
 * (from the frame's callback until it was free again), and how much CPU that thread took by Chromium's own count. 16.7 ms is a
 * frame at 60 a second; without a graphics card drawing runs on the CPU too, beside the pilot and the load. So on a busy machine
 * the frame times say little, the CPU time of the main thread most of our code.
 */
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../support/browser.ts';
import { start, stop } from '../support/start.ts';
import { idOf, user } from './company.ts';
import { copyPilot, filledFolder, openRunFolder, type RunFolder } from './folders.ts';
import { round } from './report.ts';

export interface FramesOptions {
  /** Users in the directory and calls in the feed, a multiple of 1,000. */
  rows: number;
  /** Calls a second that arrive in the rows with load. */
  rate: number;
  /** Of each row with load. */
  seconds: number;
  /** Only rows whose name holds this. */
  only: string | null;
}

/** What a row showed. Times in milliseconds. */
export interface FramesRow {
  row: string;
  frames: number;
  /** Time from frame to frame. */
  frame: { p50: number; p95: number; max: number };
  /** Frames that took longer than two of 60 a second. */
  late: number;
  /** Main thread, from the frame's callback until it was free. */
  work: { p50: number; p95: number; max: number };
  /** CPU time of all that the main thread did, a frame: script, style and layout apart. */
  thread: { all: number; script: number; style: number; layout: number };
  /** Of the page, after the row, megabytes. */
  heap: number;
  /** With load: what arrived a second, and how long after the last of it the window knew it. */
  arrived: { rate: number; behind: number } | null;
}

/** How the list is moved: so many pixels a frame, or to any place of it. */
type Way = { kind: 'glide'; pixels: number } | { kind: 'jump' } | { kind: 'rest' };

interface Place {
  /** Where it lies in the window. */
  hash: string;
  grid: string;
}

const DIRECTORY: Place = { hash: '#/directory/users', grid: 'Users' };
const FEED: Place = { hash: '#/feed', grid: 'Provisioning calls' };
/** Connections of whoever sends the calls. */
const SENDERS = 16;
const MOST_FRAMES = 1_500;

/** Measures all rows, in one window of one pilot. */
export async function measureFrames(options: FramesOptions, run: RunFolder): Promise<FramesRow[]> {
  const dataDir = copyPilot(await filledFolder(options.rows, run), run, 'frames');
  const started = start(['--data', dataDir, '--port', '0', '--window-port', '0', '--tunnel', 'none']);
  try {
    const { scim, token, window } = await started.ready;
    const pilot = { scim, token: token ?? '' };
    const sender = createSender(pilot, options.rows);
    await sender.send(options.rows);
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(window);
      const session = await page.context().newCDPSession(page);
      // The thread's CPU time: other work on the machine hardly moves it.
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      return await measureAll(page, session, sender, options);
    } finally {
      await browser.close();
    }
  } finally {
    await stop(started);
  }
}

async function measureAll(page: Page, session: CDPSession, sender: Sender, options: FramesOptions) {
  const { rows, rate, seconds, only } = options;
  const results: FramesRow[] = [];
  const measured = async (row: string, place: Place, way: Way, frames: number, loaded: boolean) => {
    if (only !== null && !row.includes(only)) return;
    await open(page, place);
    const result = await measure(page, session, { row, place, way, frames, load: loaded ? { sender, rate } : null });
    results.push(result);
    console.log(JSON.stringify(result));
  };
  const many = rows.toLocaleString('en');
  await measured(
    `users, ${many}, scrolled as they load`,
    DIRECTORY,
    { kind: 'glide', pixels: 240 },
    MOST_FRAMES,
    false,
  );
  await measured(`users, ${many}, anywhere`, DIRECTORY, { kind: 'jump' }, 300, false);
  await measured(`calls, ${many}, scrolled as they load`, FEED, { kind: 'glide', pixels: 240 }, MOST_FRAMES, false);
  await measured(`calls, ${many}, anywhere`, FEED, { kind: 'jump' }, 300, false);
  const frames = seconds * 60;
  await measured(`feed, ${rate} calls/s, at the top`, FEED, { kind: 'rest' }, frames, true);
  await measured(`feed, ${rate} calls/s, scrolled`, FEED, { kind: 'glide', pixels: 60 }, frames, true);
  return results;
}

async function open(page: Page, { hash, grid }: Place): Promise<void> {
  await page.evaluate((to) => window.location.assign(to), hash);
  await page.getByRole('grid', { name: grid, exact: true }).getByRole('row').nth(5).waitFor();
}

interface Measured {
  row: string;
  place: Place;
  way: Way;
  frames: number;
  load: { sender: Sender; rate: number } | null;
}

async function measure(
  page: Page,
  session: CDPSession,
  { row, place, way, frames, load }: Measured,
): Promise<FramesRow> {
  const grid = page.getByRole('grid', { name: place.grid, exact: true });
  const before = await metrics(session);
  const sending = load?.sender.begin(load.rate);
  const noted = await grid.evaluate(noteFrames, { way, frames });
  const rate = (await sending?.end()) ?? 0;
  const after = await metrics(session);
  const behind = load === null ? 0 : await load.sender.untilKnown(page);
  const spent = (name: string) =>
    round((((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1_000) / noted.times.length);
  return {
    row,
    frames: noted.times.length,
    frame: spread(noted.times),
    late: noted.times.filter((time) => time > 34).length,
    work: spread(noted.work),
    thread: {
      all: spent('TaskDuration'),
      script: spent('ScriptDuration'),
      style: spent('RecalcStyleDuration'),
      layout: spent('LayoutDuration'),
    },
    heap: Math.round((after.get('JSHeapUsedSize') ?? 0) / 1e6),
    arrived: load === null ? null : { rate: Math.round(rate), behind: Math.round(behind) },
  };
}

async function metrics(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics: all } = await session.send('Performance.getMetrics');
  return new Map(all.map(({ name, value }) => [name, value]));
}

/** Runs in the page: moves the list once a frame and notes what each frame took, until the frames are over or the list is. */
function noteFrames(
  grid: Element,
  { way, frames }: { way: Way; frames: number },
): Promise<{ times: number[]; work: number[] }> {
  const scroller = [...grid.querySelectorAll('*')].find((node) => getComputedStyle(node).overflowY === 'auto');
  if (scroller === undefined) throw new Error('The grid has no part that scrolls.');
  const times: number[] = [];
  const work: number[] = [];
  const free = new MessageChannel();
  let begun = 0;
  free.port1.onmessage = () => work.push(performance.now() - begun);
  // The same places in every run.
  let seed = 42;
  const any = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  scroller.scrollTop = way.kind === 'rest' ? 0 : 1;
  return new Promise((resolve) => {
    let last: number | null = null;
    let still = 0;
    const frame = (now: number) => {
      begun = performance.now();
      if (last !== null) times.push(now - last);
      last = now;
      const end = scroller.scrollHeight - scroller.clientHeight;
      if (way.kind === 'glide') scroller.scrollTop += way.pixels;
      if (way.kind === 'jump') scroller.scrollTop = any() * end;
      // At the end, and nothing more has been loaded for a second.
      still = way.kind === 'glide' && scroller.scrollTop >= end - 1 ? still + 1 : 0;
      if (times.length >= frames || still > 60) {
        free.port1.close();
        resolve({ times: times.slice(0, times.length - still), work });
        return;
      }
      free.port2.postMessage(null);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

/** Whoever calls the pilot as Azure does: a look-up, then a change of that user, over and over. */
interface Sender {
  /** So many calls, as fast as they are answered. */
  send(calls: number): Promise<void>;
  /** Calls at a rate, from now until `end`, which gives the rate that came of it. */
  begin(rate: number): { end(): Promise<number> };
  /** Milliseconds until the window shows as many calls as were answered. */
  untilKnown(page: Page): Promise<number>;
}

function createSender({ scim, token }: { scim: string; token: string }, users: number): Sender {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
  let sent = 0;

  async function call(number: number): Promise<void> {
    const person = (Math.floor(number / 2) * 7) % users;
    const { userName } = user(person);
    const lookUp = number % 2 === 0;
    const answer = lookUp
      ? await fetch(`${scim}/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`, { headers })
      : await fetch(`${scim}/Users/${idOf(person)}`, { method: 'PATCH', headers, body: retitled(number) });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`The pilot answered ${answer.status}: the figures would mean nothing.`);
  }

  async function send(calls: number): Promise<void> {
    const last = sent + calls;
    const worker = async () => {
      while (sent < last) await call(sent++);
    };
    await Promise.all(Array.from({ length: SENDERS }, worker));
  }

  return {
    send,
    begin(rate) {
      const startedAt = performance.now();
      const first = sent;
      let over = false;
      const worker = async () => {
        while (!over) {
          const due = ((sent - first) / rate) * 1_000 - (performance.now() - startedAt);
          if (due > 0) await new Promise((resolve) => setTimeout(resolve, Math.max(1, due)));
          if (!over) await call(sent++);
        }
      };
      const working = Promise.all(Array.from({ length: SENDERS }, worker));
      return {
        async end() {
          const elapsed = (performance.now() - startedAt) / 1_000;
          const came = sent - first;
          over = true;
          await working;
          return came / elapsed;
        },
      };
    },
    async untilKnown(page) {
      const startedAt = performance.now();
      const words = `${sent.toLocaleString('en-US')} calls stored`;
      await page.getByRole('contentinfo').getByText(words).waitFor({ timeout: 60_000 });
      return performance.now() - startedAt;
    },
  };
}

function retitled(number: number): string {
  return JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'Replace', path: 'title', value: `Title ${number}` }],
  });
}

function spread(values: readonly number[]): FramesRow['frame'] {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

export function printFrames(rows: readonly FramesRow[]): void {
  console.table(
    rows.map(({ row, frames, frame, late, work, thread, heap, arrived }) => ({
      row,
      frames,
      'frame p50': frame.p50,
      'p95 ms': frame.p95,
      'over 34 ms': late,
      'main p50': work.p50,
      'main p95': work.p95,
      'CPU ms/frame': thread.all,
      'heap MB': heap,
      ...(arrived === null ? {} : { 'calls/s': arrived.rate, 'behind ms': arrived.behind }),
    })),
  );
}

/** As `npm run bench` measures it. */
export const usualFrames: FramesOptions = { rows: 10_000, rate: 500, seconds: 10, only: null };

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: String(usualFrames.rows) },
      rate: { type: 'string', default: String(usualFrames.rate) },
      seconds: { type: 'string', default: String(usualFrames.seconds) },
      only: { type: 'string' },
    },
  });
  const run = openRunFolder();
  try {
    printFrames(
      await measureFrames(
        {
          rows: Number(values.rows),
          rate: Number(values.rate),
          seconds: Number(values.seconds),
          only: values.only ?? null,
        },
        run,
      ),
    );
  } finally {
    run.remove();
  }
}
