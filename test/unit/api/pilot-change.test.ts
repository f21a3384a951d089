import { expect, test, vi } from 'vitest';
import { type PilotApi, router } from '../../../src-main/api/index.ts';
import { createFakePilotApi, fakeHost } from '../../support/fake-pilot-api.ts';

/** A reading that is under way while the pilot it was asked of is closed for another one. */

const closing = createFakePilotApi();
const next = createFakePilotApi();

function callerOver(pilots: readonly PilotApi[]) {
  let asked = 0;
  const pilot = async () => pilots[Math.min(asked++, pilots.length - 1)] ?? next;
  return router.createCaller({ host: { ...fakeHost(next), pilot } });
}

test('is answered by the pilot that is open then', async () => {
  closing.feed.cycles = () => Promise.reject(new Error('The query worker is closed'));
  next.feed.cycles = async () => [];
  expect(await callerOver([closing, next]).feed.cycles()).toEqual([]);
});

test('fails where the same pilot is still open', async () => {
  closing.feed.cycles = () => Promise.reject(new Error('The query worker is closed'));
  await expect(callerOver([closing]).feed.cycles()).rejects.toThrow('closed');
});

test('what changes something is never done twice', async () => {
  const rotate = vi.fn(() => Promise.reject(new Error('The writer is closed')));
  closing.token.rotate = rotate;
  next.token.rotate = rotate;
  await expect(callerOver([closing, next]).token.rotate()).rejects.toThrow('closed');
  expect(rotate).toHaveBeenCalledTimes(1);
});
