import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { testWindow, type WindowPage } from '../support/window.ts';

/** The feed's query: typed, explained, completed, applied live, saved, switched off, and opened by a link. */

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const host = testWindow();
let window: WindowPage;
let grid: Locator;
let field: Locator;

const create = (name: string, department = 'Hydrology') =>
  host.pilot.request('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
    userName: `${name.toLowerCase().replaceAll(' ', '.')}@fabrikvale.example`,
    displayName: name,
    active: true,
    [enterprise]: { department },
  });
const rows = () => grid.getByRole('row').filter({ hasText: /Created|Could not|Updated|Looked|Tested/ });
const words = async () => (await rows().allTextContents()).join('\n');
const fill = (text: string) => field.fill(text);

beforeAll(async () => {
  window = await host.open();
  for (const name of ['Ada Lovelace', 'Adalbert Stifter', 'Grace Hopper']) await create(name);
  await create('Orla Brandt', 'Estuaries');
  await create('Ada Lovelace');
  await window.page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Live feed' }).click();
  grid = window.page.getByRole('grid', { name: 'Provisioning calls' });
  field = window.page.getByRole('combobox', { name: 'Filter' });
  await grid.getByText('Orla Brandt').waitFor();
  await window.page.getByRole('tab', { name: 'Calls' }).click();
}, 180_000);
afterAll(() => {
  expect(window.complaints).toEqual([]);
});

