import { describe, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { testWindow } from '../support/window.ts';

const host = testWindow();

describe('opening', () => {
  test('the printed link opens on Set-up while no call came, and the key leaves the address bar', async () => {
    const { page, context, complaints } = await host.open();
    await page.getByRole('heading', { name: 'Have these at hand' }).waitFor();
    expect(page.url()).toMatch(/#\/setup$/);
    await page.reload();
    await page.getByRole('heading', { name: 'Have these at hand' }).waitFor();
    // Who copies an address that Azure cannot reach is told so at once.
    await page.getByRole('list', { name: 'Steps' }).getByRole('link', { name: 'Connect' }).click();
    await page.getByText('Of this machine only: Azure cannot reach it.').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('without key and cookie the page says what to do; the link then opens it', async () => {
    const { page, context } = await host.open({}, host.url.replace(/#.*/, ''));
    await page.getByRole('heading', { name: 'Open the printed link' }).waitFor();
    expect(await page.getByText(host.pilot.pilot.tenantUrl).count()).toBe(0);
    await page.goto(host.url);
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Live feed' }).waitFor();
    await context.close();
  });

  test('a wrong key opens nothing', async () => {
    const { page, context } = await host.open({}, host.url.replace(/#.*/, '#key=wrong'));
    await page.getByRole('heading', { name: 'Open the printed link' }).waitFor();
    await context.close();
  });
});

describe('the frame', () => {
  test('the screens, the current one marked', async () => {
    const { page, context } = await host.open();
    const nav = page.getByRole('navigation');
    const screens = [
      'Overview',
      'Set-up',
      'Live feed',
      'Directory',
      'Attributes',
      'Practice',
      'Azure logs',
      'Settings',
    ];
    for (const name of screens) await nav.getByRole('link', { name, exact: true }).waitFor();
    expect(await nav.getByRole('link').count()).toBe(screens.length);
    // How far the set-up is, and that no cycle can be expected yet.
    await expect.poll(() => nav.textContent()).toMatch(/Set-up0\/11.*Next cyclenot started$/);
    const setUp = nav.getByRole('link', { name: 'Set-up', exact: true });
    expect(await setUp.getAttribute('aria-description')).toBe('0 of 11 steps done');
    await nav.getByRole('link', { name: 'Live feed', exact: true }).click();
    await page.getByRole('grid', { name: 'Provisioning calls' }).waitFor();
    await nav.getByRole('link', { name: 'Directory', exact: true }).click();
    await page.getByRole('grid', { name: 'Users' }).waitFor();
    await page.getByRole('tab', { name: 'Groups' }).click();
    await page.getByRole('grid', { name: 'Groups' }).waitFor();
    expect(await nav.getByRole('link', { name: 'Directory' }).getAttribute('aria-current')).toBe('page');
    await nav.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await context.close();
  });

  test('copies exactly the Tenant URL and the Secret Token, and says so', async () => {
    const { page, context } = await host.open();
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole('button', { name: 'Copy Tenant URL' }).click();
    await page.getByText('Tenant URL copied').waitFor({ state: 'attached' });
    expect(await clipboard()).toBe(host.pilot.pilot.tenantUrl);
    await page.getByRole('button', { name: 'Copy Secret Token' }).click();
    await page.getByText('Secret Token copied').waitFor({ state: 'attached' });
    expect(await clipboard()).toBe(host.pilot.token);
    await context.close();
  });

  test('the token is masked until it is asked for', async () => {
    const { page, context } = await host.open();
    const { token } = host.pilot;
    await page.getByText(`••••${token.slice(-4)}`).waitFor();
    expect(await page.content()).not.toContain(token);
    const show = page.getByRole('button', { name: 'Show Secret Token' });
    await show.click();
    await page.getByText(token, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText(token, { exact: true }).waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(token);
    await context.close();
  });

  test('a local pilot says that it has no tunnel', async () => {
    const { page, context } = await host.open();
    await page.getByText('Local only, no tunnel').waitFor();
    await page.getByRole('group', { name: /No call has come yet/ }).waitFor();
    await context.close();
  });

  test('what a station says lies inside the window', async () => {
    const { page, context } = await host.open();
    await page.getByRole('button', { name: 'Directory' }).click();
    const right = async () => {
      const words = await page.getByText(/^It holds 0 users/).boundingBox();
      return (words?.x ?? 1280) + (words?.width ?? 0);
    };
    // It is put in place after it is drawn.
    await expect.poll(right).toBeLessThanOrEqual(1280);
    await context.close();
  });
});

describe('nothing yet', () => {
  test('the feed teaches, and its one button copies the Tenant URL', async () => {
    const { page, context } = await host.open();
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Live feed' }).click();
    const grid = page.getByRole('grid', { name: 'Provisioning calls' });
    await grid.getByRole('heading', { name: 'Nothing yet. We are listening.' }).waitFor();
    await grid.getByRole('button', { name: 'Copy the Tenant URL' }).click();
    await grid.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(host.pilot.pilot.tenantUrl);
    await page.getByRole('button', { name: 'Pause' }).click();
    await grid.getByRole('heading', { name: 'Paused' }).waitFor();
    await context.close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every screen is accessible when empty, in ${colorScheme}`, async () => {
      const { page, context, complaints } = await host.open({ colorScheme });
      for (const screen of ['overview', 'feed', 'directory', 'directory/groups', 'directory/archived']) {
        await page.evaluate((path) => window.location.assign(`#/${path}`), screen);
        await page.getByRole('heading').first().waitFor();
        expect(await breachesOf(page), screen).toEqual([]);
      }
      expect(complaints).toEqual([]);
      await context.close();
    });
  }
});

test('follows the system from light to dark while it is open', async () => {
  const { page, context } = await host.open({ colorScheme: 'light' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  const ink = () => page.getByRole('heading', { level: 1 }).evaluate((node) => getComputedStyle(node).color);
  expect(await ink()).toBe('rgb(16, 21, 31)');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(ink).toBe('rgb(237, 240, 245)');
  await context.close();
});
