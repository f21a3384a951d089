import { beforeAll, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { callPublicly } from '../support/public-call.ts';
import { testWindow } from '../support/window.ts';

const host = 'pilot.fabrikvale.example';
const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const opened = testWindow({ publicOrigin: `https://${host}` });

beforeAll(async () => {
  const { port, token } = opened.pilot;
  const call = (method: string, path: string, body?: unknown) =>
    callPublicly({ port, host, token, method, path, body });
  for (const displayName of ['Orla Brandt', 'Orla Brandt', 'Niamh Ruane']) {
    const userName = `${displayName.toLowerCase().replace(' ', '.')}@fabrikvale.example`;
    await call('POST', '/Users', { schemas: [core], userName, displayName, active: true, title2: 'odd' });
  }
}, 120_000);

const screens = [
  'overview',
  'setup/before',
  'setup/connect',
  'setup/start',
  'setup/finish',
  'feed',
  'directory/users',
  'directory/archived',
  'attributes',
  'practice',
  'azure-logs',
  'data-and-access',
  ...['connection', 'token', 'tenant-admins', 'general', 'data', 'pilots', 'appearance', 'about'].map(
    (section) => `settings/${section}`,
  ),
];

test('every screen is accessible in forced colours, and marks are drawn in the reader’s own', async () => {
  await expect.poll(() => opened.pilot.api.status().callsStored).toBe(3);
  const { page, context, complaints } = await opened.open({ forcedColors: 'active', colorScheme: 'dark' });
  const breaches: string[] = [];
  for (const screen of screens) {
    await page.evaluate((path) => window.location.assign(`#/${path}`), screen);
    await page.getByRole('heading').first().waitFor();
    breaches.push(...(await breachesOf(page)).map((breach) => `${screen}: ${breach}`));
  }
  expect(breaches).toEqual([]);
  await page.evaluate(() => window.location.assign('#/feed'));
  const mark = page.getByRole('grid').getByRole('img', { name: 'Failed' }).first();
  const ink = await page.getByText('Time', { exact: true }).evaluate((node) => getComputedStyle(node).color);
  expect(await mark.evaluate((node) => getComputedStyle(node).color)).toBe(ink);
  expect(complaints).toEqual([]);
  await context.close();
});
