import { beforeEach, describe, expect, test } from 'vitest';
import type { GuideStepId } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { callPublicly } from '../support/public-call.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const nobody = '7f3f5a3e-3f0a-4c4e-9a53-8a4c1f9a2d11';

let pilot: TestPilot;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 2, 3, 8);
  const clock = { now: () => now, monotonic: () => performance.now() };
  pilot = await startTestPilot({ publicOrigin: 'https://pilot.fabrikvale.example', clock });
  return () => pilot.close();
});

/** As Azure calls: by the public host, a second after the call before. Until the call is stored. */
async function azure(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  now += 1_000;
  const { port, token } = pilot;
  const stored = pilot.api.status().callsStored;
  const answer = await callPublicly({ port, token, host: 'pilot.fabrikvale.example', method, path, body, headers });
  await expect.poll(() => pilot.api.status().callsStored, { interval: 10 }).toBeGreaterThan(stored);
  return answer;
}
const probe = (type: 'Users' | 'Groups') =>
  azure('GET', `/${type}?filter=${type === 'Users' ? 'userName' : 'displayName'}+eq+%22${nobody}%22`);
const lookFor = (userName: string) => azure('GET', `/Users?filter=userName+eq+%22${encodeURIComponent(userName)}%22`);
const create = async (userName: string) => {
  const { json } = await azure('POST', '/Users', { schemas: [core], userName, displayName: userName, active: true });
  return String(json.id);
};
const step = async (id: GuideStepId) => (await pilot.api.guide.read()).steps.find((one) => one.id === id);

describe('connect', () => {
  test('two probes are heard, the own tick adds the save, and the next call proves it', async () => {
    expect(await step('connect')).toMatchObject({ state: 'todo' });
    await probe('Users');
    expect(await step('connect')).toMatchObject({ state: 'todo', words: expect.stringContaining('group') });
    await probe('Groups');
    expect(await step('connect')).toMatchObject({ state: 'heard', call: { status: 200 } });
    await pilot.api.guide.tick('connect', true);
    expect(await step('connect')).toMatchObject({ state: 'ticked' });
    await lookFor('orla@x.example');
    expect(await step('connect')).toMatchObject({ state: 'seen' });
  });

  test('another token and a wrong path are told, until the right ones come', async () => {
    await azure('GET', '/Users', undefined, { authorization: 'Bearer some-other-token-x7Qd' });
    expect(await step('connect')).toMatchObject({
      state: 'problem',
      words: expect.stringContaining('ends in …7Qd'),
      explanation: { code: 'SP-TOKEN-OTHER' },
    });
    await azure('GET', '//Users');
    expect(await step('connect')).toMatchObject({ state: 'problem', words: expect.stringContaining('/scim/v2') });
    await probe('Users');
    expect(await step('connect')).toMatchObject({ state: 'todo', words: expect.stringContaining('One of two') });
    await probe('Groups');
    expect(await step('connect')).toMatchObject({ state: 'heard' });
  });

  test('practice and calls from this machine never count', async () => {
    await pilot.request('GET', `/Users?filter=userName+eq+%22${nobody}%22`);
    await pilot.request('GET', `/Groups?filter=displayName+eq+%22${nobody}%22`);
    await azure('GET', `/Users?filter=userName+eq+%22${nobody}%22`, undefined, {
      'user-agent': 'SCIM-Pilot-Simulator/1',
    });
    expect(await step('connect')).toMatchObject({ state: 'todo' });
    expect((await pilot.api.guide.read()).lastCall).toBeNull();
  });
});

describe('provision one user on demand', () => {
  test('a create proves it and the assignment', async () => {
    await lookFor('orla@x.example');
    expect(await step('on-demand')).toMatchObject({ state: 'todo' });
    await create('orla@x.example');
    expect(await step('on-demand')).toMatchObject({ state: 'seen', words: 'orla@x.example was provisioned.' });
    expect(await step('assign')).toMatchObject({ state: 'seen' });
  });

  test('a look-up without a create is a problem after 45 s', async () => {
    await lookFor('orla@x.example');
    now += 46_000;
    expect(await step('on-demand')).toMatchObject({
      state: 'problem',
      words: expect.stringContaining('Create is unticked'),
    });
  });

  test('a connection check that nothing follows was stopped by the scope', async () => {
    await probe('Users');
    await probe('Groups');
    await pilot.api.guide.tick('connect', true);
    expect(await step('on-demand')).toMatchObject({ state: 'todo' });
    await probe('Users');
    expect(await step('on-demand')).toMatchObject({ state: 'todo' });
    now += 11_000;
    expect(await step('on-demand')).toMatchObject({ state: 'heard', words: expect.stringContaining('is in scope') });
    await lookFor('orla@x.example');
    expect(await step('on-demand')).toMatchObject({ state: 'todo', words: expect.stringContaining('a create') });
  });

  test('a refusal says why', async () => {
    await azure('POST', '/Users', { schemas: [core], displayName: 'Nobody' });
    expect(await step('on-demand')).toMatchObject({ state: 'problem', words: expect.stringContaining('userName') });
  });
});

