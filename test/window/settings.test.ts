import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { testWindow } from '../support/window.ts';

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

const host = testWindow({ token: null, port: { number: await freePort(), explicit: false } });

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

test('a port that cannot be used says at its field why, and is not saved', async () => {
  const { page, context, complaints } = await openSection('General');
  const inForce = (await host.pilot.host.ports()).window?.port;
  const rows = [
    { label: 'Endpoint’s port', button: 'Move', other: inForce, clash: 'The window has this port: take another.' },
    {
      label: 'Window’s port',
      button: 'Save',
      other: host.pilot.port,
      clash: 'The endpoint has this port: take another.',
    },
  ];
  for (const { label, button, other, clash } of rows) {
    const field = page.getByRole('textbox', { name: label });
    const save = page.getByRole('button', { name: button, exact: true });
    for (const [typed, words] of [
      ['70000', 'A port is a whole number from 1 to 65535.'],
      ['0', 'A port is a whole number from 1 to 65535.'],
      ['eighty', 'A port is a whole number from 1 to 65535.'],
      [String(other), clash],
    ] as const) {
      await field.fill(typed);
      await page.getByText(words).waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      for (const one of [field, save]) {
        expect(await one.evaluate(describedBy)).toBe(words);
      }
      expect(await save.isDisabled()).toBe(true);
    }
    expect(await breachesOf(page)).toEqual([]);
    await field.fill('45678');
    await page.getByText(clash).waitFor({ state: 'detached' });
    expect(await field.getAttribute('aria-invalid')).toBe('false');
    expect(await save.isDisabled()).toBe(false);
    await field.fill('');
  }
  expect(complaints).toEqual([]);
  await context.close();
});

test('a port that another program has is said to be taken, beside what was typed', async () => {
  const { page, context, complaints } = await openSection('General');
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const field = page.getByRole('textbox', { name: 'Endpoint’s port' });
  const move = page.getByRole('button', { name: 'Move', exact: true });
  await field.fill(String(port));
  await move.click();
  const words = `Port ${port} is taken by another program; the endpoint is still on ${host.pilot.port}.`;
  await page.getByRole('alert').getByText(words).waitFor();
  // Nothing that comes later takes it away.
  await page.waitForTimeout(1_500);
  expect(await field.inputValue()).toBe(String(port));
  for (const one of [field, move]) expect(await one.evaluate(describedBy)).toBe(words);
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await breachesOf(page)).toEqual([]);
  // The words are about what was asked for, not about what is typed since.
  await field.fill(String(await freePort()));
  await page.getByText(words).waitFor({ state: 'detached' });
  expect(await move.isDisabled()).toBe(false);
  expect(complaints.filter((one) => !/400 \(Bad Request\)/.test(one))).toEqual([]);
  other.close();
  await context.close();
});

/** What a screen reader says besides a control's name. */
function describedBy(control: Element): string | undefined {
  return document.getElementById(control.getAttribute('aria-describedby') ?? '')?.textContent;
}

test.each(['light', 'dark'] as const)('has no breach of accessibility rules in %s', async (colorScheme) => {
  for (const name of ['Secret Token', 'Tenant admins']) {
    const { page, context } = await openSection(name, { colorScheme });
    expect(await breachesOf(page)).toEqual([]);
    await context.close();
  }
});
