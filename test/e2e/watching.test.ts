import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SimulatorSummary, simulate } from '../../src-main/entra/index.ts';
import { launchChromium } from '../support/browser.ts';
import { type StartedPilot, startPilot } from './program.ts';

/** What the admin would see is kept here, for people to look at. */
const pictures = join(tmpdir(), 'scim-pilot-pictures');

/** An admin with the window open while Entra's first cycle comes in: real browser, real program, nothing stubbed. */

let dataDir: string;
let pilot: StartedPilot;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  dataDir = mkdtempSync(join(tmpdir(), 'scim-pilot-watching-'));
  pilot = await startPilot(dataDir);
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
}, 180_000);

afterAll(async () => {
  await browser?.close();
  pilot?.kill('SIGTERM');
  await pilot?.ended;
  rmSync(dataDir, { recursive: true, force: true });
});

test('calls show up while they come in, marked as practice, and the directory lists the people', async () => {
  await page.goto(pilot.ready.window);
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Live feed' }).click();
  const feed = page.getByRole('grid', { name: 'Provisioning calls' });
  await feed.waitFor();
  await page.screenshot({ path: join(pictures, 'feed-empty.png') });

  const { scim: url, token } = pilot.ready;
  const run = simulate({ url, token, users: 5, groups: 2, seed: 1, compliant: false }, new AbortController().signal);
  let seen = 0;
  let summary: SimulatorSummary | undefined;
  for await (const event of run) {
    if (event.type === 'end') summary = event.summary;
    if (event.type !== 'call' || event.call.status !== 201) continue;
    // The simulator stands still while we look: the window must show the create without any further call.
    const name = /^Created (.*); Entra/.exec(event.sentence)?.[1] ?? '';
    await feed.getByRole('row').filter({ hasText: 'Created' }).filter({ hasText: name }).waitFor();
    seen += 1;
  }
  expect(summary).toMatchObject({ failed: 0, created: 7 });
  expect(seen).toBe(7);

  const rows = feed.getByRole('row').filter({ has: page.getByRole('img') });
  await rows.filter({ hasText: 'Removed' }).waitFor();
  const shown = await rows.count();
  expect(shown).toBeGreaterThan(10);
  expect(await rows.filter({ has: page.getByRole('img', { name: 'Practice' }) }).count()).toBe(shown);
  await page.screenshot({ path: join(pictures, 'feed.png') });

  await rows.filter({ hasText: 'Archived' }).filter({ hasText: 'Kwame Whitlock' }).click();
  const detail = page.getByRole('complementary', { name: 'Call' });
  await detail.getByText('Kwame Whitlock').first().waitFor();
  await page.screenshot({ path: join(pictures, 'call.png') });

  await page.getByRole('link', { name: 'Directory' }).click();
  const users = page.getByRole('grid', { name: 'Users' });
  for (const name of ["Orla D'Arcy", 'Jürgen Müller-Weiß-Hollós', '佐藤 花子', 'سامي الفارسي', 'Kwame Whitlock'])
    await users.getByRole('row').filter({ hasText: name }).waitFor();
  await page.screenshot({ path: join(pictures, 'directory.png') });
  await page.getByRole('tab', { name: /^Groups/ }).click();
  await page.getByRole('grid', { name: 'Groups' }).getByRole('row').filter({ hasText: 'All Staff' }).waitFor();

  expect(await page.content()).not.toContain(token);
  expect(complaints).toEqual([]);
});