describe('the later steps', () => {
  test('a leaver is archived by active: false; a DELETE is explained', async () => {
    const orla = await create('orla@x.example');
    const maxi = await create('maxi@x.example');
    await azure('DELETE', `/Users/${maxi}`);
    expect(await step('leaver')).toMatchObject({ state: 'heard', words: expect.stringContaining('DELETE') });
    await azure('PATCH', `/Users/${orla}`, {
      schemas: [patchOp],
      Operations: [{ op: 'Replace', path: 'active', value: 'False' }],
    });
    expect(await step('leaver')).toMatchObject({ state: 'seen', words: 'orla@x.example was archived.' });
  });

  test('custom fields are seen when each has a value', async () => {
    expect(await step('mappings')).toMatchObject({ state: 'todo', words: 'No custom field is defined here.' });
    const { field } = await pilot.api.attributes.define({ label: 'Depot', type: 'String', attribute: 'depot' });
    expect(await step('mappings')).toMatchObject({ state: 'todo', words: 'Not come yet: Depot.' });
    await azure('POST', '/Users', {
      schemas: [core],
      userName: 'a@x.example',
      active: true,
      [field.attribute]: 'North',
    });
    expect(await step('mappings')).toMatchObject({ state: 'seen' });
  });

  test('the start is ticked, proved by what comes after it, and questioned after 15 minutes', async () => {
    await pilot.api.guide.tick('start', true);
    expect(await step('start')).toMatchObject({ state: 'ticked' });
    now += 16 * 60_000;
    expect(await step('start')).toMatchObject({ state: 'problem', words: expect.stringContaining('assigned') });
    await probe('Users');
    expect(await step('start')).toMatchObject({ state: 'seen' });
  });
});

describe('the pilot limit', () => {
  test('a create beyond the users expected and a margin is refused with the reason, until the number is raised', async () => {
    await pilot.api.guide.setLimit(2);
    expect((await pilot.api.guide.read()).limit).toEqual({ expected: 2, most: 7 });
    for (let number = 0; number < 7; number++) await create(`user${number}@x.example`);
    const body = { schemas: [core], userName: 'one.more@x.example', active: true };
    const refused = await azure('POST', '/Users', body);
    expect(refused.status).toBe(400);
    expect(refused.json.detail).toMatch(/expects 2 users and takes 7 at most.*Sync all/);
    const practice = { 'user-agent': 'SCIM-Pilot-Simulator/1' };
    expect((await azure('POST', '/Users', { ...body, userName: 'practice@x.example' }, practice)).status).toBe(201);
    expect(pilot.api.status().directory.users).toBe(8);
    await pilot.api.guide.setLimit(null);
    expect((await azure('POST', '/Users', body)).status).toBe(201);
  });
});

describe('the scope', () => {
  test('more users than expected are told of at Start, even where it was seen working', async () => {
    await pilot.api.guide.setLimit(2);
    await pilot.api.guide.tick('start', true);
    await create('first@x.example');
    expect(await step('start')).toMatchObject({ state: 'seen' });
    for (let number = 0; number < 6; number++) await create(`user${number}@x.example`);
    expect(await step('start')).toMatchObject({ state: 'problem', words: expect.stringContaining('Sync all') });
    await pilot.api.guide.setLimit(20);
    expect(await step('start')).toMatchObject({ state: 'seen' });
  });
});

describe('what is kept', () => {
  test('ticks, what was seen and the portal survive a restart; a reset begins anew and keeps the data', async () => {
    await create('orla@x.example');
    await step('on-demand');
    await pilot.api.guide.tick('before.role', true);
    const objectId = '11111111-2222-3333-4444-555555555555';
    await pilot.api.guide.setPortal(
      `https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/${objectId}/appId/${nobody}`,
    );
    await pilot.stop();
    const again = await startTestPilot({ dataDir: pilot.dataDir, publicOrigin: 'https://pilot.fabrikvale.example' });
    const guide = await again.api.guide.read();
    expect(guide.portal).toEqual({ objectId, appId: nobody });
    expect(guide.steps.map(({ id, state }) => [id, state])).toEqual(
      expect.arrayContaining([
        ['on-demand', 'seen'],
        ['application', 'ticked'],
      ]),
    );
    expect(guide.steps[0]).toMatchObject({ words: '1 of 4 checks' });
    await again.api.guide.reset();
    const anew = await again.api.guide.read();
    expect(new Set(anew.steps.filter(({ id }) => id !== 'endpoint').map(({ state }) => state))).toEqual(
      new Set(['todo']),
    );
    expect(again.api.status().directory.users).toBe(1);
    await again.stop();
  });

  test.each([
    ['not an address', 'This is no https address.'],
    ['https://example.com/#view/objectId/11111111-2222-3333-4444-555555555555', 'This is no address of the Entra'],
    ['https://entra.microsoft.com/#home', 'The address names no application'],
  ])('the portal address %s is refused in words', async (address, words) => {
    await expect(pilot.api.guide.setPortal(address)).rejects.toThrow(words);
  });

  test('a tick that the guide does not have is refused', async () => {
    await expect(pilot.api.guide.tick('nonsense', true)).rejects.toThrow('no tick');
  });
});
