import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { createdId, entraGroup, entraUser, patch, unique } from './shapes.ts';

/*
 * Answers that show stored records are kept as which records they showed, and made again when somebody looks. What is made again
 * must be what was sent, to the byte, whatever has happened to the records since.
 */

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot({ publicOrigin: 'https://pilot.example' });
});
afterAll(() => pilot.close());

interface Sent {
  status: number;
  body: string;
  headers: Record<string, string>;
  code: string;
}

/** Sends a call and gives what was answered, with the code under which it is kept. */
async function send(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Sent> {
  const before = pilot.api.status().callsStored;
  const answer = await fetch(`${pilot.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${pilot.token}`, 'content-type': 'application/scim+json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  await expect.poll(() => pilot.api.status().callsStored).toBe(before + 1);
  const page = await pilot.api.feed.page({ before: null, limit: 1, query: '' });
  return {
    status: answer.status,
    body: text,
    headers: Object.fromEntries(answer.headers),
    code: page.calls[0]?.code ?? '',
  };
}

const idIn = ({ body }: Sent) => (JSON.parse(body) as { id: string }).id;

async function expectKept(sent: Sent): Promise<void> {
  const call = await pilot.api.feed.call(sent.code);
  expect(call?.status).toBe(sent.status);
  expect(call?.responseBody?.text ?? '').toBe(sent.body);
  expect(call?.responseBody?.bytes ?? 0).toBe(Buffer.byteLength(sent.body));
  for (const [name, value] of call?.responseHeaders ?? []) expect(sent.headers[name]).toBe(value);
  for (const name of ['etag', 'location', 'content-location', 'content-type']) {
    expect(call?.responseHeaders.find(([given]) => given === name)?.[1]).toBe(sent.headers[name]);
  }
}

test('an answer whose record was purged has gone with it, and says so', async () => {
  const created = await send('POST', '/Users', entraUser());
  const { id } = JSON.parse(created.body) as { id: string };
  const list = await send('GET', `/Users?filter=id+eq+%22${id}%22`);
  expect((await pilot.api.feed.call(created.code))?.answerGone).toBe(false);
  await pilot.api.directory.purge('User', id);
  for (const { code } of [created, list]) {
    expect(await pilot.api.feed.call(code)).toMatchObject({ responseBody: null, answerGone: true });
  }
  const nothing = await send('DELETE', `/Users/${id}`);
  expect((await pilot.api.feed.call(nothing.code))?.answerGone).toBe(false);
});

test('answers that named a purged record beside another still can be shown: a member by id, a group by name', async () => {
  const id = idIn(await send('POST', '/Users', entraUser()));
  const group = idIn(
    await send('POST', '/Groups', { ...entraGroup({ displayName: 'Old crew' }), members: [{ value: id }] }),
  );
  const [crew, person] = [await send('GET', `/Groups/${group}`), await send('GET', `/Users/${id}`)];
  const other = await send('GET', `/Groups?filter=id+eq+%22${group}%22`);
  await pilot.api.directory.purge('Group', group);
  await expectKept(person);
  expect(JSON.parse(person.body).groups).toMatchObject([{ display: 'Old crew' }]);
  expect(await pilot.api.feed.call(crew.code)).toMatchObject({ responseBody: null, answerGone: true });
  expect(await pilot.api.feed.call(other.code)).toMatchObject({ responseBody: null, answerGone: true });
  const next = idIn(await send('POST', '/Groups', { ...entraGroup(), members: [{ value: id }] }));
  const shown = await send('GET', `/Groups/${next}`);
  await pilot.api.directory.purge('User', id);
  await expectKept(shown);
  expect(JSON.parse(shown.body).members).toMatchObject([{ value: id }]);
});

test('calls whose record was purged say that what they changed has gone, which is not that they changed nothing', async () => {
  const created = await send('POST', '/Users', entraUser());
  const { id } = JSON.parse(created.body) as { id: string };
  const update = patch({ op: 'Replace', path: 'title', value: 'Harbour Master' });
  const updated = await send('PATCH', `/Users/${id}`, update);
  const again = await send('PATCH', `/Users/${id}`, update);
  const read = await send('GET', `/Users/${id}`);
  const group = await send('POST', '/Groups', entraGroup({ members: [{ value: id }] }));
  const toldOf = async ({ code }: Sent) => {
    const call = await pilot.api.feed.call(code);
    return call && [call.changes.length, call.changesGone, call.changeKind];
  };
  expect(await toldOf(created)).toEqual([1, false, 'created']);
  await pilot.api.directory.purge('User', id);
  expect(await toldOf(created)).toEqual([0, true, 'created']);
  expect(await toldOf(updated)).toEqual([0, true, 'updated']);
  expect(await toldOf(again)).toEqual([0, false, null]);
  expect(await toldOf(read)).toEqual([0, false, null]);
  expect(await toldOf(group)).toEqual([1, false, 'created']);
});

describe('an answer is kept as it was sent', () => {
  test('of a user who then changes, joins groups that are renamed, is archived and deleted', async () => {
    const user = entraUser({ displayName: 'Zoë 🙂 "quoted"' });
    const created = await send('POST', '/Users', user);
    const { id } = JSON.parse(created.body) as { id: string };
    const sent = [created, await send('GET', `/Users/${id}`), await send('GET', `/Users?filter=id+eq+%22${id}%22`)];
    sent.push(await send('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'title', value: 'First' })));
    sent.push(await send('GET', `/Users/${id}`));
    const group = await createdId(pilot, '/Groups', entraGroup({ members: [{ value: id }] }));
    sent.push(await send('GET', `/Users/${id}`));
    await pilot.request('PATCH', `/Groups/${group}`, patch({ op: 'Replace', path: 'displayName', value: unique('G') }));
    sent.push(await send('GET', `/Users/${id}`));
    sent.push(await send('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'title', value: 'Second' })));
    sent.push(await send('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'title', value: 'Second' })));
    sent.push(await send('PUT', `/Users/${id}`, { ...user, title: 'Third' }));
    sent.push(await send('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'active', value: 'False' })));
    sent.push(await send('GET', `/Users/${id}`));
    await pilot.request('DELETE', `/Users/${id}`);
    sent.push(await send('GET', `/Users/${id}`));
    expect(new Set(sent.map((one) => one.status))).toEqual(new Set([200, 201, 404]));
    for (const one of sent) await expectKept(one);
  });

  test('of a group with and without members', async () => {
    const members = await Promise.all(
      Array.from({ length: 3 }, async () => ({ value: await createdId(pilot, '/Users', entraUser()) })),
    );
    const created = await send('POST', '/Groups', entraGroup({ members }));
    const { id, displayName } = JSON.parse(created.body) as { id: string; displayName: string };
    const filter = `filter=displayName+eq+%22${encodeURIComponent(displayName)}%22`;
    const sent = [
      created,
      await send('GET', `/Groups/${id}`),
      await send('GET', `/Groups/${id}?excludedAttributes=members`),
      await send('GET', `/Groups?excludedAttributes=members&${filter}`),
      await send('GET', `/Groups?attributes=id&${filter}`),
    ];
    await pilot.request('PATCH', `/Groups/${id}`, patch({ op: 'Remove', path: 'members', value: members.slice(1) }));
    sent.push(await send('GET', `/Groups/${id}`));
    await pilot.request('PATCH', `/Groups/${id}`, patch({ op: 'Replace', path: 'displayName', value: unique('G') }));
    for (const one of sent) await expectKept(one);
  });

  test('of lists: empty, a page, beyond the end, projected', async () => {
    await Promise.all(Array.from({ length: 5 }, () => createdId(pilot, '/Users', entraUser())));
    const queries = ['filter=userName+eq+%22nobody%22', 'count=3', 'startIndex=2&count=2', 'startIndex=900', 'count=0'];
    const kept: Sent[] = [];
    for (const query of [...queries, 'count=2&attributes=userName', 'sortBy=userName&count=2']) {
      kept.push(await send('GET', `/Users?${query}`));
    }
    for (const one of kept) await expectKept(one);
  });

  test('of lists of users who are in the same groups, in others and in none', async () => {
    const members: { value: string }[] = [];
    for (let i = 0; i < 5; i++) members.push({ value: await createdId(pilot, '/Users', entraUser()) });
    const shared = await createdId(pilot, '/Groups', entraGroup({ members: members.slice(1) }));
    await createdId(pilot, '/Groups', entraGroup({ members: members.slice(3, 4) }));
    const newest = await send('GET', '/Users?sortBy=meta.created&sortOrder=descending&count=5');
    const everyone = await send('GET', '/Users?startIndex=1&count=1000');
    await pilot.request(
      'PATCH',
      `/Groups/${shared}`,
      patch({ op: 'Replace', path: 'displayName', value: unique('G') }),
    );
    expect(newest.body.split(shared).length).toBeGreaterThan(6);
    await expectKept(newest);
    await expectKept(everyone);
  });

  test('of a report whose manager is deleted: hidden then, shown before', async () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    const boss = await createdId(pilot, '/Users', entraUser());
    const report = await createdId(pilot, '/Users', entraUser({ [urn]: { manager: { value: boss } } }));
    const before = await send('GET', `/Users/${report}`);
    await pilot.request('DELETE', `/Users/${boss}`);
    const after = await send('GET', `/Users/${report}`);
    expect([before.body.includes(boss), after.body.includes(boss)]).toEqual([true, false]);
    await expectKept(before);
    await expectKept(after);
  });

  test('by the way the caller came', async () => {
    const id = await createdId(pilot, '/Users', entraUser());
    await expectKept(await send('GET', `/Users/${id}`, undefined, { host: 'pilot.example' }));
  });
});
