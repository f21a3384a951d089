import { describe, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { testWindow, windowOfEachTest } from '../support/window.ts';

const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const host = testWindow();
const window = windowOfEachTest(host, { at: 'Directory' });
let made = 0;

async function createUser(name: string): Promise<string> {
  const body = { userName: `user${made++}@fabrikvale.example`, displayName: name, active: true };
  return String((await host.pilot.request('POST', '/Users', body)).json.id);
}

const patch = (path: string, operations: unknown[]) =>
  host.pilot.request('PATCH', path, { schemas: [patchOp], Operations: operations });

const record = () => window.page.getByRole('complementary', { name: 'Record' });

async function open(what: string): Promise<void> {
  await window.page.evaluate((hash) => {
    location.hash = hash;
  }, `#/directory/${what}`);
  await record().getByRole('tab', { name: 'Profile' }).waitFor();
}

describe("a record's history", () => {
  test('of more than 200 changes says so, and shows older ones down to the first, each in its place', async () => {
    const { page } = window;
    const id = await createUser('Busy Bee');
    const path = `/Users/${id}`;
    for (let n = 0; n < 420; n++) await patch(path, [{ op: 'Replace', path: 'title', value: `Title ${n}` }]);
    await open(`users/user-${id}`);
    await record().getByText('the last 5 of more than 200').waitFor();
    await record().getByRole('tab', { name: 'History 200+' }).click();
    await record().getByText('These are the newest 200.').waitFor();
    const lines = record().getByRole('region', { name: 'History' }).getByRole('listitem');
    expect(await lines.count()).toBe(200);
    const older = record().getByRole('button', { name: 'Show older' });
    await older.focus();
    const place = () => lines.nth(199).evaluate((node) => node.getBoundingClientRect().top);
    const before = await place();
    await page.keyboard.press('Enter');
    await record().getByText('These are the newest 400.').waitFor();
    expect(await lines.count()).toBe(400);
    expect(await place()).toBe(before);
    await lines.filter({ hasText: 'Title 20 → Title 21' }).waitFor();
    // What comes meanwhile takes its place above, and leaves no gap below.
    await patch(path, [{ op: 'Replace', path: 'title', value: 'Title 420' }]);
    await lines.filter({ hasText: 'Title 419 → Title 420' }).waitFor();
    await older.click();
    await older.waitFor({ state: 'detached' });
    expect(await lines.count()).toBe(422);
    const titles = await lines.evaluateAll((all) =>
      all.flatMap((one) => one.querySelector('bdi:last-child')?.textContent ?? []),
    );
    expect(titles).toEqual(Array.from({ length: 421 }, (_, n) => `Title ${420 - n}`));
    expect(await lines.last().textContent()).toContain('Created');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('LI');
    expect(await page.getByRole('status').allTextContents()).toContain('22 older changes shown');
    expect(await breachesOf(page)).toEqual([]);
    // Nothing of it is asked for once it is gone: a browser would log the refusal.
    await record().getByRole('button', { name: 'Purge Busy Bee…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Purge Busy Bee' }).click();
    await record().waitFor({ state: 'detached' });
  });

  test('of values too long for a line shows them whole, and keeps names in their own direction', async () => {
    const { page } = window;
    const long = `${'long'.repeat(40)}@fabrikvale.example`;
    const id = await createUser('Long Mail');
    const path = `/Users/${id}`;
    await patch(path, [{ op: 'Add', path: 'emails[type eq "work"].value', value: `old${long}` }]);
    await patch(path, [{ op: 'Replace', path: 'emails[type eq "work"].value', value: `new${long}` }]);
    const { json } = await host.pilot.request('POST', '/Groups', { displayName: 'Two scripts' });
    const members = [{ value: await createUser('سامي الفارسي') }, { value: await createUser('Orla Brandt') }];
    await patch(`/Groups/${json.id}`, [{ op: 'Add', path: 'members', value: members }]);
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 1000, height: 640 },
    ]) {
      await page.setViewportSize(viewport);
      await open(`users/user-${id}`);
      await record()
        .getByRole('tab', { name: /History/ })
        .click();
      const line = record().getByRole('listitem').first();
      await line.getByText(`new${long}`, { exact: true }).waitFor();
      const cut = await line.evaluate((node) =>
        [node, ...node.querySelectorAll('*')].some(
          (one) => one.scrollWidth > Math.max(one.clientWidth, 1) + 1 && one.clientWidth > 0,
        ),
      );
      expect(cut).toBe(false);
      await line.getByRole('link', { name: /^Call / }).click();
      const call = page.getByRole('complementary', { name: 'Call' });
      const value = call.getByText(`new${long}`, { exact: true }).first();
      const inside = await value.evaluate((node) => {
        const pane = node.closest('aside')?.getBoundingClientRect().right ?? 0;
        return node.getBoundingClientRect().right <= pane && node.getBoundingClientRect().height > 30;
      });
      expect(inside).toBe(true);
    }
    await open(`groups/group-${json.id}`);
    await record()
      .getByRole('tab', { name: /History/ })
      .click();
    expect(await record().getByRole('listitem').first().locator('bdi').allTextContents()).toEqual([
      'سامي الفارسي',
      'Orla Brandt',
    ]);
  });

  test('names the groups that a user left and came back to, here and in the call', async () => {
    const { page } = window;
    const id = await createUser('Petra Vale');
    const members = [{ value: id }];
    for (const displayName of ['SG-Engineering', 'SG-Harbour']) {
      await host.pilot.request('POST', '/Groups', { displayName, members });
    }
    await host.pilot.request('DELETE', `/Users/${id}`);
    await host.pilot.api.directory.restore('User', id);
    await open(`users/user-${id}`);
    await record().getByText('changes by hand have no call').waitFor();
    const lines = record().getByRole('region', { name: 'History' }).getByRole('listitem');
    await lines.filter({ hasText: /Restored by hand groups \+ SG-Engineering, SG-Harbour$/ }).waitFor();
    const deleted = lines.filter({ hasText: /Deleted groups − SG-Engineering, SG-Harbour/ });
    await deleted.getByRole('link', { name: /^Call / }).click();
    const call = page.getByRole('complementary', { name: 'Call' });
    await call.getByText('is kept in the archive (2 groups left).').waitFor();
    await call.getByRole('img', { name: 'groups left' }).waitFor();
    await call.getByText('SG-Harbour', { exact: true }).waitFor();
    expect(await call.getByText('"display"').count()).toBe(0);
  });

  test('unfolds what an edit by hand changed, and who joined', async () => {
    const id = await createUser('Many Changes');
    const paths = ['title', 'nickName', 'userType', 'locale', 'preferredLanguage', 'timezone'];
    await host.pilot.api.directory.editUser(
      id,
      paths.map((path) => ({ path, value: `new ${path}` })),
    );
    await open(`users/user-${id}`);
    const history = record().getByRole('region', { name: 'History' });
    const more = history.getByRole('button', { name: 'and 2 more' });
    await more.focus();
    await window.page.keyboard.press('Enter');
    for (const path of paths) await history.getByText(`new ${path}`, { exact: true }).waitFor();
    const { json } = await host.pilot.request('POST', '/Groups', { displayName: 'Six' });
    const people: string[] = [];
    for (let n = 0; n < 6; n++) people.push(await createUser(`Person ${n}`));
    await host.pilot.api.directory.editGroup(String(json.id), { displayName: null, add: people, remove: [] });
    await open(`groups/group-${json.id}`);
    await record().getByText('changes by hand have no call').waitFor();
    await history.getByRole('button', { name: 'and 2 more' }).click();
    await history.getByText('Person 5', { exact: true }).waitFor();
    expect(await breachesOf(window.page)).toEqual([]);
  });
});
