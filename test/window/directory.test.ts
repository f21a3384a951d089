import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { testWindow, windowOfEachTest } from '../support/window.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const host = testWindow({ publicOrigin: 'https://pilot.fabrikvale.example' });
const window = windowOfEachTest(host, { at: 'Directory' });
const ids = new Map<string, string>();

async function createUser(name: string, department: string | null = null): Promise<string> {
  const { json } = await host.pilot.request('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
    userName: `user${ids.size}@fabrikvale.example`,
    displayName: name,
    active: true,
    ...(department === null ? {} : { [enterprise]: { department } }),
  });
  ids.set(name, String(json.id));
  return String(json.id);
}

const patch = (path: string, operations: unknown[]) =>
  host.pilot.request('PATCH', path, { schemas: [patchOp], Operations: operations });

beforeAll(async () => {
  for (let index = 0; index < 230; index++) await createUser(`Member ${String(index).padStart(3, '0')}`);
  await createUser('Orla Brandt', 'Hydrology');
  await createUser('سامي الفارسي', 'Survey');
  await createUser('Jonas Lindqvist', 'Finance');
  await patch(`/Users/${ids.get('Jonas Lindqvist')}`, [{ op: 'Replace', path: 'active', value: 'False' }]);
  await patch(`/Users/${ids.get('Orla Brandt')}`, [{ op: 'Add', path: 'title', value: 'Tide Analyst' }]);
  await host.pilot.request('POST', '/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Coastal and Estuaries',
    members: [{ value: ids.get('Orla Brandt') }],
  });
  await host.pilot.request('POST', '/Users', { userName: 'user0@fabrikvale.example' });
}, 120_000);
beforeEach(() => window.page.getByRole('grid', { name: 'Users' }).waitFor());

const users = () => window.page.getByRole('grid', { name: 'Users' });
const record = () => window.page.getByRole('complementary', { name: 'Record' });

describe('the tables', () => {
  test('count, page on scrolling, and search on the server', async () => {
    const { page } = window;
    await page.getByRole('tab', { name: 'Users 233' }).waitFor();
    await users().getByText('Jonas Lindqvist').waitFor();
    await page.keyboard.press('End');
    await users().hover();
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 4_000);
        return users().getByText('سامي الفارسي').count();
      })
      .toBe(1);
    expect(await users().getAttribute('aria-rowcount')).toBe('234');
    await page.keyboard.press('/');
    await page.keyboard.type('orla');
    await expect.poll(() => users().getAttribute('aria-rowcount')).toBe('2');
    await users().getByText('Orla Brandt').waitFor();
    await page.getByRole('searchbox').fill('nobody at all');
    await page.getByRole('heading', { name: /Nothing matches/ }).waitFor();
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await users().getByText('Jonas Lindqvist').waitFor();
  });

  test('archived people have their own table', async () => {
    await window.page.getByRole('tab', { name: 'Archived 1' }).click();
    await users().getByText('Jonas Lindqvist').waitFor();
    expect(await users().getAttribute('aria-rowcount')).toBe('2');
  });

  test('a change is on screen without a reload', async () => {
    const id = await createUser('Aaron Newcomer');
    await users().getByText('Aaron Newcomer').waitFor();
    // The list is read anew meanwhile, and a click may fall where the row has just been.
    await expect
      .poll(
        async () => {
          await users().getByText('Aaron Newcomer').click();
          return record().getByRole('heading', { name: 'Aaron Newcomer' }).count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    await patch(`/Users/${id}`, [{ op: 'Add', path: 'title', value: 'Harbour Master' }]);
    await record().getByRole('cell', { name: 'Harbour Master' }).waitFor();
    await host.pilot.request('DELETE', `/Users/${id}`);
    await expect.poll(() => users().getByText('Aaron Newcomer').count()).toBe(0);
  });
});

