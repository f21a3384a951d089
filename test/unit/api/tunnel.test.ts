import { expect, test, vi } from 'vitest';
import { router } from '../../../src-main/api/router.ts';
import { ownProblem } from '../../../src-main/contract/catalogue/tunnel.ts';
import { contextOf, createFakePilotApi } from '../../support/fake-pilot-api.ts';

/** What the Settings screen asks about the tunnel, as far as the router has a part in it. */

const pilot = createFakePilotApi();
const { tunnel } = router.createCaller(contextOf(pilot));
const change = {
  kind: 'own',
  startWithApp: true,
  ownOrigin: 'x',
  domain: null,
  server: null,
  ca: null,
  authtoken: null,
} as const;

test('a problem comes back as words, not as an error', async () => {
  pilot.tunnel.save = async () => ownProblem('own-address');
  expect(await tunnel.save(change)).toEqual({ problem: ownProblem('own-address') });
  pilot.tunnel.save = async () => null;
  expect(await tunnel.save(change)).toEqual({ problem: null });
});

test('what does not have the shape is refused without being repeated', async () => {
  const secret = 'x'.repeat(2_001);
  const refused = await tunnel.save({ ...change, authtoken: secret }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'BAD_REQUEST' });
  expect(String(refused)).not.toContain(secret);
  await expect(tunnel.save({ ...change, domain: 'd'.repeat(301) })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('the check of an authtoken can be cancelled by whoever asked', async () => {
  const check = vi.fn<typeof pilot.tunnel.checkAuthtoken>(async () => null);
  pilot.tunnel.checkAuthtoken = check;
  const abort = new AbortController();
  const caller = router.createCaller(contextOf(pilot), { signal: abort.signal });
  await caller.tunnel.checkAuthtoken({ authtoken: 'an-authtoken' });
  expect(check).toHaveBeenCalledWith('an-authtoken', abort.signal);
});
