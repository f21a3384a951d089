import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { person } from '../support/start.ts';
import { testWindow, type WindowPage } from '../support/window.ts';

/** Settings of the pilot as a whole: its data, the other pilots, the window's looks. One window for all of it. */

const host = testWindow({ token: null });
let window: WindowPage;
let page: Page;

beforeAll(async () => {
  for (const name of ['ada', 'jon']) await host.pilot.request('POST', '/Users', person(`${name}@fabrikvale.example`));
  window = await host.open();
  page = window.page;
}, 180_000);

const pane = async (name: string) => {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 2 }).waitFor();
};
const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
const inDialog = (name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name });
const users = () => host.pilot.api.status().directory.users;
const accessible = async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await breachesOf(page), colorScheme).toEqual([]);
  }
};

test('a back-up is made, everything erased by number, and restored', async () => {
  await pane('Data');
  await press('Back up now');
  const backups = page.getByRole('list', { name: 'Back-ups' });
  await backups.getByRole('listitem').waitFor();
  await press('Erase everything…');
  await inDialog(/^Erase 2 users, 0 groups and 2 calls$/).waitFor();
  await page.getByText('Azure knows 2 of these records by id').waitFor();
  await accessible();
  await inDialog(/^Erase 2 users/).click();
  await expect.poll(users).toBe(0);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('0 calls stored').waitFor();
  await backups.getByRole('button', { name: /^Restore the back-up/ }).click();
  await inDialog('Replace everything by 2 users, 0 groups and 2 calls').waitFor();
  await page.getByText('Every record that Azure knows by id is in it.').waitFor();
  await inDialog(/^Replace everything/).click();
  await expect.poll(users).toBe(2);
  await page.getByText('2 calls stored').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('how many calls are kept is set, and nonsense is not', async () => {
  const calls = page.getByLabel('Newest calls');
  await calls.fill('many');
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await expect.poll(() => save.getAttribute('aria-disabled')).toBe('true');
  await calls.fill('10');
  const why = page.getByRole('alert').filter({ hasText: 'a whole number from 1,000 to 10,000,000.' });
  await why.waitFor();
  expect(await save.getAttribute('aria-disabled')).toBe('true');
  await accessible();
  await calls.fill('99999999999999999999');
  await why.waitFor();
  for (const [label, typed, words] of [
    ['Days', '1.5', 'a whole number from 1 to 3,650, or nothing.'],
    ['Days', '1,5', 'a whole number from 1 to 3,650, or nothing.'],
    ['Days', '99999999999', 'a whole number from 1 to 3,650, or nothing.'],
    ['Size, MB', '99999999999999', 'a whole number from 50 to 1,000,000, or nothing.'],
  ] as const) {
    await page.getByLabel(label).fill(typed);
    await page.getByRole('alert').filter({ hasText: words }).waitFor();
    expect(await save.getAttribute('aria-disabled')).toBe('true');
    await page.getByLabel(label).fill('');
    await page.getByRole('alert').filter({ hasText: words }).waitFor({ state: 'detached' });
  }
  await calls.fill('5,000');
  await why.waitFor({ state: 'detached' });
  await page.getByLabel('Days').fill('30');
  await save.click();
  await expect.poll(() => host.pilot.api.calls.retention()).toEqual({ calls: 5_000, days: 30, bytes: null });
});

test('another pilot is made and opened from the top of the window, which then shows its data', async () => {
  await press('SCIM Pilot Pilot');
  await page.getByRole('menuitem', { name: 'New pilot…' }).click();
  await page.getByLabel('Name').fill('Customer A');
  await inDialog('Create and open').click();
  await page.getByRole('button', { name: 'SCIM Pilot Customer A' }).waitFor();
  await page.getByText('0 calls stored').waitFor();
  expect(users()).toBe(0);
  await pane('General');
  await page.getByLabel('Name').fill('Customer B');
  await press('Rename');
  await page.getByRole('button', { name: 'SCIM Pilot Customer B' }).click();
  await page.getByRole('menuitemradio', { name: 'Pilot', exact: true }).click();
  await page.getByText('2 calls stored').waitFor();
});

test('a pilot goes out as a file, comes in as another, and is deleted', async () => {
  await pane('Pilots');
  const list = page.getByRole('list', { name: 'Pilots' });
  await expect.poll(() => list.getByRole('listitem').count()).toBe(2);
  await press('More for Pilot');
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as one file' }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^scim-pilot-pilot-.*\.db$/);
  const file = join(host.pilot.dataDir, 'out.db');
  await download.saveAs(file);
  expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
  await page.getByLabel('Exported pilot').setInputFiles(file);
  await page.getByText('The file holds 2 users, 0 groups and 2 calls.').waitFor();
  // One of that name is here already.
  expect(await page.getByLabel('Name').inputValue()).toBe('Pilot 2');
  await page.getByLabel('Name').fill('Came in');
  await inDialog('Import').click();
  await expect.poll(() => list.getByRole('listitem').count()).toBe(3);
  await accessible();
  await press('More for Came in');
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await inDialog('Delete Came in with 2 users, 0 groups and 2 calls').click();
  await expect.poll(() => list.getByRole('listitem').count()).toBe(2);
  const text = { name: 'notes.db', mimeType: 'text/plain', buffer: Buffer.from('not a pilot at all') };
  await page.getByLabel('Exported pilot').setInputFiles(text);
  await page.getByText('This file is not a back-up of SCIM Pilot.').waitFor();
});

test('looks: dark whatever the system says, larger type, and no secret in presenter mode', async () => {
  await page.emulateMedia({ colorScheme: 'light' });
  await pane('Appearance');
  await page.getByRole('tab', { name: 'Dark' }).click();
  const paper = () =>
    page.evaluate(() => {
      const provider = document.querySelector('.fui-FluentProvider');
      return provider && getComputedStyle(provider).getPropertyValue('--colorNeutralBackground1').trim();
    });
  await expect.poll(paper).toBe('#11151B');
  await page.getByRole('tab', { name: 'As the system' }).click();
  await expect.poll(paper).toBe('#FFFFFF');
  // The words beside it are its label.
  await page.getByText('Presenter mode', { exact: true }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.style.zoom)).toBe('1.2');
  await press('Show Secret Token');
  await page.getByText('Presenter mode hides secrets.').waitFor();
  expect(await page.locator('body').innerText()).not.toContain((await host.pilot.api.token.reveal())?.slice(-4));
  await page.keyboard.press('Escape');
  await page.getByRole('switch', { name: 'Presenter mode' }).click();
  await expect.poll(() => page.evaluate(() => document.documentElement.style.zoom)).toBe('');
  for (const name of ['About', 'General']) {
    await pane(name);
    await accessible();
  }
  // The file that was no pilot, as the browser tells it.
  expect(window.complaints).toEqual([expect.stringContaining('status of 400')]);
});

test('a pilot that can not be opened again: the window says why, and leads to another', async () => {
  const before = await host.pilot.host.pilots.list();
  const home = before.find(({ open }) => open)?.id ?? '';
  const folderOf = (id: string) => join(host.pilot.dataDir, 'pilots', id);
  await host.pilot.host.pilots.create('Spare');
  await host.pilot.host.pilots.create('Broken');
  const made = await host.pilot.host.pilots.list();
  const broken = made.find(({ name }) => name === 'Broken')?.id ?? '';
  await host.pilot.host.pilots.open(home);
  writeFileSync(join(folderOf(broken), 'pilot.db'), 'no database, but long enough to be looked at'.repeat(40));
  renameSync(folderOf(home), join(host.pilot.dataDir, 'aside'));
  await expect(host.pilot.host.pilots.open(broken)).rejects.toThrow('damaged');
  await page.getByRole('heading', { name: /could not be opened again$/ }).waitFor();
  await page.getByRole('alert').getByText('There is no such pilot any more.').waitFor();
  expect(await breachesOf(page)).toEqual([]);
  // Whoever comes only now is told as well.
  await page.reload();
  await page.getByRole('heading', { name: /could not be opened again$/ }).waitFor();
  renameSync(join(host.pilot.dataDir, 'aside'), folderOf(home));
  await page.getByRole('button', { name: 'Open Spare' }).click();
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  await host.pilot.host.pilots.open(home);
});
