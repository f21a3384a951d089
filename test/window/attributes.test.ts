import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { attribute, exportedSchema, soundUserMappings } from '../support/exported-schema.ts';
import { testWindow, windowOfEachTest } from '../support/window.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0';
const fabrikvale = 'urn:ietf:params:scim:schemas:extension:Fabrikvale:2.0:User';

const host = testWindow({ publicOrigin: 'https://pilot.fabrikvale.example' });
const window = windowOfEachTest(host, { at: 'Attributes' });

const post = (path: string, body: Record<string, unknown>) => host.pilot.request('POST', path, body);
const user = (name: string, more: Record<string, unknown> = {}) =>
  post('/Users', {
    schemas: [`${core}:User`],
    userName: `${name}@fabrikvale.example`,
    displayName: name,
    active: true,
    ...more,
  });

beforeAll(async () => {
  await user('orla', { title: 'Tide Analyst', emails: [{ type: 'work', value: 'orla@fabrikvale.example' }] });
  await user('maxi', { [fabrikvale]: { shiftCode: 'N2', badge: 7 } });
  await post('/Groups', { schemas: [`${core}:Group`], displayName: 'Estuaries' });
}, 120_000);
beforeEach(() => window.page.getByRole('table', { name: 'User attributes' }).waitFor());

const row = (name: string | RegExp) =>
  window.page
    .getByRole('row')
    .filter({ has: window.page.getByRole('button', { name, exact: typeof name === 'string' }) });
const dialog = () => window.page.getByRole('dialog');

