import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';

/** What a practice run on the wire amounts to: read in the query worker, and live from then on. */

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());

const play = async (seed: number) => {
  pilot.api.practice.start({ users: 3, groups: 1, seed, compliant: false });
  await expect.poll(() => pilot.api.practice.run()?.end ?? null, { timeout: 30_000 }).not.toBeNull();
};
const told = async () =>
  (await pilot.api.feed.cycles()).map(({ kind, practice, created, failed }) => [kind, practice, created, failed]);

test('a practice run is an initial and an incremental cycle, whether it was stored before or comes now', async () => {
  await play(42);
  const cycles = [
    ['initial', true, 4, 0],
    ['incremental', true, 0, 0],
  ];
  await expect.poll(told).toEqual(cycles);
  const { cycle, nextCycle, latest } = await pilot.api.overview();
  expect(cycle).toMatchObject({ kind: 'incremental', practice: true, archived: 1 });
  expect(nextCycle).toBeNull();
  expect(latest).toHaveLength(5);
  expect(latest.every((action) => action.calls.length > 1)).toBe(true);
  await play(7);
  const after = (await told()).slice(2);
  expect(after.map(([kind]) => kind)).toEqual(['incremental', 'incremental']);
});