test('what is typed is explained, completed by keyboard and applied', async () => {
  const { page } = window;
  await page.keyboard.press('/');
  await page.keyboard.type('user:ada');
  await page.getByText('Calls about users named like “ada”.').waitFor();
  await expect.poll(words).not.toContain('Grace');
  expect(await words()).toContain('Adalbert Stifter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const option = page.getByRole('option', { selected: true });
  expect(await option.textContent()).toContain('user:Adalbert Stifter');
  expect(await field.getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'));
  await page.keyboard.press('Enter');
  expect(await field.inputValue()).toBe('user:"Adalbert Stifter" ');
  await page.keyboard.type('not(fa');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  expect(await field.inputValue()).toBe('user:"Adalbert Stifter" not(failed ');
  await page.keyboard.type(')');
  await page.getByText('Calls about users named like “Adalbert Stifter”, that did not fail.').waitFor();
  await expect.poll(() => rows().count()).toBe(1);
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
});

test('a mistake names its place and leaves the list as it was', async () => {
  const { page } = window;
  await fill('user:ada');
  await expect.poll(words).toContain('Ada Lovelace');
  const before = await words();
  await fill('user:ada colour:red failed');
  await page.getByText(/There is no “colour:” to filter by.*\(Character 10\.\) The list stays as it was/).waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await words()).toBe(before);
  await field.press('Escape');
  expect(await field.inputValue()).toBe('user:ada');
});

test('a mistake has a colour of its own once the typing rests; what is not written yet is none', async () => {
  const { page } = window;
  const alert = page.getByRole('alert').filter({ hasText: 'The list stays as it was.' });
  await fill('status:');
  const plain = page.getByText(/^After “status:” comes/);
  await plain.waitFor();
  const colour = (of: Locator) => of.evaluate((words) => getComputedStyle(words).color);
  const usual = await colour(plain);
  await page.waitForTimeout(1_000);
  expect(await alert.count()).toBe(0);
  await fill('status:many');
  await alert.waitFor();
  expect(await alert.innerText()).toContain('“many” does not fit here');
  expect(await colour(alert)).not.toBe(usual);
  expect(await breachesOf(page)).toEqual([]);
  await fill('status:404');
  await alert.waitFor({ state: 'detached' });
  await fill('');
});

test('one that is left unread says so beside the list, with no count that it does not mean', async () => {
  const { page } = window;
  await fill('');
  await page.getByText('5 calls', { exact: true }).waitFor();
  await fill('colour:red');
  await page.getByText('not filtered', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Pause' }).focus();
  await page
    .getByText(/This filter can’t be read, so it is not applied\. There is no “colour:”.*Every call is shown/)
    .waitFor();
  expect(await page.getByText('5 calls', { exact: true }).count()).toBe(0);
  expect(await breachesOf(page)).toEqual([]);
  await fill('user:ada');
  await page.getByText('3 of 5 calls').waitFor();
  await page.evaluate(() => {
    location.hash = `#/feed/where/${encodeURIComponent('user:ada colour:red')}`;
  });
  await page
    .getByText(/it is not applied\. There is no “colour:” to filter by.*\(Character 10\.\) Every call is shown/)
    .waitFor();
  expect(await field.inputValue()).toBe('user:ada colour:red');
  await field.press('Escape');
  expect(await field.inputValue()).toBe('');
  await fill('user:ada');
  await expect.poll(words).not.toContain('Orla');
});

test('calls that come are judged by it, also where only their bodies tell', async () => {
  await fill('body:"estuaries" not(failed)');
  await expect.poll(words).toContain('Orla Brandt');
  await create('Niamh Ruane', 'Hydrology');
  await create('Priya Raman', 'Coastal Estuaries');
  await grid.getByText('Priya Raman').waitFor();
  expect(await words()).not.toContain('Niamh');
  await window.page.getByText('2 of 7 calls').waitFor();
});

test('chips edit the text, and a condition can be switched off for a moment', async () => {
  const { page } = window;
  await fill('user:ada');
  await field.press('Enter');
  await page.getByRole('button', { name: 'Failed 1', exact: true }).click();
  await expect.poll(() => field.inputValue()).toBe('user:ada failed');
  await expect.poll(() => rows().count()).toBe(1);
  await page.getByRole('button', { name: 'about users named like “ada”', exact: true }).click();
  await expect.poll(() => field.inputValue()).toBe('off(user:ada) failed');
  const off = page.getByRole('button', { name: 'about users named like “ada”', exact: true });
  expect(await off.getAttribute('aria-pressed')).toBe('false');
  await off.click();
  await expect.poll(() => field.inputValue()).toBe('user:ada failed');
  await page.getByRole('button', { name: 'Remove: about users named like “ada”' }).click();
  await expect.poll(() => field.inputValue()).toBe('failed');
  await page.getByRole('button', { name: 'User…' }).click();
  expect(await field.inputValue()).toBe('failed user:');
  await page.getByText(/After “user:” comes a name/).waitFor();
  await page.getByRole('option', { name: /Ada Lovelace/ }).waitFor();
  expect(await breachesOf(page)).toEqual([]);
  await field.press('Escape');
});

test('an action opened under a filter shows all its calls, and which of them fit', async () => {
  const { page } = window;
  const looked = await host.pilot.request('GET', '/Users?filter=userName+eq+%22iris.marsh%40fabrikvale.example%22');
  expect(looked.status).toBe(200);
  await create('Iris Marsh');
  await page.getByRole('tab', { name: 'Actions' }).click();
  await fill('method:POST "Iris Marsh"');
  await field.press('Enter');
  await page.getByText('1 of 9 calls').waitFor();
  const row = grid.getByRole('row').filter({ hasText: 'Iris Marsh' });
  await row.getByRole('button', { name: 'Show its calls' }).click();
  await row.getByText('1 of its 2 calls fit the filter').waitFor();
  const calls = await row.getByRole('listitem').getByRole('button').allTextContents();
  expect(calls.map((text) => [/^(GET|POST)/.exec(text)?.[1], text.includes('fits the filter')])).toEqual([
    ['GET', false],
    ['POST', true],
  ]);
  expect(await breachesOf(page)).toEqual([]);
  // The one that was hidden can be opened, and the action goes on where it stands.
  await row.getByRole('button', { name: /^GET/ }).click();
  await page.getByRole('complementary', { name: 'Call' }).getByText('Looked for iris.marsh').waitFor();
  const { calls: found } = await host.pilot.api.feed.page({
    before: null,
    limit: 1,
    query: 'method:POST "Iris Marsh"',
  });
  await host.pilot.request('GET', `/Users/${found[0]?.resourceId}`);
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Calls' }).click();
});

test('a filter is saved with a name, applied with one press, and deleted', async () => {
  const { page } = window;
  await fill('failed since:1h');
  await field.press('Enter');
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByRole('textbox', { name: 'Name of the present filter' }).fill('Failures of now');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = page.getByRole('button', { name: /^Failures of now/ });
  await saved.waitFor();
  expect(host.pilot.api.feed.filters.list()).toEqual([{ name: 'Failures of now', query: 'failed since:1h' }]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await breachesOf(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.keyboard.press('Escape');
  await fill('');
  await field.press('Escape');
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await saved.click();
  await expect.poll(() => field.inputValue()).toBe('failed since:1h');
  await page.getByRole('button', { name: 'Saved filters' }).click();
  await page.getByRole('button', { name: 'Delete the filter Failures of now' }).click();
  await saved.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
});

test('a link opens the feed under a query', async () => {
  const { page } = window;
  await page.evaluate(() => {
    location.hash = `#/feed/where/${encodeURIComponent('status:409 user:"ada/100%"')}`;
  });
  await expect.poll(() => field.inputValue()).toBe('status:409 user:"ada/100%"');
  expect(page.url()).toMatch(/#\/feed$/);
  await page.getByText('10 calls are filtered out').waitFor();
  await page.getByRole('button', { name: 'Show all calls' }).click();
  await expect.poll(() => field.inputValue()).toBe('');
  await page.setViewportSize({ width: 1000, height: 640 });
  await fill('status:409 user:"ada" body:"a rather long text that nobody types" since:2026-01-01');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1000);
});
