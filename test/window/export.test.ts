import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { testWindow, type WindowPage, windowOfEachTest } from '../support/window.ts';

const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
const people = ['Ada Lovelace', 'Grace Hopper', 'Mary Somerville'];

const pilot = testWindow();
const window = windowOfEachTest(pilot);

beforeAll(async () => {
  for (const displayName of people) {
    const userName = `${displayName.replace(' ', '.')}@fabrikvale.example`;
    const emails = [{ type: 'work', value: userName }];
    await pilot.pilot.request('POST', '/Users', { schemas: [user], userName, displayName, emails });
    await pilot.pilot.request('POST', '/Users', { schemas: [user], userName, displayName, emails });
  }
  await pilot.pilot.request(
    'GET',
    `/Users?filter=${encodeURIComponent('userName eq "Ada.Lovelace@fabrikvale.example"')}`,
  );
  await vi.waitUntil(() => pilot.pilot.api.status().callsStored === 7, { interval: 5 });
}, 120_000);

async function menu({ page }: WindowPage, item: string) {
  await page.goto(page.url().replace(/#.*/, '#/feed'));
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  return page;
}

/** Presses the button and gives the file that comes of it. */
async function saved(page: Page, button: string) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), path: await download.path() };
}

const holdsNobody = (text: string) => {
  for (const word of [...people.flatMap((name) => name.split(' ')), 'fabrikvale', pilot.pilot.token]) {
    expect(text.toLowerCase()).not.toContain(word.toLowerCase());
  }
};

test('calls are saved redacted, oldest first, in the format chosen, or with names when the admin says so', async () => {
  const page = await menu(window, 'Export calls…');
  await page.getByRole('radio', { name: /^HAR/ }).check();
  const har = await saved(page, 'Save redacted');
  expect(har.name).toMatch(/^scim-pilot-calls-[\d-]+\.har$/);
  const text = readFileSync(har.path, 'utf8');
  holdsNobody(text);
  const { entries } = JSON.parse(text).log;
  expect(entries.map(({ response }: { response: { status: number } }) => response.status)).toEqual([
    201, 409, 201, 409, 201, 409, 200,
  ]);
  await page.getByText('7 calls').first().waitFor();
  await page.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: 'Failed' }).click();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Export calls…' }).click();
  await page.getByRole('radio', { name: 'What the feed shows' }).check();
  await page.getByRole('switch', { name: /Leave names/ }).check();
  await page.getByText('all that Azure sent of people').waitFor();
  const plain = readFileSync((await saved(page, 'Save with names')).path, 'utf8');
  expect(plain).not.toContain(pilot.pilot.token);
  const lines = plain.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).status)).toEqual([409, 409, 409]);
  expect(plain).toContain('Ada.Lovelace@fabrikvale.example');
});

test('a support bundle tells what it takes out, holds nobody, and opens read-only', async () => {
  const page = await menu(window, 'Make a support bundle…');
  const preview = page.getByRole('region', { name: 'What is taken out' });
  await preview.getByText('Taken out of 7 calls').waitFor();
  const cells = preview.getByRole('row', { name: /^userNames/ }).getByRole('cell');
  expect(await cells.first().textContent()).toBe('3');
  await preview.getByText('Ada.Lovelace@fabrikvale.example').first().waitFor();
  await page.getByLabel('What is the trouble?').fill('Three people are refused');
  const { name, path } = await saved(page, 'Save redacted');
  expect(name).toMatch(/^scim-pilot-support-bundle-[\d-]+\.zip$/);
  const files = unzipSync(new Uint8Array(readFileSync(path)));
  expect(Object.keys(files).toSorted()).toEqual([
    'README.txt',
    'bundle.json',
    'calls.ndjson',
    'counts.json',
    'explanations.json',
    'settings.json',
    'versions.json',
  ]);
  for (const content of Object.values(files)) holdsNobody(Buffer.from(content).toString());
  await page.getByRole('button', { name: 'Close' }).click();

  await page.getByLabel('Support bundle', { exact: true }).setInputFiles(path);
  await page.getByText(/You are looking at the bundle/).waitFor();
  await page.getByText('“Three people are refused”').waitFor();
  const grid = page.getByRole('grid', { name: 'Calls of the bundle' });
  expect(await grid.getAttribute('aria-rowcount')).toBe('7');
  await grid.getByText('User 1').first().click();
  await page.getByRole('complementary', { name: 'Call' }).getByText('What happened').waitFor();
  expect(await page.getByRole('button', { name: 'Replay' }).count()).toBe(0);
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByLabel('settings of the bundle').getByText('tenantAdmins').waitFor();
  await page.getByRole('button', { name: 'Leave the bundle' }).click();
  await page.getByRole('grid', { name: 'Provisioning calls' }).waitFor();
});

test('a file that is no bundle is refused in a sentence', async () => {
  const page = await menu(window, 'Export calls…');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page
    .getByLabel('Support bundle', { exact: true })
    .setInputFiles({ name: 'holiday.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip at all') });
  await page.getByRole('dialog').getByText('holiday.zip is no zip file, so it is no support bundle.').waitFor();
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test('no breach of accessibility rules', async () => {
    const own = await pilot.open({ colorScheme, viewport: { width: 1000, height: 640 } });
    const page = await menu(own, 'Make a support bundle…');
    await page.getByText('Taken out of 7 calls').waitFor();
    expect(await breachesOf(page)).toEqual([]);
    const { path } = await saved(page, 'Save redacted');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByLabel('Support bundle', { exact: true }).setInputFiles(path);
    await page.getByRole('grid', { name: 'Calls of the bundle' }).getByText('User 1').first().click();
    expect(await breachesOf(page)).toEqual([]);
    expect(own.complaints).toEqual([]);
    await own.context.close();
  });
});
