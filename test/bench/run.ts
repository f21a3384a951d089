/**
 * `npm run bench [-- --seconds S --users N]`: our endpoint beside the floor (bare Fastify with one better-sqlite3 statement)
 * in one run on one machine. Prints a table and one JSON line a row; ratios count, absolute figures only colour them.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';

const { values: flags } = parseArgs({
  options: { seconds: { type: 'string', default: '4' }, users: { type: 'string', default: '1000' } },
});
const seconds = Number(flags.seconds);
const users = Number(flags.users);
const connections = 16;
const scimType = 'application/scim+json';

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

type MakeRequest = () => { method: 'GET' | 'POST' | 'PATCH'; path: string; body?: string };

/** Requests a second, after a warm-up of a quarter of the time. Any answer outside 2xx ends the benchmark. */
async function load(
  port: number,
  headers: Record<string, string>,
  make: MakeRequest,
): Promise<{ rate: number; p99: number }> {
  const shot = (duration: number) =>
    autocannon({
      url: `http://127.0.0.1:${port}`,
      connections,
      duration,
      requests: [{ setupRequest: (request) => ({ ...request, ...make(), headers: { ...headers } }) }],
    });
  await shot(Math.max(1, seconds / 4));
  const result = await shot(seconds);
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${result.non2xx} answers outside 2xx, ${result.errors} errors: the figures would mean nothing`);
  }
  return { rate: result.requests.average, p99: result.latency.p99 };
}

const user = (n: number | string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: `user.${n}@bench.example`,
  externalId: `external-${n}`,
  displayName: `User ${n}`,
  active: true,
  title: 'Analyst',
  name: { givenName: 'User', familyName: String(n) },
  emails: [{ type: 'work', primary: true, value: `user.${n}@bench.example` }],
});
const patchOf = (operation: object) =>
  JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [operation] });

const floor = await start('floor-server.ts', String(users));
const ours = await start('pilot-server.ts');
const base = `http://127.0.0.1:${ours.port}/scim/v2`;
const headers = { authorization: `Bearer ${ours.token}`, 'content-type': scimType };

async function create(path: string, body: object): Promise<string> {
  const answer = await fetch(`${base}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

console.log(`Filling ${users} users …`);
const ids: string[] = [];
for (let from = 0; from < users; from += 200) {
  const batch = Array.from({ length: Math.min(200, users - from) }, (_, i) => create('/Users', user(from + i)));
  ids.push(...(await Promise.all(batch)));
}
const group = await create('/Groups', {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  displayName: 'Everyone',
  members: ids.slice(0, 1000).map((value) => ({ value })),
});
const smallGroup = await create('/Groups', {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  displayName: 'Ten',
  members: ids.slice(0, 10).map((value) => ({ value })),
});

let turn = 0;
const pick = () => turn++ % users;
const idAt = (n: number) => ids[n % ids.length] ?? '';
const memberTurn = (groupId: string) => () => {
  const value = [{ value: idAt(Math.floor(turn / 2) + 1) }];
  const op = turn++ % 2 === 0 ? 'Add' : 'Remove';
  return {
    method: 'PATCH' as const,
    path: `/scim/v2/Groups/${groupId}`,
    body: patchOf({ op, path: 'members', value }),
  };
};

const rows: { name: string; floor: 'read' | 'insert'; make: MakeRequest }[] = [
  { name: 'GET user by id', floor: 'read', make: () => ({ method: 'GET', path: `/scim/v2/Users/${idAt(pick())}` }) },
  {
    name: 'filter userName eq',
    floor: 'read',
    make: () => ({ method: 'GET', path: `/scim/v2/Users?filter=userName+eq+%22user.${pick()}%40bench.example%22` }),
  },
  {
    name: 'filter externalId eq',
    floor: 'read',
    make: () => ({ method: 'GET', path: `/scim/v2/Users?filter=externalId+eq+%22external-${pick()}%22` }),
  },
  {
    name: 'list 10 users',
    floor: 'read',
    make: () => ({ method: 'GET', path: '/scim/v2/Users?startIndex=1&count=10' }),
  },
  {
    name: 'POST user',
    floor: 'insert',
    make: () => ({ method: 'POST', path: '/scim/v2/Users', body: JSON.stringify(user(`new-${turn++}`)) }),
  },
  {
    name: 'PATCH user',
    floor: 'insert',
    make: () => ({
      method: 'PATCH',
      path: `/scim/v2/Users/${idAt(turn)}`,
      body: patchOf({ op: 'Replace', path: 'title', value: `Title ${turn++}` }),
    }),
  },
  { name: 'PATCH group of 1,000, one member', floor: 'insert', make: memberTurn(group) },
  { name: 'PATCH group of 10, one member', floor: 'insert', make: memberTurn(smallGroup) },
];

const insertBody = JSON.stringify(user('floor'));
const json = { 'content-type': 'application/json' };
const floors = {
  read: await load(floor.port, {}, () => ({ method: 'GET', path: `/read/u${pick()}` })),
  insertNormal: await load(floor.port, json, () => ({ method: 'POST', path: '/insert-normal', body: insertBody })),
  insertFull: await load(floor.port, json, () => ({ method: 'POST', path: '/insert-full', body: insertBody })),
};

const table: Record<string, object> = {};
for (const row of rows) {
  const { rate, p99 } = await load(ours.port, headers, row.make);
  const figures =
    row.floor === 'read'
      ? { floorRead: round(floors.read.rate), ratioRead: ratio(rate, floors.read.rate) }
      : { ratioNormal: ratio(rate, floors.insertNormal.rate), ratioFull: ratio(rate, floors.insertFull.rate) };
  table[row.name] = { 'ours/s': round(rate), 'p99 ms': p99, ...figures };
  console.log(JSON.stringify({ row: row.name, users, rate: round(rate), p99, ...figures }));
}
console.log(
  JSON.stringify({
    row: 'floor',
    read: round(floors.read.rate),
    insertNormal: round(floors.insertNormal.rate),
    insertFull: round(floors.insertFull.rate),
  }),
);
console.table(table);
for (const { process: child } of [floor, ours]) child.disconnect();

function round(value: number): number {
  return Math.round(value);
}
function ratio(ours: number, theirs: number): number {
  return Math.round((ours / theirs) * 100) / 100;
}
