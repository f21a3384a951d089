import { describe, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { testWindow, windowOfEachTest } from '../support/window.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const host = testWindow();
// A browser logs every refused request by itself.
const window = windowOfEachTest(host, { at: 'Directory', forgive: /409 \(Conflict\)|404 \(Not Found\)/ });
let made = 0;

async function createUser(name: string): Promise<string> {
  const { json } = await host.pilot.request('POST', '/Users', {
    userName: `user${made++}@fabrikvale.example`,
    displayName: name,
    title: 'Tide Analyst',
    active: true,
    [enterprise]: { department: 'Hydrology' },
  });
  return String(json.id);
}

async function createGroup(name: string, members: string[]): Promise<string> {
  const body = { displayName: name, members: members.map((value) => ({ value })) };
  return String((await host.pilot.request('POST', '/Groups', body)).json.id);
}

const record = () => window.page.getByRole('complementary', { name: 'Record' });
const dialog = () => window.page.getByRole('dialog');
const drift = () => record().getByRole('region', { name: 'Drift' });

async function open(type: 'user' | 'group', id: string, tab = `${type}s`): Promise<void> {
  await window.page.evaluate((hash) => {
    location.hash = hash;
  }, `#/directory/${tab}/${type}-${id}`);
  await record().getByRole('tab', { name: 'Profile' }).waitFor();
}

const hasFocus = (node: Element): boolean => node === document.activeElement;

/** Whether the whole refusal stands between the dialog's body and its buttons, and nothing covers it. */
const refusalStands = (): Promise<boolean> =>
  dialog()
    .getByRole('alert')
    .locator('p')
    .evaluate((words) => {
      const { left, top, bottom } = words.getBoundingClientRect();
      const at = (y: number) => words.contains(document.elementFromPoint(left + 40, y));
      return top > 0 && bottom < innerHeight && at(top + 2) && at(bottom - 2);
    });

/** Whether nothing around a text cuts it. */
function isWhole(text: Element): boolean {
  const { right, bottom } = text.getBoundingClientRect();
  for (let node: Element | null = text; node !== null && !node.matches('[role="table"]'); node = node.parentElement) {
    const box = node.getBoundingClientRect();
    if (box.right + 1 < right || box.bottom + 1 < bottom) return false;
  }
  return true;
}

/** The open record is told to be gone, and nothing of it is offered. */
async function gone(): Promise<void> {
  await record().getByText('This record is not stored here any more.').waitFor();
  expect(await record().getByRole('heading').count()).toBe(0);
  expect(await record().getByRole('button').allTextContents()).toEqual(['']);
}

/** Begins to look for a name in the record's pane; the answer tells whether it stood there at any moment since. */
function watchFor(name: string): () => Promise<boolean> {
  const begun = window.page.evaluate((text) => {
    const look = () => {
      const pane = document.querySelector('aside[aria-label="Record"]');
      if (pane?.textContent?.includes(text) === true) document.documentElement.dataset.seen = text;
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  }, name);
  return async () => {
    await begun;
    return window.page.evaluate((text) => document.documentElement.dataset.seen === text, name);
  };
}

async function accessible(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.page.emulateMedia({ colorScheme });
    expect(await breachesOf(window.page)).toEqual([]);
  }
}

describe('editing by hand', () => {
  test('warns, changes what was typed, shows the drift, and puts back what Azure sent', async () => {
    const { page } = window;
    const id = await createUser('Orla Brandt');
    await open('user', id);
    await record().getByRole('button', { name: 'Edit by hand…' }).click();
    await dialog().getByText('Entra never notices a change made here').waitFor();
    const change = dialog().getByRole('button', { name: /by hand$/ });
    expect(await change.isDisabled()).toBe(true);
    expect(await dialog().getByRole('textbox', { name: 'userName' }).evaluate(hasFocus)).toBe(true);
    await dialog().getByRole('textbox', { name: 'title', exact: true }).fill('Harbour Master');
    await dialog()
      .getByRole('textbox', { name: `${enterprise}:department` })
      .fill('');
    await accessible();
    await dialog().getByRole('button', { name: 'Change 2 attributes by hand' }).click();
    await dialog().waitFor({ state: 'detached' });
    const title = drift().getByRole('row').filter({ hasText: 'title' });
    await title.getByText('Harbour Master').waitFor();
    expect(await title.textContent()).toContain('Tide Analyst');
    expect(await title.getByRole('link', { name: /^Call / }).count()).toBe(1);
    expect(await drift().getByRole('row').filter({ hasText: 'department' }).textContent()).toContain('removed');
    await page.getByRole('grid', { name: 'Users' }).getByRole('img', { name: 'differs from Azure' }).waitFor();
    await accessible();
    await page.getByRole('tab', { name: 'Drifted 1' }).click();
    await page.getByRole('grid', { name: 'Users' }).getByText('Orla Brandt').click();
    await drift().getByRole('button', { name: 'Put back what Azure sent' }).click();
    await drift().waitFor({ state: 'detached' });
    expect(await record().evaluate(hasFocus)).toBe(true);
    await record().getByRole('cell', { name: 'Tide Analyst' }).waitFor();
    expect((await host.pilot.request('GET', `/Users/${id}`)).json.title).toBe('Tide Analyst');
    // As it should be: no rows to come, and nothing to do.
    await page.getByRole('heading', { name: 'No user has drifted' }).waitFor();
    await page.getByText('Drift is what differs between a record here and what Azure last sent of it').waitFor();
    expect(await page.getByRole('button', { name: 'See what to give Azure' }).count()).toBe(0);
  });

  test('shows both sides of a drift whole: they may differ at their ends only', async () => {
    const { page } = window;
    const long = `Head of ${'Coastal and Estuary '.repeat(8)}Survey`;
    const id = await createUser('Wide Title');
    await host.pilot.request('PATCH', `/Users/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'Replace', path: 'title', value: `${long} (north)` }],
    });
    await host.pilot.api.directory.editUser(id, [{ path: 'title', value: `${long} (south)` }]);
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 1000, height: 640 },
    ]) {
      await page.setViewportSize(viewport);
      await open('user', id);
      const row = drift().getByRole('row').filter({ hasText: 'title' });
      for (const end of ['(north)', '(south)']) {
        const value = row.getByText(`${long} ${end}`, { exact: true });
        await value.waitFor();
        expect(await value.evaluate(isWhole)).toBe(true);
      }
    }
    await accessible();
  });

  test('shows a long value of the profile whole', async () => {
    const id = await createUser('Wide Profile');
    const long = `Keeper of ${'the tide gauges and '.repeat(8)}their logs`;
    await host.pilot.request('PATCH', `/Users/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'Replace', path: 'title', value: long }],
    });
    await open('user', id);
    const value = record().getByRole('table', { name: 'Profile' }).getByText(long, { exact: true });
    await value.waitFor();
    expect(await value.evaluate(isWhole)).toBe(true);
  });

  test('takes a manager from among those who are here, by name, and shows the name before the id', async () => {
    const { page } = window;
    const [boss, next] = [await createUser('Margit Chief'), await createUser('Nadia Next')];
    const id = await createUser('Rita Report');
    const path = `${enterprise}:manager`;
    await host.pilot.request('PATCH', `/Users/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'Add', path, value: boss }],
    });
    await open('user', id);
    const inProfile = record().getByRole('table', { name: 'Profile' }).getByRole('row').filter({ hasText: boss });
    await inProfile.getByRole('link', { name: 'Margit Chief' }).waitFor();
    await record().getByRole('button', { name: 'Edit by hand…' }).click();
    expect(await dialog().getByRole('textbox', { name: path }).count()).toBe(0);
    const search = dialog().getByRole('searchbox', { name: 'Choose a manager' });
    await search.fill('someone who never was');
    await dialog().getByText('Nobody else here matches.').waitFor();
    const change = dialog().getByRole('button', { name: /by hand$/ });
    expect(await change.isDisabled()).toBe(true);
    await dialog().getByRole('button', { name: 'Clear the manager' }).click();
    expect(await search.evaluate(hasFocus)).toBe(true);
    // By userName as well.
    await search.fill(`user${made - 2}@`);
    await dialog().getByRole('button', { name: 'Choose Nadia Next as the manager' }).click();
    expect(await search.evaluate(hasFocus)).toBe(true);
    await dialog().getByText(next, { exact: true }).waitFor();
    await accessible();
    await change.click();
    const row = drift().getByRole('row').filter({ hasText: 'manager' });
    await row.getByText('Margit Chief').waitFor();
    await row.getByText('Nadia Next').waitFor();
    await accessible();
    expect((await host.pilot.request('GET', `/Users/${id}`)).json[enterprise]).toMatchObject({
      manager: { value: next },
    });
    await record()
      .getByRole('tab', { name: /History/ })
      .click();
    expect(await record().getByRole('listitem').first().textContent()).toMatch(
      new RegExp(`Margit Chief ${boss}\\s→ Nadia Next ${next}$`),
    );
    await accessible();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('says what was refused, and by keyboard alone leaves all as it was', async () => {
    const { page } = window;
    await createUser('Taken Name');
    const id = await createUser('Leila Haddad');
    await open('user', id);
    const button = record().getByRole('button', { name: 'Edit by hand…' });
    await button.focus();
    await page.keyboard.press('Enter');
    await dialog()
      .getByRole('textbox', { name: 'userName' })
      .fill(`user${made - 2}@fabrikvale.example`);
    await dialog().getByRole('button', { name: 'Change 1 attribute by hand' }).click();
    await dialog().getByRole('alert').getByText('"Taken Name"').waitFor();
    expect(await refusalStands()).toBe(true);
    await accessible();
    await page.setViewportSize({ width: 1000, height: 640 });
    expect(await refusalStands()).toBe(true);
    // Blanks are no value, and no change where there was none.
    await dialog().getByRole('textbox', { name: 'preferredLanguage' }).fill('   ');
    await dialog().getByRole('textbox', { name: 'userName' }).fill(' ');
    await dialog().getByRole('textbox', { name: 'displayName', exact: true }).fill(' L. Haddad ');
    await dialog().getByRole('button', { name: 'Change 2 attributes by hand' }).click();
    await dialog()
      .getByRole('alert')
      .getByText("userName is required and can't be removed.", { exact: true })
      .waitFor();
    expect(window.complaints.splice(0).at(-1)).toContain('400');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(await button.evaluate(hasFocus)).toBe(true);
    expect(await record().getByRole('heading', { name: 'Leila Haddad' }).count()).toBe(1);
  });

  test('says what was refused of a group with many members', async () => {
    const members = await Promise.all(Array.from({ length: 40 }, (_, n) => createUser(`Member ${n}`)));
    const group = await createGroup('Full Crew', members);
    await open('group', group);
    await record().getByRole('button', { name: 'Edit by hand…' }).click();
    await dialog().getByRole('textbox', { name: 'displayName' }).fill('Other Crew');
    await host.pilot.request('DELETE', `/Groups/${group}`);
    await dialog()
      .getByRole('button', { name: /^Change Full Crew/ })
      .click();
    await dialog().getByRole('alert').locator('p').waitFor();
    expect(await refusalStands()).toBe(true);
  });

  test('is seen in another window that is open, in its list and its count too', async () => {
    const id = await createUser('Imke Feldmann');
    const other = await host.open();
    try {
      await other.page.getByRole('link', { name: 'Directory', exact: true }).click();
      await other.page.getByRole('grid', { name: 'Users' }).getByText('Imke Feldmann').click();
      const { users, groups } = await host.pilot.api.directory.drifted();
      const there = other.page.getByRole('complementary', { name: 'Record' });
      await there.getByRole('button', { name: 'Archive by hand' }).waitFor();
      await open('user', id);
      await record().getByRole('button', { name: 'Archive by hand' }).click();
      await there.getByRole('region', { name: 'Drift' }).getByRole('row').filter({ hasText: 'active' }).waitFor();
      await other.page.getByRole('tab', { name: `Drifted ${users + groups + 1}` }).waitFor();
      await record().getByRole('button', { name: 'Put back what Azure sent' }).click();
      await there.getByRole('region', { name: 'Drift' }).waitFor({ state: 'detached' });
      expect(other.complaints).toEqual([]);
    } finally {
      await other.context.close();
    }
  });

  test('archives and reactivates', async () => {
    await open('user', await createUser('Jonas Lindqvist'));
    await record().getByRole('button', { name: 'Archive by hand' }).click();
    await drift().getByRole('row').filter({ hasText: 'active' }).waitFor();
    // Told to those who see as well, at the foot of the window, and no longer than it is news.
    const said = window.page.getByText('Archived Jonas Lindqvist by hand');
    await said.waitFor();
    const box = await said.boundingBox();
    expect(box?.height).toBe(24);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(window.page.viewportSize()?.height);
    await accessible();
    await said.waitFor({ state: 'detached' });
    await record().getByRole('button', { name: 'Reactivate by hand' }).click();
    await drift().waitFor({ state: 'detached' });
    await record().getByRole('tab', { name: 'History 3' }).click();
    await record().getByText('Archived by hand').waitFor();
  });

  test("changes a group's name and members", async () => {
    const [ann, bea] = [await createUser('Ann Adair'), await createUser('Bea Bell')];
    const group = await createGroup('Estuary Crew', [ann]);
    await open('group', group);
    await record().getByRole('button', { name: 'Edit by hand…' }).click();
    await dialog().getByRole('textbox', { name: 'displayName' }).fill('Estuary Team');
    await dialog().getByRole('searchbox', { name: 'Add a member' }).fill('bea');
    await dialog().getByRole('button', { name: 'Add Bea Bell' }).click();
    await dialog().getByRole('button', { name: 'Take out Ann Adair' }).click();
    await accessible();
    await dialog()
      .getByRole('button', { name: /^Change Estuary Crew/ })
      .click();
    await drift().getByRole('row').filter({ hasText: 'Estuary Team' }).waitFor();
    await drift().getByRole('row').filter({ hasText: 'Bea Bell' }).getByText('no member').waitFor();
    await drift().getByRole('row').filter({ hasText: 'Ann Adair' }).getByText('taken out').waitFor();
    const { members } = (await host.pilot.request('GET', `/Groups/${group}`)).json;
    expect(members).toMatchObject([{ value: bea }]);
  });
});

describe('what was deleted', () => {
  test('is restored under its id; groups that could not take the user back are named', async () => {
    const id = await createUser('Pavel Horák');
    const [crew, team] = [await createGroup('Crew', [id]), await createGroup('Old team', [id])];
    await host.pilot.api.directory.editUser(id, [{ path: 'title', value: 'Harbour Master' }]);
    await host.pilot.request('DELETE', `/Users/${id}`);
    await host.pilot.request('DELETE', `/Groups/${team}`);
    await open('user', id, 'archived');
    await record().getByRole('button', { name: 'Restore' }).click();
    await record().getByText('Old team (deleted since)').waitFor();
    expect(await record().evaluate(hasFocus)).toBe(true);
    await drift().getByRole('heading', { name: 'Azure deleted this record' }).waitFor();
    await drift().getByText('and differs from what Azure sent before').waitFor();
    const title = drift().getByRole('row').filter({ hasText: 'title' });
    expect(await title.textContent()).toContain('Harbour Master');
    await accessible();
    expect((await host.pilot.request('GET', `/Users/${id}`)).json.groups).toMatchObject([{ value: crew }]);
    await drift().getByRole('button', { name: 'Delete Pavel Horák again' }).click();
    await record().getByRole('button', { name: 'Restore' }).waitFor();
  });

  test('is not restored while its name is taken, and the pane says so', async () => {
    const id = await createUser('Niamh Ruane');
    await host.pilot.request('DELETE', `/Users/${id}`);
    await host.pilot.request('POST', '/Users', {
      userName: `user${made - 1}@fabrikvale.example`,
      displayName: 'Another Niamh',
    });
    await open('user', id, 'archived');
    await record().getByRole('button', { name: 'Restore' }).click();
    const purge = record().getByRole('button', { name: 'Purge Niamh Ruane…' });
    await record().getByRole('alert').getByText('"Another Niamh"').waitFor();
    expect(await purge.evaluate((node) => node.scrollWidth > node.clientWidth)).toBe(false);
  });
});

describe('purging', () => {
  test('asks first, saying what Azure will do, and tells Overview', async () => {
    const { page } = window;
    const id = await createUser('Quentin Achterberg');
    await open('user', id);
    await record().getByRole('button', { name: 'Purge Quentin Achterberg…' }).click();
    await dialog().getByText('Azure still knows this record by its id.').waitFor();
    await accessible();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    expect((await host.pilot.request('GET', `/Users/${id}`)).status).toBe(200);
    await record().getByRole('button', { name: 'Purge Quentin Achterberg…' }).click();
    await dialog().getByRole('button', { name: 'Purge Quentin Achterberg' }).click();
    await record().waitFor({ state: 'detached' });
    await expect.poll(() => page.getByRole('grid', { name: 'Users' }).getByText('Quentin').count()).toBe(0);
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('Azure still knows 1 purged record by id').waitFor();
    await accessible();
  });

  test('of what practice made says that Azure asks for it only once it has matched it', async () => {
    const { json } = await host.pilot.request(
      'POST',
      '/Users',
      { userName: 'practised@fabrikvale.example', displayName: 'Practised Only' },
      { 'user-agent': 'SCIM-Pilot-Simulator/1' },
    );
    await open('user', String(json.id));
    await record().getByRole('button', { name: 'Purge Practised Only…' }).click();
    await dialog()
      .getByText(/it asks for the id only if it has matched the record\. .* answered 404/)
      .waitFor();
    await dialog().getByRole('button', { name: 'Purge Practised Only' }).click();
    await record().waitFor({ state: 'detached' });
  });

  test('of all that is deleted names how many, at 1000 px too', async () => {
    const { page } = window;
    await page.setViewportSize({ width: 1000, height: 640 });
    await host.pilot.request('DELETE', `/Groups/${await createGroup('Gone group', [])}`);
    await page.getByRole('tab', { name: /^Archived/ }).click();
    await page.getByRole('button', { name: 'Purge deleted…' }).click();
    const button = dialog().getByRole('button', { name: /^Purge \d+ deleted users? and \d deleted groups?$/ });
    await button.click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Purge deleted…' }).waitFor({ state: 'detached' });
    expect(host.pilot.api.status().directory.deleted).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1000);
  });

  test('leaves nothing of a record to be read in the window, by its link, on the way back, or where it is open', async () => {
    const { page } = window;
    const first = await createUser('Ottoline Weir');
    await open('user', first);
    await record().getByRole('button', { name: 'Purge Ottoline Weir…' }).click();
    await dialog().getByRole('button', { name: 'Purge Ottoline Weir' }).click();
    await record().waitFor({ state: 'detached' });
    const seen = watchFor('Ottoline Weir');
    await page.goBack();
    await gone();
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/directory/users/user-${first}`);
    await gone();
    expect(await seen()).toBe(false);

    // Purged with others while it is open, and by another window.
    const second = await createUser('Peregrine Strand');
    await host.pilot.request('DELETE', `/Users/${second}`);
    await open('user', second, 'archived');
    await page.getByRole('button', { name: 'Purge deleted…' }).click();
    await dialog()
      .getByRole('button', { name: /^Purge \d+ deleted/ })
      .click();
    await dialog().waitFor({ state: 'detached' });
    await gone();
    const third = await createUser('Rosalind Ebb');
    await open('user', third);
    await host.pilot.api.directory.purge('User', third);
    await gone();
  });
});
