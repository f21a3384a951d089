import { beforeEach, describe, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { callPublicly } from '../support/public-call.ts';
import { testWindow, windowOfEachTest } from '../support/window.ts';

const host = 'pilot.fabrikvale.example';
const size = { width: 400, height: 640 };

const pilot = testWindow({ publicOrigin: `https://${host}` });
beforeEach(() => pilot.pilot.api.guide.reset());
const window = windowOfEachTest(pilot, { at: 'Set-up' });

async function openCompanion() {
  const opened = window.page.waitForEvent('popup');
  await window.page.getByRole('button', { name: 'Open the companion window' }).click();
  const companion = await opened;
  await companion.setViewportSize(size);
  await companion.getByRole('heading', { level: 1 }).waitFor();
  return companion;
}

describe('the companion window', () => {
  test('shows the step in hand with its values to copy, and what comes', async () => {
    const companion = await openCompanion();
    expect(await companion.getByRole('navigation').count()).toBe(0);
    await companion.getByRole('heading', { name: 'Before you start' }).waitFor();
    for (let step = 0; step < 3; step++) await companion.getByRole('button', { name: 'Next step' }).click();
    await companion.getByRole('heading', { name: 'Connect' }).waitFor();
    await companion.getByText('Listening for Azure’s test call…').waitFor();
    for (const name of ['Copy the Tenant URL', 'Copy the Secret Token']) {
      const box = await companion.getByRole('button', { name }).boundingBox();
      const dock = await companion.getByText('Listening for Azure’s test call…').boundingBox();
      if (box === null || dock === null) throw new Error(`${name} is not drawn`);
      expect(box.y + box.height, `${name} is in sight without scrolling`).toBeLessThan(dock.y);
    }
    await companion.getByRole('button', { name: 'Copy the Tenant URL' }).click();
    expect(await companion.evaluate(() => navigator.clipboard.readText())).toBe(`https://${host}/scim/v2`);
    const call = (path: string) =>
      callPublicly({ port: pilot.pilot.port, host, token: pilot.pilot.token, method: 'GET', path });
    await call('/Users?filter=userName+eq+%227f3f5a3e-3f0a-4c4e-9a53-8a4c1f9a2d11%22');
    await call('/Groups?filter=displayName+eq+%227f3f5a3e-3f0a-4c4e-9a53-8a4c1f9a2d11%22');
    await companion.getByText('Azure reached us.').waitFor();
    await companion.getByRole('button', { name: 'I pressed Create or Save' }).click();
    await companion.getByText('Ticked by you.').waitFor();
  });

  test('opened from a step that is not the next one, it shows that step', async () => {
    await window.page.getByRole('link', { name: /^Leaver test/ }).click();
    await window.page.getByRole('heading', { name: 'See somebody leave' }).waitFor();
    const companion = await openCompanion();
    await companion.getByRole('heading', { level: 1, name: 'Leaver test' }).waitFor();
    await companion.getByText('Step 8 of 11').waitFor();
  });

  test('what lies elsewhere opens in the window that opened it', async () => {
    pilot.pilot.api.practice.play('provision on demand');
    const companion = await openCompanion();
    await companion.getByRole('link', { name: /Created/ }).click();
    await window.page.getByRole('grid', { name: 'Provisioning calls' }).waitFor();
    expect(companion.url()).toContain('#/companion');
  });

  test('opened twice, it is one window', async () => {
    await openCompanion();
    await window.page.getByRole('button', { name: 'Open the companion window' }).click();
    await window.page.getByRole('heading', { name: 'Have these at hand' }).waitFor();
    expect(window.context.pages()).toHaveLength(2);
  });

  test.each(['light', 'dark'] as const)('fits 400 × 640 and has no breach in %s', async (colorScheme) => {
    const own = await pilot.open({ colorScheme, viewport: size });
    await own.page.getByRole('navigation').waitFor();
    await own.page.goto(own.page.url().replace(/#.*/, '#/companion/older'));
    for (let step = 1; step <= 11; step++) {
      await own.page.getByText(`Step ${step} of 11`).waitFor();
      expect(await own.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
      if (step % 3 === 1) expect(await breachesOf(own.page)).toEqual([]);
      if (step < 11) await own.page.getByRole('button', { name: 'Next step' }).click();
    }
    expect(own.complaints).toEqual([]);
    await own.context.close();
  });
});
