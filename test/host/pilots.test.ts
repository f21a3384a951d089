import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWindowHandler } from '../../src-main/api/index.ts';
import type { PilotEvent } from '../../src-main/contract/index.ts';
import { fakeAssets, silentLog } from '../support/fake-window.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { callPublicly } from '../support/public-call.ts';
import { person } from '../support/start.ts';

/** Several pilots in one data folder, and a pilot's data as a whole: over real files, and the window's HTTP where it has one. */

let pilot: TestPilot;
let handle: (request: Request) => Promise<Response>;

beforeAll(async () => {
  pilot = await startTestPilot({ token: null, publicOrigin: 'https://own.example' });
  handle = createWindowHandler({ host: pilot.host, assets: fakeAssets, log: silentLog });
});
afterAll(() => pilot.close());

const tokenNow = async () => (await pilot.api.token.reveal()) ?? '';
/** As Azure, by the public host. */
const azure = async (method: string, path: string, body?: unknown) =>
  callPublicly({ port: pilot.pilot.scim.port, host: 'own.example', token: await tokenNow(), method, path, body });
const entry = async (name: string) => {
  const found = (await pilot.host.pilots.list()).find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no pilot ${name}`);
  return found;
};
const openByName = async (name: string) => pilot.host.pilots.open((await entry(name)).id);

async function upload(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const headers = { 'content-type': 'application/octet-stream' };
  const answer = await handle(new Request('http://window/api/files', { method: 'POST', headers, body: bytes }));
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { ticket: string }).ticket;
}

async function download(ticket: string): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  const answer = await handle(new Request(`http://window/api/files/${ticket}`));
  expect(answer.status).toBe(200);
  const name = /filename="(.+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '';
  return { name, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

/** What the admin would miss. */
async function everything() {
  const { api } = pilot;
  const { total: users, rows } = await api.directory.users({ search: '', state: 'current', after: null, limit: 50 });
  const calls = (await api.feed.page({ before: null, limit: 50, query: '' })).calls;
  const guide = await api.guide.read();
  return {
    users,
    names: rows.map(({ userName }) => userName),
    groups: (await api.directory.groups({ search: '', state: 'current', after: null, limit: 50 })).rows.map(
      ({ name, members }) => [name, members],
    ),
    codes: calls.map(({ code }) => code),
    ticks: Object.keys(guide.ticks),
    admins: api.tenantAdmins.list().map(({ userName }) => userName),
    fields: api.attributes.fields().map(({ label }) => label),
    filters: api.feed.filters.list().map(({ name }) => name),
    name: api.status().pilotName,
  };
}

describe('a pilot with data', () => {
  let ada = '';

  beforeAll(async () => {
    await pilot.host.pilots.rename((await pilot.host.pilots.list())[0]?.id ?? '', '  Fabrik   vale ');
    ada = String((await azure('POST', '/Users', person('ada@fabrikvale.example'))).json.id);
    await azure('POST', '/Users', person('jon@fabrikvale.example'));
    await azure('POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Finance',
      members: [{ value: ada }],
    });
    await pilot.request('POST', '/Users', person('by-hand@fabrikvale.example'), {
      authorization: `Bearer ${await tokenNow()}`,
    });
    await pilot.api.guide.tick('application', true);
    await pilot.api.feed.filters.save({ name: 'Ada alone', query: 'user:ada' });
    await pilot.api.tenantAdmins.set(['boss@fabrikvale.example']);
    await pilot.api.attributes.define({ label: 'Cost center', type: 'String', attribute: null });
  });

  test('back up, erase, restore: everything is back, and the token never changed', async () => {
    const before = await everything();
    const token = await tokenNow();
    expect(before).toMatchObject({ users: 3, groups: [['Finance', 1]], name: 'Fabrik vale', ticks: ['application'] });
    const backup = await pilot.host.data.backUp();
    expect((await pilot.host.data.read()).backups).toEqual([backup]);

    const { id } = await entry('Fabrik vale');
    expect(await pilot.host.pilots.erasable(id)).toMatchObject({ users: 3, groups: 1, known: 4 });
    await pilot.host.data.erase('everything');
    expect(await everything()).toMatchObject({ users: 0, groups: [], codes: [], ticks: [], filters: [] });
    expect(await everything()).toMatchObject({ name: 'Fabrik vale', admins: before.admins, fields: before.fields });
    expect(await tokenNow()).toBe(token);
    expect((await pilot.api.overview()).purgedKnown).toBe(4);
    const lost = await azure('GET', `/Users/${ada}`);
    expect(lost.status).toBe(404);
    expect(lost.json.detail).toMatch(/purged/);

    const later = String((await azure('POST', '/Users', person('late@fabrikvale.example'))).json.id);
    const facts = await pilot.host.data.inspect({ backup: backup.name });
    expect(facts).toMatchObject({ name: 'Fabrik vale', users: 3, groups: 1, forgotten: 1 });
    const codes = (await everything()).codes;
    await pilot.host.data.restore({ backup: backup.name });
    expect(await everything()).toEqual(before);
    expect(await tokenNow()).toBe(token);
    expect((await azure('GET', `/Users/${ada}`)).status).toBe(200);
    expect((await azure('GET', `/Users/${later}`)).json.detail).toMatch(/purged/);
    // No two calls have one code, whatever was restored between them.
    const again = (await everything()).codes;
    expect(again.filter((code) => codes.includes(code))).toEqual([]);
    expect((await pilot.api.overview()).purgedKnown).toBe(1);
  });

  test('the calls alone are erased, users and their history stay', async () => {
    const { users } = await everything();
    await azure('PATCH', `/Users/${ada}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'title', value: 'Countess' }],
    });
    const before = (await pilot.api.directory.user(ada))?.history;
    expect(before?.map(({ kind, attributes }) => [kind, attributes.length > 0])).toEqual([
      ['updated', true],
      ['created', true],
    ]);
    await pilot.host.data.erase('calls');
    expect(await everything()).toMatchObject({ users, codes: [] });
    expect((await pilot.api.directory.user(ada))?.history).toEqual(before);
    expect((await azure('GET', `/Users/${ada}`)).status).toBe(200);
    await expect.poll(async () => (await everything()).codes.length).toBe(1);
  });

  test('a back-up holds no secret, in the file or in what is left of it', async () => {
    const { name } = await pilot.host.data.backUp();
    const { ticket } = await pilot.host.data.fetchBackup(name);
    const file = await download(ticket);
    expect(file.name).toMatch(/^scim-pilot-fabrik-vale-\d{4}-\d\d-\d\d\.db$/);
    const { folder } = await pilot.host.data.read();
    const stored = new Database(join(folder, 'pilot.db'), { readonly: true });
    const record = stored.prepare("SELECT value FROM settings WHERE key = 'endpoint.token'").pluck().get();
    stored.close();
    const { hash, sealed } = JSON.parse(String(record)) as { hash: string; sealed: string };
    const text = Buffer.from(file.bytes).toString('latin1');
    for (const secret of [hash, sealed, await tokenNow()]) expect(text).not.toContain(secret);
    await pilot.host.data.removeBackup(name);
    expect((await pilot.host.data.read()).backups.map((one) => one.name)).not.toContain(name);
  });

  test('another pilot opens on the same port, with data and a token of its own; who watches reads everything again', async () => {
    const port = pilot.pilot.scim.port;
    const token = await tokenNow();
    const leave = new AbortController();
    const events: { id: string; event: PilotEvent }[] = [];
    const watching = (async () => {
      for await (const event of pilot.host.watch(null, leave.signal)) events.push(event);
    })();
    await expect.poll(() => events.length).toBe(1);
    await pilot.host.pilots.create('Demo');
    expect(pilot.pilot.scim.port).toBe(port);
    expect(await everything()).toMatchObject({ name: 'Demo', users: 0, codes: [], admins: [] });
    const old = { port, host: 'own.example', token, method: 'GET', path: '/Users' };
    expect((await callPublicly(old)).status).toBe(401);
    await expect.poll(() => events.some(({ event }) => event.type === 'reset')).toBe(true);
    await expect
      .poll(() => events.findLast(({ event }) => event.type === 'status')?.event)
      .toMatchObject({ status: { pilotName: 'Demo' } });
    leave.abort();
    await watching;

    // A window that was away meanwhile is told so too, although the position it knows is one of the new pilot's as well.
    const back = new AbortController();
    for await (const { event } of pilot.host.watch(events[0]?.id ?? '', back.signal)) {
      expect(event.type).toBe('reset');
      break;
    }
    back.abort();
    await openByName('Fabrik vale');
    expect(await tokenNow()).toBe(token);
    expect((await azure('GET', `/Users/${ada}`)).status).toBe(200);
    await openByName('Demo');
    expect(readFileSync(join(pilot.dataDir, 'active.json'), 'utf8')).toContain((await entry('Demo')).id);
    await openByName('Fabrik vale');
  });

  test('a pilot that can not be opened again is told of with its reason, and meanwhile another one is opened', async () => {
    const home = (await entry('Fabrik vale')).id;
    const { port } = pilot.pilot.scim;
    await pilot.host.pilots.create('Broken');
    const broken = (await entry('Broken')).id;
    await openByName('Fabrik vale');
    const folderOf = (id: string) => join(pilot.dataDir, 'pilots', id);
    writeFileSync(join(folderOf(broken), 'pilot.db'), 'no database at all, but long enough to be looked at'.repeat(40));
    renameSync(folderOf(home), join(pilot.dataDir, 'aside'));
    await expect(pilot.host.pilots.open(broken)).rejects.toThrow();

    const leave = new AbortController();
    const events: PilotEvent[] = [];
    const watching = (async () => {
      for await (const { event } of pilot.host.watch(null, leave.signal)) events.push(event);
    })();
    await expect
      .poll(() => events[0])
      .toMatchObject({ type: 'closed', trouble: { id: home, words: expect.stringContaining('no such pilot') } });
    expect((await pilot.host.pilots.list()).every(({ open }) => !open)).toBe(true);
    renameSync(join(pilot.dataDir, 'aside'), folderOf(home));
    await openByName('Demo');
    await expect.poll(() => events.at(-1)).toMatchObject({ type: 'status', status: { pilotName: 'Demo' } });
    leave.abort();
    await watching;
    // Azure knows the port.
    expect(pilot.pilot.scim.port).toBe(port);
    await openByName('Fabrik vale');
    await pilot.host.pilots.remove(broken);
  });

  test('a duplicate is independent: data of its own, no token, no connection', async () => {
    const { id } = await entry('Fabrik vale');
    await pilot.host.pilots.duplicate(id, 'Copy');
    expect(await entry('Copy')).toMatchObject({ users: 3, groups: 1, open: false, origin: null, sharesWith: null });
    const token = await tokenNow();
    await openByName('Copy');
    expect(await tokenNow()).not.toBe(token);
    expect(await everything()).toMatchObject({ users: 3, admins: ['boss@fabrikvale.example'] });
    await pilot.request('POST', '/Users', person('copy@fabrikvale.example'), {
      authorization: `Bearer ${await tokenNow()}`,
    });
    expect((await everything()).users).toBe(4);
    await openByName('Fabrik vale');
    expect((await everything()).users).toBe(3);
    expect(await entry('Copy')).toMatchObject({ users: 4 });
  });

  test('goes out as one file and comes in as another pilot', async () => {
    const { id } = await entry('Copy');
    const { ticket } = await pilot.host.pilots.export(id);
    const { bytes } = await download(ticket);
    const handedIn = await upload(bytes);
    expect(await pilot.host.data.inspect({ ticket: handedIn })).toMatchObject({ name: 'Copy', users: 4 });
    await pilot.host.pilots.import(handedIn, 'Came in');
    expect(await entry('Came in')).toMatchObject({ users: 4, groups: 1, open: false, unreadable: false });
    await expect(pilot.host.pilots.import(handedIn, 'Twice')).rejects.toThrow('not here any more');
  });

  test('reset and delete: what Azure remembers stays, the open one can not go', async () => {
    const demo = await entry('Copy');
    await pilot.host.pilots.reset(demo.id);
    await openByName('Copy');
    expect(await everything()).toEqual({
      ...{ users: 0, names: [], groups: [], codes: [], ticks: [], admins: [], fields: [], filters: [], name: 'Copy' },
    });
    expect((await azure('GET', `/Users/${ada}`)).json.detail).toMatch(/purged/);
    await expect(pilot.host.pilots.remove(demo.id)).rejects.toThrow('Open another pilot first');
    await openByName('Fabrik vale');
    await pilot.host.pilots.remove(demo.id);
    await expect(pilot.host.pilots.open(demo.id)).rejects.toThrow('no such pilot');
    expect(existsSync(join(pilot.dataDir, 'pilots', demo.id))).toBe(false);
    expect(readdirSync(join(pilot.dataDir, 'pilots')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('two pilots at one address are told', async () => {
    const demo = await entry('Demo');
    await openByName('Demo');
    await pilot.api.tunnel.save(
      { kind: 'own', startWithApp: false, ownOrigin: 'https://own.example', domain: null, server: null, ca: null },
      null,
    );
    await openByName('Fabrik vale');
    await azure('GET', '/Users?count=1');
    await expect
      .poll(async () => (await pilot.host.pilots.list()).find((one) => one.id === demo.id)?.sharesWith)
      .toBe('Fabrik vale');
  });
});

describe('files that are no pilots', () => {
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  const made = (fill: (db: Database.Database) => void) => {
    const file = join(pilot.dataDir, 'made.db');
    const db = new Database(file);
    fill(db);
    db.close();
    return new Uint8Array(readFileSync(file));
  };

  test.each([
    ['some text', () => bytesOf('Not a database, but long enough to be one.'), 'not a back-up of SCIM Pilot'],
    ['nothing', () => bytesOf(''), 'not a back-up of SCIM Pilot'],
    ['another database', () => made((db) => db.exec('CREATE TABLE songs (name TEXT)')), 'not a back-up'],
  ])('%s', async (_what, bytes, words) => {
    const before = await everything();
    const ticket = await upload(bytes());
    await expect(pilot.host.data.inspect({ ticket })).rejects.toThrow(words);
    await expect(pilot.host.data.restore({ ticket })).rejects.toThrow(words);
    await expect(pilot.host.pilots.import(ticket, 'Bad')).rejects.toThrow(words);
    expect(await everything()).toEqual(before);
  });

  test('a damaged one, and one of a newer version', async () => {
    const { name } = await pilot.host.data.backUp();
    const { folder } = await pilot.host.data.read();
    const whole = readFileSync(join(folder, 'backups', name));
    const damaged = new Uint8Array(whole);
    damaged.fill(0x5a, 4_096, damaged.length - 4_096);
    await expect(pilot.host.data.inspect({ ticket: await upload(damaged) })).rejects.toThrow('damaged');
    const newer = join(pilot.dataDir, 'newer.db');
    writeFileSync(newer, whole);
    const db = new Database(newer);
    db.pragma('user_version = 999');
    db.close();
    const ticket = await upload(new Uint8Array(readFileSync(newer)));
    await expect(pilot.host.data.restore({ ticket })).rejects.toThrow('newer SCIM Pilot');
  });

  test('what is handed in must come as bytes, and a ticket must be one', async () => {
    const form = new Request('http://window/api/files', { method: 'POST', body: 'x' });
    expect((await handle(form)).status).toBe(415);
    expect((await handle(new Request('http://window/api/files/AAAA'))).status).toBe(404);
  });
});

test('the endpoint moves to another port at once, and stays where it was when that one is taken', async () => {
  const before = pilot.pilot.scim.port;
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as { port: number };
  const calls = (await everything()).codes;
  // This run's port was given as any free one: then it is the command line's to change.
  await expect(pilot.host.setScimPort(port)).rejects.toThrow('command line');
  other.close();
  const own = await startTestPilot({ token: null, port: { number: before, explicit: false } });
  try {
    expect((await own.host.ports()).scim).toMatchObject({ wanted: null, fixedByStart: false, movedFrom: before });
    const still = own.pilot;
    await expect(own.host.setScimPort(before)).rejects.toThrow(
      `Port ${before} is taken by another program; the endpoint is still on ${still.scim.port}.`,
    );
    // What can't be had costs nothing: the pilot was not closed for it.
    expect(own.pilot).toBe(still);
    await own.host.setScimPort(port);
    expect(own.pilot.scim.port).toBe(port);
    expect((await own.host.ports()).scim).toMatchObject({ port, wanted: port, movedFrom: null });
  } finally {
    await own.close();
  }
  expect((await everything()).codes).toEqual(calls);
});

test('looks are told to every window and outlast the run', async () => {
  const looks = { theme: 'dark', density: 'compact', labels: 'older', presenter: true } as const;
  await pilot.host.setAppearance(looks);
  expect(pilot.api.status().appearance).toEqual(looks);
  expect(JSON.parse(readFileSync(join(pilot.dataDir, 'host.json'), 'utf8')).appearance).toEqual(looks);
});
