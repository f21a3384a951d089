import { afterAll, beforeAll, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { openTestWindow, type TestWindow } from '../support/window.ts';

let host: TestWindow;

beforeAll(async () => {
  host = await openTestWindow({ token: null });
}, 120_000);
afterAll(() => host?.close());

async function openSection(name: string, options = {}) {
  const window = await host.open(options);
  await window.page.getByRole('link', { name: 'Settings', exact: true }).click();
  await window.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name }).click();
  await window.page.getByRole('heading', { level: 2 }).waitFor();
  return window;
}

test('the Secret Token is given an expiry, warned about, and lives on without', async () => {
  const { page, context, complaints } = await openSection('Secret Token');
  await page.getByText('Sealed with a key file in the data folder').waitFor();
  await page.getByLabel('Valid for').selectOption('30 days from now');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await page.getByText(/^It expires in (29|30) days\.$/).waitFor();
  expect(host.pilot.api.status().token.validDays).toBe(30);
  await page.getByLabel('Valid for').selectOption('as long as it is used');
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await page.getByText(/^It does not expire\./).waitFor();
  await page.getByRole('button', { name: 'Rotate…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate the Secret Token' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByText('The one before').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test('tenant admins are kept out of provisioning, and let in again', async () => {
  const { page, context, complaints } = await openSection('Tenant admins');
  await page.getByLabel('userNames').fill('boss@fabrikvale.example\n\n');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => host.pilot.api.tenantAdmins.list().length).toBe(1);
  const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'Boss@fabrikvale.example' };
  expect((await host.pilot.request('POST', '/Users', body)).status).toBe(409);
  await page.getByLabel('userNames').fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => host.pilot.api.tenantAdmins.list().length).toBe(0);
  expect((await host.pilot.request('POST', '/Users', body)).status).toBe(201);
  expect(complaints).toEqual([]);
  await context.close();
});

test.each(['light', 'dark'] as const)('has no breach of accessibility rules in %s', async (colorScheme) => {
  for (const name of ['Secret Token', 'Tenant admins']) {
    const { page, context } = await openSection(name, { colorScheme });
    expect(await breachesOf(page)).toEqual([]);
    await context.close();
  }
});
