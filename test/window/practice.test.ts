import { beforeEach, describe, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { testWindow, windowOfEachTest } from '../support/window.ts';

const host = testWindow();
const window = windowOfEachTest(host, { at: 'Practice' });
beforeEach(() => window.page.getByRole('button', { name: 'Run', exact: true }).waitFor());

const field = (label: string) => window.page.getByLabel(label, { exact: true });

describe('the Practice screen', () => {
  test('plays Entra against the pilot and says how it went; its calls are practice', async () => {
    const { page } = window;
    await page.getByText('No run yet').waitFor();
    const hint = 'The same seed gives the same people and the same calls again; another one gives others.';
    const described = await field('Seed').evaluate((input) =>
      (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent),
    );
    expect(described).toContain(hint);
    await field('People').fill('4');
    await field('Groups').fill('1');
    await field('People').press('Enter');
    await page.getByText(/^Played to its end\. \d+ calls in [\d.]+ s.*: 5 created, .* 0 failed\./).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Incremental cycle' }).getByLabel('played').waitFor();
    expect(await page.getByRole('table', { name: 'Calls of the run' }).getByRole('row').count()).toBeGreaterThan(20);
    await page.getByRole('link', { name: 'Open in Live feed' }).click();
    await page
      .getByRole('grid', { name: 'Provisioning calls' })
      .getByText(/^Practice, incremental cycle/)
      .waitFor();
    expect(host.pilot.api.status().directory).toMatchObject({ users: 4, groups: 1 });
  });

  test('the same people once more are told to be here already, and the end of a run is known at once', async () => {
    const { page } = window;
    await field('People').fill('3');
    await field('Groups').fill('0');
    await field('Seed').fill('21');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/^Played to its end\..*: 3 created/).waitFor();
    await page.getByText('Seed 21 was played already').waitFor();
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByText(/^The last practice cycle did/).waitFor();
    expect(await page.getByText(/practice cycle is under way/).count()).toBe(0);
    await page.getByRole('link', { name: 'Practice', exact: true }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/Everybody of seed 21 was here already, so nobody was created\./).waitFor();
    expect(await breachesOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take other people' }).click();
    expect(await field('Seed').inputValue()).toBe('22');
    await page.getByText('was played already').waitFor({ state: 'detached' });
  });

  test('a long run can be stopped, and another begun', async () => {
    const { page } = window;
    await field('People').fill('5000');
    await field('Seed').fill('7');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText(/^Stopped by you\./).waitFor();
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await field('People').fill('1');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/^Played to its end\./).waitFor();
  });

  test('a fault switched on is seen on every screen, taken by the run, and ends by itself', async () => {
    const { page } = window;
    await field('Fault').selectOption('500, internal error');
    await field('On').selectOption('Creates');
    await field('For calls').fill('1');
    await page.getByRole('button', { name: 'Switch on' }).click();
    await page.getByText('1 of 1 call left').waitFor();
    await page.getByRole('link', { name: 'Fault lab on' }).waitFor();
    expect(await breachesOf(page)).toEqual([]);
    await field('People').fill('2');
    await field('Seed').fill('11');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/^Played to its end\..* 1 failed\./).waitFor();
    await page.getByRole('link', { name: 'Fault lab on' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Switch on' }).waitFor();
  });

  test('its people are purged together, after asking how many; whom Azure wrote to stays', async () => {
    const { page } = window;
    const { pilot } = host;
    await field('People').fill('2');
    await field('Groups').fill('1');
    await field('Seed').fill('99');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    // The end of an earlier run may be on screen.
    await page.getByText('Seed 99 was played already').waitFor();
    const { users: all, groups } = await pilot.api.practice.records();
    const table = await pilot.api.directory.users({ search: '', state: 'current', after: null, limit: 500 });
    const adopted = table.rows[0]?.id;
    await pilot.request('PATCH', `/Users/${adopted}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'Replace', path: 'title', value: 'Real now' }],
    });
    const real = String((await pilot.request('POST', '/Users', { userName: 'real@fabrikvale.example' })).json.id);
    await page.getByRole('button', { name: 'Purge practice people…' }).click();
    const dialog = page.getByRole('dialog');
    const words = `Purge ${all - 1} practice users and ${groups} practice group${groups === 1 ? '' : 's'}`;
    await dialog.getByRole('heading', { name: `${words}?` }).waitFor();
    expect(await breachesOf(page)).toEqual([]);
    await dialog.getByText(/no call of Azure's changed them\..* and the name that they are listed under/).waitFor();
    await dialog.getByText(/^If Azure has matched one of them, it goes on using the id\. .* answered 404/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await pilot.api.practice.records()).toEqual({ users: all - 1, groups });
    await page.getByRole('button', { name: 'Purge practice people…' }).click();
    await dialog.getByRole('button', { name: words }).click();
    await dialog.waitFor({ state: 'detached' });
    const left = await pilot.api.directory.users({ search: '', state: 'current', after: null, limit: 500 });
    expect(left.rows.map(({ id }) => id).toSorted()).toEqual([String(adopted), real].toSorted());
    expect(pilot.api.status().directory.groups).toBe(0);
    await page.getByRole('button', { name: 'Purge practice people…' }).click();
    await dialog.getByRole('heading', { name: 'Nothing to purge' }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  test('its people are counted once for each question, whatever calls come, and no further when nobody waits', async () => {
    const { page } = window;
    const { pilot } = host;
    await field('People').fill('1');
    await field('Groups').fill('0');
    await field('Seed').fill('98');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    // The end of an earlier run may be on screen.
    await page.getByText('Seed 98 was played already').waitFor();
    let counted = 0;
    let answered = () => {};
    const asked = new Promise<void>((resolve) => {
      answered = resolve;
    });
    await page.route('**/api/practice.records*', async (route) => {
      counted += 1;
      if (counted > 1) return route.continue();
      await asked;
      await route.abort();
    });
    const dropped: string[] = [];
    page.on('requestfailed', (request) => dropped.push(request.url()));
    await page.getByRole('button', { name: 'Purge practice people…' }).click();
    await expect.poll(() => counted).toBe(1);
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await expect.poll(() => dropped).toContainEqual(expect.stringContaining('/api/practice.records'));
    answered();
    await page.getByRole('link', { name: 'Practice', exact: true }).click();
    await page.getByRole('button', { name: 'Purge practice people…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: /^Purge \d+ practice user/ }).waitFor();
    expect(counted).toBe(2);
    await pilot.request('GET', '/Users/nobody');
    // Until the window has been told of it, and has done what it does about it.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(counted).toBe(2);
    await pilot.api.practice.purge();
    await dialog.getByRole('button', { name: /^Purge \d/ }).click();
    await page.getByRole('status').getByText('Nothing was left to purge').waitFor();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Purge practice people…' }).click();
    await dialog.getByText('can be purged one by one in Directory').waitFor();
  });

  test('numbers that make no sense are said to, and begin nothing', async () => {
    const { page } = window;
    await field('People').fill('0');
    await page.getByText('1 to 10,000').waitFor();
    const run = page.getByRole('button', { name: 'Run', exact: true });
    expect(await run.getAttribute('aria-disabled')).toBe('true');
  });

  test('a low window folds the fault lab for the results of a run, and shows it when asked', async () => {
    const low = await host.open({ viewport: { width: 1000, height: 640 } });
    const { page } = low;
    await page.getByRole('link', { name: 'Practice', exact: true }).click();
    const calls = page.getByRole('region', { name: 'Latest calls' });
    const heightOf = async () => (await calls.boundingBox())?.height ?? 0;
    const switchOn = page.getByRole('button', { name: 'Switch on' });
    await calls.waitFor();
    expect(await switchOn.isVisible()).toBe(false);
    // Its head and at least four calls.
    expect(await heightOf()).toBeGreaterThanOrEqual(28 + 4 * 32);
    expect(await breachesOf(page)).toEqual([]);
    await page.getByRole('heading', { name: 'Fault lab' }).click();
    await switchOn.waitFor();
    // There is no room for both: the screen is scrolled.
    expect(await heightOf()).toBeGreaterThanOrEqual(28 + 4 * 32);
    await calls.getByRole('row').nth(4).scrollIntoViewIfNeeded();
    expect(await breachesOf(page)).toEqual([]);
    expect(low.complaints).toEqual([]);
    await low.context.close();
  });

  test.each(['light', 'dark'] as const)('has no breach of accessibility rules in %s', async (colorScheme) => {
    const own = await host.open({ colorScheme });
    await own.page.getByRole('link', { name: 'Practice', exact: true }).click();
    await own.page.getByRole('table', { name: 'Calls of the run' }).waitFor();
    expect(await breachesOf(own.page)).toEqual([]);
    expect(own.complaints).toEqual([]);
    await own.context.close();
  });
});
