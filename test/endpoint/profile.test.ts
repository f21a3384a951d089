import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { router } from '../../src-main/api/index.ts';
import type { ProfileRule } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { at, createdId, enterprise, entraGroup, entraUser, expectError, patch, serviceOps } from './shapes.ts';

let pilot: TestPilot;
let api: ReturnType<typeof router.createCaller>;

beforeAll(async () => {
  pilot = await startTestPilot();
  api = router.createCaller({ host: pilot.host });
});
afterAll(() => pilot.close());
afterEach(() => api.profile.set({ rules: [] }));

function rule(path: string, demands: Partial<ProfileRule>): ProfileRule {
  return { resourceType: 'User', path, required: false, maxLength: null, allowed: null, ...demands };
}

test.each<[string, Partial<ProfileRule>, Parameters<typeof entraUser>[0], string]>([
  ['title', { required: true }, { title: '' }, 'ServiceOps requires title, got no value.'],
  ['title', { maxLength: 5 }, { title: '😀😀😀😀😀😀' }, 'at most 5 characters in title, got 6: "😀😀😀😀😀😀".'],
  ['title', { allowed: ['Chef', 'Cook'] }, { title: 'cook' }, 'takes only "Chef", "Cook" in title, got "cook".'],
  ['name.familyName', { maxLength: 3 }, {}, 'at most 3 characters in name.familyName, got 6: "Brandt".'],
  [
    'phoneNumbers[type eq "mobile"].value',
    { required: true },
    { phoneNumbers: [{ type: 'work', value: '1' }] },
    'requires phoneNumbers[type eq "mobile"].value, got no value.',
  ],
  [`${enterprise}:department`, { required: true }, { [enterprise]: {} }, 'department, got no value.'],
  [`${enterprise}:manager`, { required: true }, {}, 'manager, got no value.'],
  ['emails.value', { maxLength: 4 }, {}, 'at most 4 characters in emails.value'],
])('%s: %j is enforced on POST, PUT and PATCH', async (path, demands, over, words) => {
  const id = await createdId(pilot, '/Users', entraUser(over));
  await api.profile.set({ rules: [rule(path, demands)] });
  expect(await api.profile.rules()).toEqual([{ ...rule(path, demands), inForce: true }]);
  for (const answer of [
    await pilot.request('POST', '/Users', entraUser(over)),
    await pilot.request('PUT', `/Users/${id}`, entraUser(over)),
    // What the patch makes of the user is what counts.
    await pilot.request('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'nickName', value: 'Bran' })),
  ]) {
    expectError(answer, 400, 'invalidValue');
    expect(answer.json.detail).toContain(words);
  }
  expect(at((await pilot.request('GET', `/Users/${id}`)).json, 'nickName')).toBeUndefined();
});

test('an edit by hand that breaks a rule is refused without a word of Azure', async () => {
  const id = await createdId(pilot, '/Users', entraUser({ title: 'Chef' }));
  const { field } = await api.attributes.define({ label: 'Desk', type: 'Integer', attribute: null });
  await api.profile.set({
    rules: [rule('title', { required: true, allowed: ['Chef'] }), rule('nickName', { maxLength: 3 })],
  });
  const edit = (path: string, value: string | null) => api.directory.editUser({ id, edits: [{ path, value }] });
  for (const [path, value, message] of [
    ['title', null, 'ServiceOps requires title.'],
    ['title', 'Cook', 'ServiceOps takes only "Chef" in title, not "Cook".'],
    ['nickName', 'Bran', 'ServiceOps takes at most 3 characters in nickName, not 4: "Bran".'],
    [field.attribute, 'CC-12', 'Desk wants a whole number, not "CC-12".'],
  ] as const) {
    await expect(edit(path, value)).rejects.toMatchObject({ code: 'BAD_REQUEST', message });
  }
  await edit('nickName', 'Bra');
});

test('a resource that keeps the rules is taken; a patch may mend one that does not', async () => {
  const id = await createdId(pilot, '/Users', entraUser({ title: '' }));
  await api.profile.set({ rules: [rule('title', { required: true, maxLength: 5, allowed: ['Chef'] })] });
  await createdId(pilot, '/Users', entraUser({ title: 'Chef' }));
  const mended = await pilot.request('PATCH', `/Users/${id}`, patch({ op: 'Add', path: 'title', value: 'Chef' }));
  expect(mended.status).toBe(200);
  // A patch that changes nothing is no write.
  const id2 = await createdId(pilot, '/Users', entraUser({ title: 'Chef', nickName: 'Bran' }));
  await api.profile.set({ rules: [rule('title', { allowed: ['Cook'] })] });
  const same = await pilot.request('PATCH', `/Users/${id2}`, patch({ op: 'Replace', path: 'nickName', value: 'Bran' }));
  expect(same.status).toBe(200);
});

test('custom fields and groups have rules too; a retired field takes its rule out of force', async () => {
  const { field } = await api.attributes.define({ label: 'Cost centre', type: 'Integer', attribute: null });
  const rules: ProfileRule[] = [
    rule(field.attribute, { required: true, allowed: ['12', '13'] }),
    { ...rule('displayName', { maxLength: 3 }), resourceType: 'Group' },
  ];
  await api.profile.set({ rules });
  const missing = await pilot.request('POST', '/Users', entraUser());
  expect(missing.json.detail).toContain(`ServiceOps requires Cost centre (${field.attribute}), got no value.`);
  const other = await pilot.request('POST', '/Users', entraUser({ [serviceOps]: { costCentre: 14 } }));
  expect(other.json.detail).toContain('takes only "12", "13" in Cost centre');
  await createdId(pilot, '/Users', entraUser({ [serviceOps]: { costCentre: '12' } }));
  expectError(await pilot.request('POST', '/Groups', entraGroup()), 400, 'invalidValue');

  await api.attributes.retire({ id: field.id });
  expect((await api.profile.rules()).map((one) => one.inForce)).toEqual([false, true]);
  await createdId(pilot, '/Users', entraUser());
  // What is shown may be stored again.
  await api.profile.set({ rules: await api.profile.rules() });
});

test.each<[ProfileRule[], string]>([
  [[rule('shoeSize', { required: true })], 'User has no attribute "shoeSize".'],
  [[rule('emails[type', { required: true })], 'closing "]" is missing'],
  [[rule('groups', { required: true })], 'never sent by Azure'],
  [[rule('name', { required: true })], 'made of parts'],
  [[rule('title', {})], 'demands nothing'],
  [[rule('title', { allowed: [] })], 'allows no value at all'],
  [[rule('title', { required: true }), rule('Title', { maxLength: 1 })], 'two rules for Title'],
  [[{ ...rule('members', { required: true }), resourceType: 'Group' }], 'a list of users'],
])('a rule that can not be one is refused in words', async (rules, words) => {
  await expect(api.profile.set({ rules })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining(words),
  });
  expect(await api.profile.rules()).toEqual([]);
});

test('the profile survives a restart', async () => {
  const first = await startTestPilot();
  await first.api.profile.set([rule('title', { required: true })]);
  await first.stop();
  const second = await startTestPilot({ dataDir: first.dataDir });
  expectError(await second.request('POST', '/Users', entraUser({ title: '' })), 400, 'invalidValue');
  await second.stop();
  await first.close();
});
