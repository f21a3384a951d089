/**
 * `npm run bench [-- --seconds S --users N]`: our endpoint beside the floor (bare Fastify with one better-sqlite3 statement)
 * and a peer (SCIMMY in memory with 1,000 users), in one run on one machine. Prints a table and one JSON line a row; ratios
 * count, absolute figures only colour them.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from './load.ts';
import { fill, user } from './scim-load.ts';

const { values: flags } = parseArgs({
  options: { seconds: { type: 'string', default: '3' }, users: { type: 'string', default: '1000' } },
});
const seconds = Number(flags.seconds);
const users = Number(flags.users);

interface Started {
  process: ChildProcess;
  port: number;
  token?: string;
}

/** Forks a server of this folder and waits for its port. */
function start(file: string, ...args: string[]): Promise<Started> {
  const child = fork(join(import.meta.dirname, file), args);
  return new Promise((resolve, reject) => {
    child.once('message', (message: { port: number; token?: string }) => resolve({ process: child, ...message }));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready`)));
  });
}

const headersOf = ({ token }: Started) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/scim+json',
});

const floor = await start('floor-server.ts', String(users));
const json = { 'content-type': 'application/json' };
const reads = Array.from({ length: Math.min(users, 1_000) }, (_, n) => ({
  method: 'GET' as const,
  path: `/read/u${n}`,
}));
const insert = (path: string) => [{ method: 'POST' as const, path, body: JSON.stringify(user('floor')) }];
const floors = {
  read: await load(floor.port, {}, seconds, () => reads),
  insertNormal: await load(floor.port, json, seconds, () => insert('/insert-normal')),
  insertFull: await load(floor.port, json, seconds, () => insert('/insert-full')),
};
floor.process.disconnect();

const peer = await start('scimmy-server.ts');
const peerRates = new Map<string, number>();
for (const row of await fill(peer.port, headersOf(peer), 1_000)) {
  // Paging over a plain map renders every user for each page: a ratio with that would flatter us.
  if (row.name === 'list 10 users') continue;
  peerRates.set(row.name, (await load(peer.port, headersOf(peer), seconds, row.requestsOf)).rate);
}
peer.process.disconnect();

const ours = await start('pilot-server.ts');
const table: Record<string, object> = {};
for (const row of await fill(ours.port, headersOf(ours), users)) {
  const { rate, p99 } = await load(ours.port, headersOf(ours), seconds, row.requestsOf);
  const peerRate = peerRates.get(row.name);
  const ratios =
    row.floor === 'read'
      ? { '×read': ratio(rate, floors.read.rate) }
      : { '×NORMAL': ratio(rate, floors.insertNormal.rate), '×FULL': ratio(rate, floors.insertFull.rate) };
  const figures = peerRate === undefined ? ratios : { ...ratios, '×SCIMMY': ratio(rate, peerRate) };
  table[row.name] = { 'ours/s': Math.round(rate), 'p99 ms': p99, ...figures };
  console.log(
    JSON.stringify({
      row: row.name,
      users,
      rate: Math.round(rate),
      p99,
      scimmy: peerRate === undefined ? null : Math.round(peerRate),
      ...figures,
    }),
  );
}
ours.process.disconnect();
console.log(
  JSON.stringify({
    row: 'floor',
    read: Math.round(floors.read.rate),
    insertNormal: Math.round(floors.insertNormal.rate),
    insertFull: Math.round(floors.insertFull.rate),
  }),
);
console.table(table);

function ratio(ours: number, theirs: number): number {
  return Math.round((ours / theirs) * 100) / 100;
}