describe('a record', () => {
  test('profile, groups, JSON, and a history that leads to its calls', async () => {
    const { page } = window;
    await page.getByRole('searchbox').fill('orla');
    await users().getByText('Orla Brandt').click();
    const row = record().getByRole('row').filter({ hasText: 'department' });
    expect(await row.textContent()).toContain('Hydrology');
    expect((await record().boundingBox())?.width).toBe(540);
    expect(await breachesOf(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await breachesOf(page)).toEqual([]);
    await record().getByRole('tab', { name: 'Groups 1' }).click();
    await record().getByRole('link', { name: 'Coastal and Estuaries' }).waitFor();
    await record().getByRole('tab', { name: 'JSON' }).click();
    await record().getByRole('textbox').getByText('"Tide Analyst"').waitFor();
    await record()
      .getByRole('tab', { name: /History/ })
      .click();
    await record().getByText('not set → Tide Analyst').waitFor();
    const link = record()
      .getByRole('link', { name: /^Call / })
      .first();
    const code = (await link.textContent()) ?? '';
    await link.click();
    await page.getByRole('complementary', { name: 'Call' }).getByText(code, { exact: true }).waitFor();
  });

  test('of a group: its members, by name', async () => {
    await window.page.getByRole('tab', { name: 'Groups 1' }).click();
    await window.page.getByRole('grid', { name: 'Groups' }).getByText('Coastal and Estuaries').click();
    await record().getByRole('tab', { name: 'Members 1' }).click();
    await record().getByRole('link', { name: 'Orla Brandt' }).click();
    await record().getByRole('heading', { name: 'Orla Brandt' }).waitFor();
  });

  test('by keyboard, and at 1000 px', async () => {
    const { page } = window;
    await page.setViewportSize({ width: 1000, height: 640 });
    await users().getByText('Jonas Lindqvist').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await record().getByRole('tab', { name: 'Profile' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1000);
    await page.keyboard.press('Escape');
    await record().waitFor({ state: 'detached' });
  });
});

describe('Overview', () => {
  test('says what failed and leads to the call', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('heading', { name: 'Azure cannot reach this pilot.' }).waitFor();
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      expect(await breachesOf(page)).toEqual([]);
    }
    expect(await page.getByRole('definition').allTextContents()).toContain('233');
    await page.getByRole('button', { name: /^See cause and cure: The user name/ }).click();
    const pane = page.getByRole('complementary', { name: 'Call' });
    await pane.getByText('409 uniqueness').waitFor();
    await page.getByText('pilot.fabrikvale.example/scim/v2', { exact: true }).waitFor();
  });

  test('counts the archived and the deleted as Directory does', async () => {
    const { page } = window;
    const gone = await createUser('Gone Before');
    const group = await host.pilot.request('POST', '/Groups', { displayName: 'Gone Group' });
    for (const path of [`/Users/${gone}`, `/Groups/${String(group.json.id)}`]) await host.pilot.request('DELETE', path);
    const { archived, deleted } = host.pilot.api.status().directory;
    const users = (await host.pilot.api.directory.users({ search: '', state: 'archived', after: null, limit: 1 }))
      .total;
    const groups = archived + deleted - users;
    await page.getByRole('link', { name: 'Overview' }).click();
    const terms = page.getByRole('term');
    await terms.filter({ hasText: `${archived} archived${users - archived} more deleted` }).waitFor();
    await terms.filter({ hasText: new RegExp(`memberships?${groups} more deleted`) }).waitFor();
    await page.getByRole('link', { name: 'Directory' }).click();
    await page.getByRole('tab', { name: `Archived ${archived + deleted}` }).click();
    await page.getByText(`${archived} archived, ${users - archived} deleted`, { exact: true }).waitFor();
    await page.setViewportSize({ width: 1000, height: 640 });
    await window.page.getByRole('grid', { name: 'Users' }).getByText('Gone Before').click();
    expect(await breachesOf(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Groups', exact: true }).click();
    await page.getByText(`${groups} deleted`, { exact: true }).waitFor();
  });
});
