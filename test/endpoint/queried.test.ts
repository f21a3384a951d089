import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';

/** Texts in calls as the endpoint stores them: what was sent, what a change replaced, whom it added, and what was refused. */

const core = 'urn:ietf:params:scim:schemas:core:2.0';
let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot?.close());

const patch = (path: string, value: unknown, op = 'replace') => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op, path, value }],
});

test('are found in what was sent and in what a change replaced, by long texts and by two letters', async () => {
  const user = { schemas: [`${core}:User`], userName: 'quokka@x.example', displayName: 'Jürgen', title: 'Wombat' };
  const made = await pilot.request('POST', '/Users', user);
  const path = `/Users/${made.json.id}`;
  await pilot.request('PATCH', path, patch('title', 'Clerk'));
  await pilot.request('PATCH', path, patch('nickName', 'Žižka'));
  await pilot.request('PATCH', path, patch('nickName', 'a "quoted" \\ one'));
  await pilot.request('POST', '/Groups', {
    schemas: [`${core}:Group`],
    displayName: 'Finance',
    members: [{ value: made.json.id }],
  });
  await pilot.request('POST', '/Users', user);
  const numbers = async (query: string) => {
    const { calls } = await pilot.api.feed.page({ before: null, limit: 100, query });
    return calls.map(({ position }) => position).reverse();
  };
  await expect.poll(() => numbers('')).toHaveLength(6);
  const [create, title, nick, quoted, group, refused] = await numbers('');
  const found: [query: string, ...positions: (number | undefined)[]][] = [
    ['body:wombat', create, title, refused],
    ['body:WO', create, title, refused],
    ['request:wo', create, refused],
    ['response:wo'],
    ['body:clerk', title],
    ['body:žižka', nick, quoted],
    ['body:ž', nick, quoted],
    // The group's change names its member.
    ['body:jü', create, group, refused],
    ['body:"\\"quoted\\""', quoted],
    ['body:"a \\""', quoted],
    ['body:"quokka"', create, refused],
    ['response:taken method:PATCH'],
    ['response:quokka', refused],
    ['body:zzz'],
    ['body:zz'],
  ];
  for (const [query, ...positions] of found) {
    expect(await numbers(query), query).toEqual(positions);
  }
});
