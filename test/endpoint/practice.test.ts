import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PracticeActivity, PracticeRun } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';

/** The guide's steps, played alone against a pilot that stays the same from test to test, as in a set-up. */

let pilot: TestPilot;

beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot?.close());

async function play(activity: PracticeActivity): Promise<PracticeRun> {
  const { practice } = pilot.api;
  practice.play(activity);
  await expect.poll(() => practice.run()?.running, { interval: 5 }).toBe(false);
  const run = practice.run();
  if (run === null) throw new Error('No run');
  expect(run).toMatchObject({ activity, failed: 0, odd: 0, end: { cancelled: false, stopped: null } });
  return run;
}

const sent = ({ latest }: PracticeRun) => latest.map(({ method, path }) => `${method} ${path.split(/[/?]/)[3]}`);
const userNamed = async (search: string) =>
  (await pilot.api.directory.users({ search, state: 'current', after: null, limit: 10 })).rows;

test('the connection test asks for a user and a group', async () => {
  expect(sent(await play('connection test'))).toEqual(['GET Users', 'GET Groups']);
});

test('provision on demand creates one user, and finds it the next time', async () => {
  expect(sent(await play('provision on demand'))).toEqual(['GET Users', 'GET Users', 'POST Users']);
  expect(sent(await play('provision on demand'))).toEqual(['GET Users', 'GET Users']);
  expect(pilot.api.status().directory).toMatchObject({ users: 1 });
});

test('custom fields come with a value of their type each, which is returned as it was sent', async () => {
  const { attributes } = pilot.api;
  const types = ['String', 'Integer', 'Boolean', 'DateTime'] as const;
  for (const type of types) await attributes.define({ label: `Cost ${type}`, type, attribute: null });
  expect(sent(await play('custom fields')).at(-1)).toBe('PATCH Users');
  const { fields } = await attributes.overview();
  expect(fields.map(({ records, wrong, example }) => ({ records, wrong, example }))).toEqual([
    { records: 1, wrong: 0, example: 'Practice Cost String' },
    { records: 1, wrong: 0, example: 42 },
    { records: 1, wrong: 0, example: true },
    { records: 1, wrong: 0, example: expect.stringMatching(/^2026-01-15T08:30:00/) },
  ]);
  expect(sent(await play('custom fields')).filter((call) => call.startsWith('PATCH'))).toEqual([]);
});

test('the leaver is created, disabled and deleted, and can leave again', async () => {
  const way = ['GET Users', 'POST Users', 'GET Users', 'PATCH Users', 'DELETE Users'];
  expect(sent(await play('leaver'))).toEqual(way);
  expect(sent(await play('leaver'))).toEqual(way);
  expect(await userNamed('')).toHaveLength(1);
});

test('the initial cycle brings five users and a group with its members', async () => {
  const run = await play('initial cycle');
  expect(run.created).toBe(5);
  expect(pilot.api.status().directory).toMatchObject({ users: 5, groups: 1 });
  const { rows } = await pilot.api.directory.groups({ search: '', state: 'current', after: null, limit: 10 });
  expect(rows).toMatchObject([{ members: 5 }]);
});

test('one run at a time, and none of it counts as seen from Azure', async () => {
  pilot.api.practice.play('initial cycle');
  expect(() => pilot.api.practice.play('leaver')).toThrow('A practice run is under way: stop it first.');
  pilot.api.practice.stop();
  await expect.poll(() => pilot.api.practice.run()?.end?.cancelled).toBe(true);
  const { steps, counts } = await pilot.api.guide.read();
  expect(steps.filter(({ state }) => state !== 'todo')).toEqual([]);
  expect(counts).toMatchObject({ created: 0, updated: 0, archived: 0 });
});
