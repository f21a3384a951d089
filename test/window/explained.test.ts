import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../src-main/contract/index.ts';
import { createdId, enterprise, entraUser, patch, serviceOps } from '../endpoint/shapes.ts';
import { breachesOf } from '../support/axe.ts';
import { testWindow, type WindowPage } from '../support/window.ts';

const host = testWindow();
let window: WindowPage;
let page: Page;

beforeAll(async () => {
  const { pilot } = host;
  await pilot.api.attributes.define({
    label: 'Cost centre',
    type: 'Integer',
    attribute: `${serviceOps}:costCenter`,
  });
  const create = (over: JsonObject) => pilot.request('POST', '/Users', entraUser(over));
  const orla = await createdId(pilot, '/Users', entraUser({ displayName: 'Orla Brandt' }));
  await create({ displayName: 'Mei-Ling Okafor', emails: [] });
  await create({ displayName: 'Yusuf Demirci', emails: [] });
  await pilot.request(
    'PATCH',
    `/Users/${orla}`,
    patch(
      { op: 'Replace', path: 'title', value: 'Harbour Master' },
      { op: 'Add', path: 'title2', value: 'Dr' },
      { op: 'Replace', path: `${enterprise}:department`, value: 'Estuaries' },
    ),
  );
  await create({ displayName: 'Tomás Ferreira', [serviceOps]: { costCenter: 'CC-12' } });
  await pilot.request('POST', '/Users', { displayName: 'Practised' }, { 'user-agent': 'SCIM-Pilot-Simulator/1.0' });
  await pilot.request('GET', '/Users', undefined, { authorization: 'Bearer of-another-system' });
  window = await host.open();
  page = window.page;
}, 240_000);
afterAll(() => {
  expect(window?.complaints).toEqual([]);
});

test('Overview lists causes with their counts, newest first; what was only practised comes last and is marked', async () => {
  await page.getByRole('link', { name: 'Overview' }).click();
  const section = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Needs attention' }) });
  await section.getByText('Cost centre wants a number').waitFor();
  // A foreign token is told once: with the way to the Secret Token, not as a cause as well.
  await section.getByText(/with a different token/).waitFor();
  const [token, ...rows] = await section.getByRole('listitem').allInnerTexts();
  expect(token).toContain('Copy the Secret Token');
  expect(rows.map((row) => row.split('\n')[0])).toEqual(
    [
      'Cost centre wants a number',
      'No field here holds title2',
      'A user was created without an e-mail address',
      'A required attribute is missing',
    ].map((title, index) => (index === 3 ? 'userName is missing' : title)),
  );
  expect(rows[2]).toContain('2 calls, the newest: Created Yusuf Demirci');
  expect(rows[3]).toContain('Practised only');
  await section.getByRole('img', { name: 'Practice' }).waitFor();
  for (const row of await section.getByRole('listitem').all()) expect((await row.boundingBox())?.height).toBe(46);
  expect(await breachesOf(page)).toEqual([]);
  // One press from the calls of a cause, and from its cure.
  await section.getByRole('button', { name: /^See cause and cure: A user was created without/ }).click();
  const grid = page.getByRole('grid', { name: 'Provisioning calls' });
  await grid.getByText('Yusuf Demirci').waitFor();
  await grid.getByText('Mei-Ling Okafor').waitFor();
  expect(await grid.getByText('Tomás Ferreira').count()).toBe(0);
  await page.getByRole('complementary', { name: 'Call' }).getByText('Coalesce([mail], [userPrincipalName])').waitFor();
});

test('a refused call tells what happened, why Azure does that and what to do, and marks what is at fault', async () => {
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('button', { name: /^See cause and cure: Cost centre/ }).click();
  const pane = page.getByRole('complementary', { name: 'Call' });
  await pane.getByText('Cost centre wants a whole number, a local caller sent CC-12').waitFor();
  for (const heading of ['What happened', 'Why Azure would do that', 'What to do']) {
    await pane.getByRole('heading', { name: heading }).first().waitFor();
  }
  await pane.getByText('In Azure', { exact: true }).first().waitFor();
  await pane.getByRole('button', { name: 'Copy the expression' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'Replace([extensionAttribute1], "CC-", , , "", , )',
  );
  await pane.getByRole('button', { name: 'Copy the code SP-FIELD-NUMBER' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('SP-FIELD-NUMBER');
  expect(await pane.getByRole('link', { name: 'Expressions in attribute mappings' }).getAttribute('href')).toMatch(
    /^https:\/\/learn\.microsoft\.com\//,
  );
  // The attribute at fault comes first; the lines of request and answer are marked.
  expect(await pane.locator('dl').first().locator('dt').first().innerText()).toContain('costCenter');
  await pane.getByRole('button', { name: /more that were fine/ }).waitFor();
  await pane.getByText(/^Headers, /).scrollIntoViewIfNeeded();
  const marked = pane.locator('.cm-marked-failed');
  await expect.poll(() => marked.allInnerTexts()).toHaveLength(2);
  expect((await marked.allInnerTexts()).join('\n')).toMatch(/"costCenter": "CC-12"[\s\S]*"detail"/);
  expect(await breachesOf(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await breachesOf(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
});

test('an odd call tints what is odd among its changes, and opens what else there is to say', async () => {
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('button', { name: /^See cause and cure: No field here holds title2/ }).click();
  const pane = page.getByRole('complementary', { name: 'Call' });
  await pane.getByText('brought title2 that ServiceOps has no field for').waitFor();
  await pane.getByText(/^Headers, /).scrollIntoViewIfNeeded();
  await expect.poll(() => pane.locator('.cm-marked-odd').allInnerTexts()).toHaveLength(2);
  expect(await breachesOf(page)).toEqual([]);
});
