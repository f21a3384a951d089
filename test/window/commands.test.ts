import { beforeAll, beforeEach, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { testWindow, windowOfEachTest } from '../support/window.ts';

const host = testWindow();
const window = windowOfEachTest(host);

beforeAll(async () => {
  for (const displayName of ['Orla Brandt', 'Niamh Ruane']) {
    const userName = `${displayName.toLowerCase().replace(' ', '.')}@fabrikvale.example`;
    await host.pilot.request('POST', '/Users', { userName, displayName });
  }
  await host.pilot.request('POST', '/Groups', { displayName: 'Tides and Estuaries' });
}, 120_000);
beforeEach(() => window.page.getByRole('navigation', { name: 'Screens' }).waitFor());

const palette = () => window.page.getByRole('dialog', { name: 'Commands' });
const field = () => palette().getByRole('combobox');
const options = () => palette().getByRole('option').allTextContents();

test('Ctrl+K: a screen by two words, without a mouse; Escape leaves, and the focus is back', async () => {
  const { page } = window;
  await page.getByRole('link', { name: 'Attributes', exact: true }).focus();
  await page.keyboard.press('Control+k');
  expect(await options()).toContain('DirectoryGo to');
  await page.keyboard.type('go over');
  await expect.poll(options).toEqual(['OverviewGo to']);
  await page.keyboard.press('Escape');
  await palette().waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Attributes');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('go over');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toMatch(/#\/overview$/);
  await palette().waitFor({ state: 'detached' });
});

test('the arrows walk in a circle and are told to screen readers', async () => {
  const { page } = window;
  await page.getByRole('button', { name: 'Commands' }).click();
  const active = async () => {
    const id = await field().getAttribute('aria-activedescendant');
    return page.locator(`[id="${id}"]`).textContent();
  };
  expect(await active()).toBe('OverviewGo to');
  await page.keyboard.press('ArrowUp');
  expect(await active()).toBe((await options()).at(-1));
  await page.keyboard.press('ArrowDown');
  expect(await active()).toBe('OverviewGo to');
});

test('people, groups and a call are found and opened', async () => {
  const { page } = window;
  await page.keyboard.press('Control+k');
  await field().fill('orla');
  await palette().getByRole('option', { name: 'Orla Brandt orla.brandt@fabrikvale.example' }).click();
  await page.getByRole('heading', { name: 'Orla Brandt' }).waitFor();
  await page.keyboard.press('Control+k');
  await field().fill('estu');
  await palette().getByRole('option', { name: 'Tides and Estuaries Group' }).click();
  await page.getByRole('heading', { name: 'Tides and Estuaries' }).waitFor();
  const { json } = await host.pilot.request('GET', '/Users/nobody');
  const code = /\[call (\w+)\]/.exec(String(json.detail))?.[1] ?? '';
  await page.keyboard.press('Control+k');
  // As it stands in Azure's log.
  await field().fill(`[call ${code.toLowerCase()}]`);
  await palette()
    .getByRole('option', { name: `Call ${code}` })
    .click();
  await expect.poll(() => page.url()).toContain(`#/feed/${code}`);
});

test('what nothing goes by, and the Secret Token on the clipboard', async () => {
  const { page } = window;
  await page.keyboard.press('Control+k');
  await field().fill('zzzz');
  await palette().getByText('Nothing here goes by that name.').waitFor();
  await field().fill('copy secret');
  await page.keyboard.press('Enter');
  await page.getByText('Secret Token copied').waitFor();
  // What is said to screen readers takes no room that the window could be scrolled by.
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(host.pilot.token);
});

test('while it looks for people it does not say that there is nobody', async () => {
  const { page } = window;
  let answer: (() => void) | undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/api/directory.users*', async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press('Control+k');
  await field().fill('niamh');
  await palette().getByText('Searching…').waitFor();
  answer?.();
  await palette()
    .getByRole('option', { name: /Niamh Ruane/ })
    .waitFor();
});

test('? lists the keys of the screen, but not while writing', async () => {
  const { page } = window;
  await page.getByRole('link', { name: 'Directory', exact: true }).click();
  await page.getByRole('searchbox').first().fill('');
  await page.keyboard.type('?');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('grid', { name: 'Users' }).focus();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.getByText('On this screen').waitFor();
  await keys.getByText('commands, people, groups, calls').waitFor();
  expect(await breachesOf(page)).toEqual([]);
});

test('the acts of the selected call, by name', async () => {
  const { page } = window;
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Live feed' }).click();
  await page
    .getByRole('grid', { name: 'Provisioning calls' })
    .getByRole('row', { name: /Niamh Ruane/ })
    .click();
  await expect.poll(() => page.url()).toMatch(/#\/feed\/\w+$/);
  const code = page.url().split('/').at(-1) ?? '';
  await page.keyboard.press('Control+k');
  await field().fill('this call');
  await expect
    .poll(options)
    .toEqual([
      `Replay this callCall ${code}R`,
      `Edit this call and replay itCall ${code}E`,
      `Mark this call to compareCall ${code}D`,
      `Copy this call as cURLCall ${code}C`,
    ]);
  await palette()
    .getByRole('option', { name: /^Edit this call/ })
    .click();
  await expect.poll(() => page.url()).toMatch(new RegExp(`#/replay/${code}/edit$`));
  await page.keyboard.press('Control+k');
  await field().fill('this call');
  await palette().getByText('Nothing here goes by that name.').waitFor();
});

test('a saved filter and Azure’s logs, from any screen', async () => {
  const { page } = window;
  await host.pilot.api.feed.filters.save({ name: 'Niamh alone', query: 'user:niamh' });
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.keyboard.press('Control+k');
  await field().fill('niamh alone');
  await palette().getByRole('option', { name: 'Filter: Niamh alone user:niamh' }).click();
  await expect.poll(() => page.getByRole('combobox', { name: 'Filter' }).inputValue()).toBe('user:niamh');
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await page.keyboard.press('Control+k');
  // Before the field is filled: the browser must be told of it before the key is pressed.
  const chooser = page.waitForEvent('filechooser');
  await field().fill('import azure');
  await page.keyboard.press('Enter');
  const log = [{ id: 'b1', activityDateTime: '2026-03-03T08:00:00Z', provisioningAction: 'create' }];
  await (await chooser).setFiles({
    name: 'provisioning.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(log)),
  });
  await expect.poll(() => page.url()).toMatch(/#\/azure-logs\/\d+$/);
  await page.getByRole('button', { name: 'Report' }).waitFor();
  await page.keyboard.press('Control+k');
  await field().fill('delete this import');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Delete provisioning.json?' }).waitFor();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${colorScheme}`, async () => {
    const { page } = window;
    await page.emulateMedia({ colorScheme });
    await page.keyboard.press('Control+k');
    await field().fill('r');
    expect(await breachesOf(page)).toEqual([]);
  });
}
