import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { testWindow } from '../support/window.ts';

const host = testWindow({ token: null, publicOrigin: 'https://pilot.example' });

/** A call by the public address. */
function azureCalls(token: string, path = '/Users?count=0'): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { host: 'pilot.example', authorization: `Bearer ${token}` };
    httpRequest({ port: host.pilot.port, path: `/scim/v2${path}`, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

const token = async () => (await host.pilot.api.token.reveal()) ?? '';

test('rotating says what to do in Azure, hands out the new token, and tells which one Azure uses', async () => {
  const { page, context, complaints } = await host.open();
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  const old = await token();
  expect(await azureCalls(old)).toBe(200);
  const show = page.getByRole('button', { name: 'Show Secret Token' });
  await show.click();
  await page.getByText('Azure uses it.').waitFor();
  await page.getByRole('button', { name: 'Rotate…' }).click();
  const question = page.getByRole('dialog', { name: 'Rotate the Secret Token?' });
  await question.getByText('accepted for one more hour').waitFor();
  await question.getByText('press Test Connection, then Save').waitFor();
  expect(await breachesOf(page)).toEqual([]);
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect(await token()).toBe(old);
  await show.click();
  await page.getByRole('button', { name: 'Rotate…' }).click();
  await question.getByRole('button', { name: 'Rotate the Secret Token' }).click();
  const done = page.getByRole('dialog', { name: 'Paste the new Secret Token in Azure' });
  await done.getByRole('button', { name: 'Copy the new Secret Token' }).click();
  await done.getByRole('button', { name: 'Copied' }).waitFor();
  const fresh = await token();
  expect(fresh).not.toBe(old);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(fresh);
  expect(await page.content()).not.toContain(fresh);
  await done.getByRole('button', { name: 'Close' }).click();
  await page.getByText(`••••${fresh.slice(-4)}`).waitFor();

  expect(await azureCalls(old)).toBe(200);
  await page.getByText(`Azure still uses the old Secret Token (ends …${old.slice(-4)})`).waitFor();
  const test = '/Users?filter=userName+eq+%227c0d5a3e-8f1b-4a55-9a0e-2f6b1d4c9e10%22';
  expect(await azureCalls(fresh, test)).toBe(200);
  await page.getByText('it is not saved there yet').waitFor();
  expect(await azureCalls(old)).toBe(200);
  expect(await azureCalls(fresh)).toBe(200);
  await page.getByText('Azure still uses the old Secret Token').waitFor({ state: 'detached' });
  await show.click();
  await page.getByText('Azure uses it.').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test('revoking warns of the failing calls; the refused token is what needs attention', async () => {
  const { page, context, complaints } = await host.open();
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  const old = await token();
  await page.getByRole('button', { name: 'Show Secret Token' }).click();
  await page.getByRole('button', { name: 'Revoke…' }).click();
  const question = page.getByRole('dialog', { name: 'Revoke the Secret Token?' });
  await question.getByText('calls fail with 401').waitFor();
  await question.getByRole('button', { name: 'Revoke the Secret Token' }).click();
  await page
    .getByRole('dialog', { name: 'Paste the new Secret Token in Azure' })
    .getByRole('button', { name: 'Close' })
    .click();
  expect(await azureCalls(old)).toBe(401);
  expect(await azureCalls('some-other-token-endsx7Q')).toBe(401);
  await page.getByText(`Calls with a Secret Token that is revoked (ends …${old.slice(-4)})`).waitFor();
  await page.getByText('Azure reached us with a different token (ends …x7Q)').waitFor();
  // The pane that holds the cure says the same.
  await page.getByRole('button', { name: /^Open Secret Token in Settings: Azure reached/ }).click();
  const list = page.getByRole('list', { name: 'Needs attention' });
  await list.getByText('Azure reached us with a different token (ends …x7Q)').waitFor();
  await list.getByText(`Calls with a Secret Token that is revoked (ends …${old.slice(-4)})`).waitFor();
  expect(await breachesOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});
