import { beforeEach, describe, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { callPublicly } from '../support/public-call.ts';
import { testWindow, windowOfEachTest } from '../support/window.ts';

const host = 'pilot.fabrikvale.example';
const nobody = '7f3f5a3e-3f0a-4c4e-9a53-8a4c1f9a2d11';

const pilot = testWindow({ publicOrigin: `https://${host}` });
beforeEach(() => pilot.pilot.api.guide.reset());
const window = windowOfEachTest(pilot);

const azure = (method: string, path: string, body?: unknown, token = pilot.pilot.token) =>
  callPublicly({ port: pilot.pilot.port, host, token, method, path, body });

const steps = () => window.page.getByRole('list', { name: 'Steps' });
const openStep = (name: string) => steps().getByRole('link', { name }).click();
const status = () => window.page.getByRole('main').getByRole('status').first();

describe('the Set-up screen', () => {
  test('is where a first start lands, on the first step; its checks are ticked one by one and kept', async () => {
    const { page } = window;
    await page.getByRole('heading', { name: 'Have these at hand' }).waitFor();
    // The last tick leads on to the next step, so the engine is asked and not the box.
    for (const [index, box] of (await page.getByRole('checkbox').all()).entries()) {
      await box.click();
      await expect.poll(async () => Object.keys((await pilot.pilot.api.guide.read()).ticks).length).toBe(index + 1);
    }
    await steps()
      .getByText(/^you ticked/)
      .waitFor();
    await page.reload();
    await steps()
      .getByText(/^you ticked/)
      .waitFor();
    await page.getByRole('button', { name: 'Reset guide ticks…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reset guide ticks' }).click();
    await steps()
      .getByText(/^you ticked/)
      .waitFor({ state: 'detached' });
  });

  test('Connect: values are copied exactly, a wrong token is told, the test is heard, and the save is the own tick', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'Set-up', exact: true }).click();
    await openStep('Connect');
    await status().getByText('Listening for Azure’s test call…').waitFor();
    expect(await page.getByText('Of this machine only').count()).toBe(0);
    await page.getByRole('button', { name: 'Copy the Tenant URL' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`https://${host}/scim/v2`);
    await page.getByRole('button', { name: 'Copy the Secret Token' }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(pilot.pilot.token);
    await page.getByRole('button', { name: 'Show the Secret Token' }).click();
    await page.getByText(pilot.pilot.token).waitFor();

    await azure('GET', '/Users', undefined, 'another-token-that-ends-in-x7Qd');
    await status()
      .getByText(/^The call came with a token that ends in …/)
      .waitFor();
    await azure('GET', `/Users?filter=userName+eq+%22${nobody}%22`);
    await azure('GET', `/Groups?filter=displayName+eq+%22${nobody}%22`);
    await status().getByText('Azure reached us.').waitFor();
    await page.getByRole('button', { name: 'I pressed Create or Save' }).click();
    await steps()
      .getByRole('link', { name: 'Connect' })
      .getByText(/^you ticked/)
      .waitFor();
    await azure('GET', '/Users?filter=userName+eq+%22orla%22');
    await steps().getByRole('link', { name: 'Connect' }).getByText(/^seen/).waitFor();
  });

  test('provision on demand is seen within a second, and names its call', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'Set-up', exact: true }).click();
    await openStep('Provision one user on demand');
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
    await azure('POST', '/Users', { schemas, userName: 'orla@x.example', displayName: 'Orla Brandt', active: true });
    await status().getByText('Orla Brandt was provisioned.').waitFor();
    await page
      .getByRole('main')
      .getByRole('link', { name: /^[0-9A-Z]{5,}$/ })
      .click();
    await page.getByRole('complementary').getByText('Orla Brandt').first().waitFor();
  });

  test('what Entra would send is sent as practice beside the step, and counts for nothing', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'Set-up', exact: true }).click();
    await openStep('Connect');
    const practice = page.getByRole('region', { name: 'Practice' });
    await practice.getByText(/this never counts as seen working/).waitFor();
    await practice.getByRole('button', { name: 'Send what Entra would send' }).click();
    await practice.getByText(/Both calls were answered as Entra expects\./).waitFor();
    await page.getByText('Listening for Azure’s test call…').waitFor();
    await openStep('Assign');
    await page.getByRole('heading', { name: 'Assign two test users and the group' }).waitFor();
    expect(await practice.count()).toBe(0);
    await openStep('Leaver test');
    await practice.getByText(/this never counts as seen working/).waitFor();
    await practice.getByRole('button', { name: 'Send what Entra would send' }).click();
    await practice.getByText(/All 5 calls were answered as Entra expects\. Deleted /).waitFor();
    await practice.getByRole('link', { name: 'See the calls' }).click();
    await page.getByRole('complementary').getByText('practice').first().waitFor();
  });

  test('the labels switch, and links lead to the application once its address is known', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'Set-up', exact: true }).click();
    await openStep('Connect');
    await page.getByText('Connectivity').first().waitFor();
    await page.getByRole('tab', { name: 'Azure AD labels' }).click();
    await page.getByText('Admin Credentials').first().waitFor();
    await openStep('Create the application');
    await page.getByLabel('The application’s portal address').fill('https://example.com/');
    await page.getByRole('button', { name: 'Use it' }).click();
    await page
      .getByRole('alert')
      .getByText(/no address of the Entra admin center/)
      .waitFor();
    expect(window.complaints.splice(0)).toEqual([expect.stringContaining('400')]);
    const id = '11111111-2222-3333-4444-555555555555';
    await page
      .getByLabel('The application’s portal address')
      .fill(
        `https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/${id}/appId/${nobody}`,
      );
    await page.keyboard.press('Enter');
    await page.getByText(`Known: object ${id}`).waitFor();
    await openStep('Assign');
    const link = page.getByRole('link', { name: 'Open in the portal' });
    expect(await link.getAttribute('href')).toContain(`~/Users/objectId/${id}/appId/${nobody}`);
  });

  test('j and k walk the steps', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'Set-up', exact: true }).click();
    await openStep('Before you start');
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'An address that Azure can reach' }).waitFor();
    await page.keyboard.press('k');
    await page.getByRole('heading', { name: 'Have these at hand' }).waitFor();
  });

  test.each(['light', 'dark'] as const)('has no breach of accessibility rules in %s', async (colorScheme) => {
    const own = await pilot.open({ colorScheme });
    await own.page.getByRole('link', { name: 'Set-up', exact: true }).click();
    for (const name of ['Before you start', 'Connect', 'Create the application', 'Custom fields and mappings']) {
      await own.page.getByRole('list', { name: 'Steps' }).getByRole('link', { name }).click();
      expect(await breachesOf(own.page)).toEqual([]);
    }
    expect(own.complaints).toEqual([]);
    await own.context.close();
  });
});
