/**
 * `npm run bench`: our endpoint as users run it (capture on, every write fsynced) beside the floor, and with 1,000 users beside
 * SCIMMY in memory, in one run on one machine, in turns, so that what else the machine does falls on all of them. Prints one
 * JSON line a row, then a table of the rows and one of what was asked and measured. Its figures decide nothing: it exits 0
 * unless something failed to run.
 *
 *   --sizes 1000,100000   users in the directory (default: these); filled databases are kept in the temporary folder for a week
 *   --full                adds 1,000,000 users (2.5 GB there, and 1.5 GB more while it runs)
 *   --only TEXT           only rows whose name holds TEXT, e.g. "GET user by id", beside the floor
 *   --connections N       of each load (default 64), each waiting for its answer before it asks again
 *   --seconds S           length of one load (default 3)
 *   --rounds N            loads of each server a row; figures are medians over them (default 3)
 *
 * Before each round the databases are read through once: what is measured is our work on files in the system's cache, not the disk.
 * Every server is then loaded until it gets no quicker: a pilot runs for days, and what V8 does in its first seconds is no part of
 * what a request costs.
 *
 * So many connections keep every server busy, as a rate asks for: with few, one that waits for the disk is measured by how many
 * wait with it, since a group commit stores together what has come meanwhile. Others than ours are hardly quicker by more.
 *
 * Columns. ours/s: requests a second. µs CPU: CPU time of our process, all threads, for one request; other work on the machine
 * hardly moves it. p99 ms: of the answers' time. ×read: our rate over that of the floor, bare Fastify with one better-sqlite3
 * read by key from as many rows that sends the same text. ×NORMAL, ×FULL: over one insert into WAL with that `synchronous`; ours
 * is FULL. CPU beside them: the same by CPU time, where 1 means that we spend as little as the floor. ×SCIMMY: our rate over the
 * peer's ("about": fewer than 100 answers of it). In the JSON lines `busy` is CPU time over wall time of the server: where it is
 * low, the disk or the client held it up.
 *
 * Then, without --only, the queries of the feed over 1,000,000 stored calls (--calls N: another number; 0: none), which are made
 * and indexed the first time: minutes, and 2 GB there. `first answer ms` is the worst of three times until the window has
 * something to show, `page or end ms` until 100 calls are found or there are no more. Then retention: how long the thread that
 * serves SCIM, and a call to be stored, are held while 100,000 of those calls are removed.
 *
 * Then, without --only: what the tunnel costs, one pilot (from its sources, in this process) directly and through the real ngrok
 * SDK and a stand-in of ngrok's edge on this machine. `added ms` is the median time of an answer through it less that of one
 * directly, one call at a time.
 *
 * Then the window's frames: its lists of 10,000 rows in a real Chromium, scrolled as a hand does, and the feed while 500 calls a
 * second arrive (`frames.ts`).
 *
 * NODE_OPTIONS='--cpu-prof --cpu-prof-dir=DIR' profiles the servers as well.
 */
import { join } from 'node:path';
import { ensureBuilt } from '../../src-main/cli/build.ts';
import { killChildren } from './child.ts';
import { parseFlags } from './flags.ts';
import { openRunFolder } from './folders.ts';
import { measureFrames, printFrames, usualFrames } from './frames.ts';
import { measureQueries, printQueries } from './queries.ts';
import { printTable, printTunnel } from './report.ts';
import { measureRetention, printRetention } from './retention.ts';
import { measureSize, type SizeResult } from './sides.ts';
import { measureTunnel } from './tunnel.ts';
import { printVerdict } from './verdict.ts';

const flags = parseFlags();
const run = openRunFolder();
const stop = new AbortController();

async function cleanUp(): Promise<void> {
  stop.abort();
  await killChildren();
  run.remove();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp().then(() => process.exit(130)));
}
try {
  await ensureBuilt({
    root: join(import.meta.dirname, '../..'),
    say: (words) => console.error(words),
    stop: stop.signal,
  });
  const whole = flags.only === null;
  const sizes: SizeResult[] = [];
  for (const size of flags.sizes) sizes.push(await measureSize(size, flags, run, size === flags.sizes.at(-1)));
  const results = sizes.flatMap((size) => size.results);
  printTable(results);
  if (whole) {
    const interference = sizes.flatMap((size) => size.interference);
    printVerdict({ results, interference, memory: sizes.map(({ memory }) => memory) });
    if (flags.calls > 0) {
      printQueries(await measureQueries(flags.calls, run));
      printRetention(await measureRetention(flags.calls, run));
    }
    printTunnel(await measureTunnel(flags.seconds));
    printFrames(await measureFrames(usualFrames, run));
  }
} finally {
  await cleanUp();
}
