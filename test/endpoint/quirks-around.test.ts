import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { createServer, request as httpsRequest, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src-main/contract/index.ts';
import { makeCertificate } from '../support/edge/certificate.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import {
  at,
  created,
  createdId,
  enterprise,
  entraGroup,
  entraUser,
  expectError,
  filter,
  memberIds,
  ofType,
  patch,
  patched,
  textAt,
  unique,
} from './shapes.ts';

/** Quirks of entra.md §2 that lie outside a PATCH: kinds of jobs, limits of what flows, guests, nested groups, probes, TLS. */

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());

test('quirk 4: with the downgrade flag, alone or beside the other, the old forms do what they say', async () => {
  for (const query of ['?AzureAdScimPatch2017', '?aadOptscim062020&AzureAdScimPatch2017']) {
    const ids = [await createdId(pilot, '/Users', entraUser()), await createdId(pilot, '/Users', entraUser())];
    const members = ids.map((value) => ({ value }));
    const group = await createdId(pilot, '/Groups', entraGroup({ members }));
    const leave = patch({ op: 'Remove', path: 'members', value: members.slice(1) });
    expect((await pilot.request('PATCH', `/Groups/${group}${query}`, leave)).status).toBe(204);
    expect(memberIds((await pilot.request('GET', `/Groups/${group}`)).json)).toEqual(ids.slice(0, 1));
    const disable = patch({ op: 'Replace', path: 'active', value: 'False' });
    expect((await pilot.request('PATCH', `/Users/${ids[0]}${query}`, disable)).json.active).toBe(false);
  }
});

test('quirk 5: an old job writes a dot for the last colon of an extension path, and is understood', async () => {
  const user = await patched(
    pilot,
    `/Users/${await createdId(pilot, '/Users', entraUser())}`,
    { op: 'Replace', path: `${enterprise}.department`, value: 'Estuaries' },
    { op: 'Add', path: `${enterprise}.costCenter`, value: 'CC-12' },
  );
  expect(user[enterprise]).toMatchObject({ department: 'Estuaries', costCenter: 'CC-12' });
});

test('quirk 28: one element of a type stays one, however it is written', async () => {
  const path = `/Users/${await createdId(pilot, '/Users', entraUser())}`;
  const [first, second] = ['first@fabrikvale.example', 'second@fabrikvale.example'];
  for (const op of ['Add', 'Replace']) {
    await patched(pilot, path, { op, path: 'emails[type eq "work"].value', value: first });
  }
  const { emails } = await patched(pilot, path, {
    op: 'Replace',
    path: 'emails[type eq "work"]',
    value: { value: second },
  });
  expect([emails].flat()).toHaveLength(1);
  expect(at(ofType(emails, 'work'), 'value')).toBe(second);
});

test('quirk 29: what does not flow is no reason to refuse; a password is never shown', async () => {
  const badge = { colour: 'teal', number: 7, issued: true };
  const body = entraUser({
    password: 'hunter2-hunter2',
    photos: [{ type: 'photo', value: 'https://fabrikvale.example/orla.png' }],
    entitlements: [{ value: 'parking' }],
    'urn:ietf:params:scim:schemas:extension:Fabrikvale:2.0:User': { badge },
  });
  const answer = await pilot.request('POST', '/Users', body);
  expect(answer.status).toBe(201);
  expect(answer.text).not.toContain('hunter2');
  expect(at(answer.json, 'urn:ietf:params:scim:schemas:extension:Fabrikvale:2.0:User', 'badge')).toEqual(badge);
});

test("quirk 31: a guest's name comes cut or whole, and each is found as it was sent", async () => {
  const alias = unique('ada');
  for (const userName of [`${alias}@home.example`, `${alias}_home.example#EXT#@fabrikvale.onmicrosoft.example`]) {
    const id = await createdId(pilot, '/Users', entraUser({ userName }));
    const { json } = await filter(pilot, '/Users', `userName eq "${userName}"`);
    expect([json.totalResults, at(json, 'Resources', 0, 'id')]).toEqual([1, id]);
    expect(at(json, 'Resources', 0, 'userName')).toBe(userName);
  }
});

test('quirk 37: a group is no member of a group, and its users are not taken for members', async () => {
  const user = await createdId(pilot, '/Users', entraUser());
  const inner = await createdId(pilot, '/Groups', entraGroup({ members: [{ value: user }] }));
  const outer = `/Groups/${await createdId(pilot, '/Groups', entraGroup())}`;
  const answer = await pilot.request('PATCH', outer, patch({ op: 'Add', path: 'members', value: [{ value: inner }] }));
  expectError(answer, 400, 'invalidValue');
  expect(answer.json.detail).toContain(inner);
  expect(memberIds((await pilot.request('GET', outer)).json)).toEqual([]);
  expect(at((await pilot.request('GET', `/Users/${user}`)).json, 'groups')).toMatchObject([{ value: inner }]);
});

test('quirk 38: a filter on a GUID that nobody has is a probe, which the feed can hide', async () => {
  const guid = crypto.randomUUID();
  expect((await filter(pilot, '/Users', `userName eq "${guid}"`)).json.totalResults).toBe(0);
  const page = (hideProbes: boolean) =>
    pilot.api.feed.page({ before: null, limit: 5, query: hideProbes ? 'not(probe)' : '' });
  const here = ({ query }: { query: string }) => query.includes(guid);
  await expect.poll(async () => (await page(false)).calls.find(here)?.probe).toBe(true);
  expect((await page(true)).calls.some(here)).toBe(false);
  const { userName } = await created(pilot, '/Users', entraUser());
  await filter(pilot, '/Users', `userName eq "${userName}"`);
  await expect.poll(async () => (await page(true)).calls[0]?.query).toContain(encodeURIComponent(String(userName)));
});

describe('quirk 39: TLS 1.2', () => {
  let edge: Server;
  let behind: TestPilot;
  const certificate = makeCertificate();
  beforeAll(async () => {
    edge = createServer({ ...certificate, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }, (incoming, outgoing) => {
      const { method, url: path, headers } = incoming;
      const to = { host: '127.0.0.1', port: behind.port, method, path, headers };
      const passed = httpRequest(to, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(passed);
    }).listen(0, '127.0.0.1');
    await once(edge, 'listening');
    behind = await startTestPilot({ publicOrigin: `https://127.0.0.1:${(edge.address() as AddressInfo).port}` });
  });
  afterAll(async () => {
    await behind.close();
    edge.closeAllConnections();
    edge.close();
  });

  test('quirk 39: behind an edge that speaks TLS 1.2 a resource is found where it says it is', async () => {
    const id = await createdId(behind, '/Users', entraUser());
    const read = (url: string) =>
      new Promise<{ protocol: string | null; json: JsonObject }>((resolve, reject) => {
        const headers = { authorization: `Bearer ${behind.token}` };
        const options = { headers, ca: certificate.cert, checkServerIdentity: () => undefined, agent: false };
        httpsRequest(url, options, async (answer) => {
          const protocol = answer.socket instanceof TLSSocket ? answer.socket.getProtocol() : null;
          let text = '';
          for await (const chunk of answer) text += chunk;
          resolve({ protocol, json: JSON.parse(text) });
        })
          .on('error', reject)
          .end();
      });
    const { protocol, json } = await read(`${behind.pilot.tenantUrl}/Users/${id}`);
    expect([protocol, textAt(json, 'id')]).toEqual(['TLSv1.2', id]);
    const location = textAt(json, 'meta', 'location');
    expect(location).toBe(`${behind.pilot.tenantUrl}/Users/${id}`);
    expect(textAt((await read(location)).json, 'id')).toBe(id);
  });
});