describe('the Attributes screen', () => {
  test('says of every default mapping how many have a value, and shows one', async () => {
    await row('userName').getByText('Seen, matching').waitFor();
    await row('title').getByText('Tide Analyst').waitFor();
    await row('emails[type eq "work"].value').getByText('1 user without').waitFor();
    await row('preferredLanguage').getByText('Not seen yet').waitFor();
    await window.page.getByRole('tab', { name: 'Group' }).click();
    await window.page.getByRole('table', { name: 'Group attributes' }).waitFor();
    await row('displayName').getByText('Estuaries').waitFor();
  });

  test('takes Azure’s own mappings from its exported schema, after saying what is wrong with them, and gives them up again', async () => {
    const { page } = window;
    const users = [
      ...soundUserMappings.filter(({ targetAttributeName }) => targetAttributeName !== 'active'),
      attribute('extensionAttribute7', `${fabrikvale}:badge`),
    ];
    await page.getByLabel('The schema that Azure exported').setInputFiles({
      name: 'schema.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(exportedSchema({ users }), null, 4)),
    });
    const checks = dialog().getByRole('list', { name: 'What was looked at' }).getByRole('listitem');
    expect(await checks.first().textContent()).toContain('active is not mapped');
    expect(await breachesOf(page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Use these mappings' }).click();
    await page.getByRole('rowheader', { name: /^Mapped in Azure/ }).waitFor();
    await row(/badge/).getByText('extensionAttribute7').waitFor();
    await row('externalId').getByText('objectId').waitFor();
    expect(await row('title').count()).toBe(0);
    await page.getByRole('button', { name: 'Back to Azure’s defaults' }).click();
    await row('externalId').getByText('mailNickname').waitFor();
    await page.getByLabel('The schema that Azure exported').setInputFiles({
      name: 'notes.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('not a schema'),
    });
    await dialog()
      .getByText(/This file is not JSON/)
      .waitFor();
    window.complaints.length = 0;
  });

  test('makes a field of an unmapped attribute, with its values, copies it for Azure, renames and retires it', async () => {
    const { page } = window;
    await row(/shiftCode/)
      .getByText('Unmapped')
      .waitFor();
    await page.getByRole('button', { name: /shiftCode/ }).click();
    await page.getByRole('button', { name: 'Make a field' }).click();
    await dialog().getByLabel('Name in ServiceOps').fill('Shift code');
    await dialog().getByRole('button', { name: 'Define the field' }).click();
    await dialog().waitFor({ state: 'detached' });
    await row(/shiftCode/)
      .getByText('Seen', { exact: true })
      .waitFor();
    await page.getByText(/Shift code: name for Azure/).waitFor();
    await page.getByRole('button', { name: 'Copy for Azure' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${fabrikvale}:shiftCode`);
    await page.getByRole('button', { name: 'Rename…' }).click();
    await dialog().getByLabel('Attribute name').fill(`${fabrikvale}:shift`);
    await dialog().getByRole('button', { name: 'Rename' }).click();
    await row(/shift$/)
      .getByText('N2')
      .waitFor();
    await page.getByRole('button', { name: /shift$/ }).click();
    await page.getByRole('button', { name: 'Retire Shift code…' }).click();
    await dialog().getByRole('button', { name: 'Retire Shift code' }).click();
    await row(/shift$/)
      .getByText('Unmapped')
      .waitFor();
  });

  test('a new field without a name gets a stand-in, and what is refused is said', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Custom field' }).click();
    await dialog().getByLabel('Name in ServiceOps').fill('Cost centre');
    await dialog().getByLabel('Type').selectOption('Integer');
    await dialog().getByLabel('Attribute name').fill('userName');
    await dialog().getByRole('button', { name: 'Define the field' }).click();
    await dialog()
      .getByRole('alert')
      .getByText(/every user has already/)
      .waitFor();
    expect(window.complaints.splice(0)).toEqual([expect.stringContaining('400')]);
    await dialog().getByLabel('Attribute name').fill('');
    await dialog().getByRole('button', { name: 'Define the field' }).click();
    await row(/costCentre/)
      .getByText('Made-up name')
      .waitFor();
    await page.getByRole('button', { name: /costCentre/ }).click();
    await page.getByRole('button', { name: 'Paste it now' }).click();
    await dialog().getByRole('heading', { name: 'Rename Cost centre' }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('a rule is enforced on what comes, and removed again', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'title', exact: true }).press('Enter');
    const form = page.getByRole('form', { name: 'What ServiceOps demands of title' });
    await form.getByLabel('Only these values, a line each').fill('Analyst\nTide Analyst');
    await form.getByRole('button', { name: 'Set the rule' }).click();
    await row('title').getByText('Seen, has a rule').waitFor();
    expect((await user('pavel', { title: 'Pirate' })).status).toBe(400);
    await form.getByLabel('Only these values, a line each').fill('');
    await form.getByRole('button', { name: 'Remove the rule' }).click();
    await row('title').getByText('Seen', { exact: true }).waitFor();
    expect((await user('pavel', { title: 'Pirate' })).status).toBe(201);
  });

  test('what ServiceOps requires is read from a saved /Schemas, shown, and put in force', async () => {
    const { page } = window;
    const file = (json: unknown) => ({
      name: 'schemas.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(json)),
    });
    const input = page.getByLabel('The saved answer of ServiceOps’ /Schemas');
    await input.setInputFiles(file({ totalResults: 0 }));
    await page
      .getByRole('dialog')
      .getByText(/no answer of \/Schemas/)
      .waitFor();
    expect(window.complaints.splice(0)).toEqual([expect.stringContaining('400')]);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
    const attributes = ['costume', 'preferredLanguage'].map((name) => ({ name, type: 'string', required: true }));
    await input.setInputFiles(file([{ id: `${core}:User`, attributes }]));
    const dialog = page.getByRole('dialog');
    await dialog.getByText('User preferredLanguage').waitFor();
    await dialog.getByText(/^costume: /).waitFor();
    expect(await breachesOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Set 1 rule' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(host.pilot.api.profile.rules()).toContainEqual(
      expect.objectContaining({ path: 'preferredLanguage', required: true, inForce: true }),
    );
    await host.pilot.api.profile.set([]);
  });

  test.each(['light', 'dark'] as const)('has no breach of accessibility rules in %s', async (colorScheme) => {
    const own = await host.open({ colorScheme });
    await own.page.getByRole('link', { name: 'Attributes', exact: true }).click();
    await own.page.getByRole('button', { name: 'userName', exact: true }).click();
    await own.page.getByRole('form').waitFor();
    expect(await breachesOf(own.page)).toEqual([]);
    await own.page.getByRole('button', { name: 'Custom field' }).click();
    expect(await breachesOf(own.page)).toEqual([]);
    expect(own.complaints).toEqual([]);
    await own.context.close();
  });
});
