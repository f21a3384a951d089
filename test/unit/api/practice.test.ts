import { expect, test, vi } from 'vitest';
import { router } from '../../../src-main/api/router.ts';
import { contextOf, createFakePilotApi } from '../../support/fake-pilot-api.ts';

test('the count of what practice made is told when nobody waits for it any more', async () => {
  const pilot = createFakePilotApi();
  const records = vi.fn<typeof pilot.practice.records>(async () => ({ users: 1, groups: 0 }));
  pilot.practice.records = records;
  const abort = new AbortController();
  await router.createCaller(contextOf(pilot), { signal: abort.signal }).practice.records();
  expect(records).toHaveBeenCalledWith(abort.signal);
});
