import type { Locator } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { testWindow, windowOfEachTest } from '../support/window.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const person = (name: string, userName = `${name.toLowerCase().replaceAll(' ', '.')}@fabrikvale.example`) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
  userName,
  displayName: name,
  active: true,
  emails: [{ type: 'work', value: userName, primary: true }],
  [enterprise]: { department: 'Hydrology' },
});

const host = testWindow();
const window = windowOfEachTest(host, { at: 'Live feed', forgive: /^Failed to load resource/ });
let grid: Locator;

beforeEach(async () => {
  grid = window.page.getByRole('grid', { name: 'Provisioning calls' });
  // Rows, or the words that stand in their place: the feed has been read.
  await grid.getByRole('gridcell').first().waitFor();
});

const create = (name: string) => host.pilot.request('POST', '/Users', person(name));
const detail = () => window.page.getByRole('complementary', { name: 'Call' });

describe('live', () => {
  test('a call comes on screen by itself, newest on top', async () => {
    await create('Orla Brandt');
    await grid.getByText('Orla Brandt').waitFor();
    await create('Niamh Ruane');
    await grid.getByText('Niamh Ruane').waitFor();
    const rows = grid.getByRole('row').filter({ hasText: /Created/ });
    expect(await rows.first().textContent()).toContain('Niamh Ruane');
  });

  test('a refused call is marked, counted and found at the endpoint', async () => {
    await host.pilot.request('GET', '/Users', undefined, { authorization: 'Bearer wrong' });
    const row = grid.getByRole('row').filter({ hasText: 'Refused: another token' }).first();
    await row.getByRole('img', { name: 'Failed' }).waitFor();
    await window.page.getByRole('group', { name: /refused at Endpoint/ }).waitFor();
    await window.page.getByRole('link', { name: /1\s*failed, 1 h/ }).waitFor();
  });

  test('a burst arrives whole', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `Burst ${String(index).padStart(3, '0')}`);
    await Promise.all(names.map(create));
    await expect.poll(() => positionsOf(grid), { timeout: 5_000 }).toContain('Burst');
    const stored = (await host.pilot.api.feed.page({ before: null, limit: 1, query: '' })).stored;
    await window.page.getByText(`${stored} calls`, { exact: true }).waitFor();
    await expect.poll(() => grid.getAttribute('aria-rowcount').then(Number)).toBeGreaterThanOrEqual(stored + 2);
  });
});

async function positionsOf(place: Locator): Promise<string> {
  return (await place.getByRole('row').allTextContents()).join('\n');
}

describe('the detail', () => {
  test('shows request, answer and change, readable, beside the list', async () => {
    const { json } = await create('Tomás Ferreira');
    await host.pilot.request('PATCH', `/Users/${String(json.id)}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'Replace', path: 'title', value: 'Tide Analyst' }],
    });
    await grid.getByRole('row').filter({ hasText: 'Updated' }).filter({ hasText: 'Tomás Ferreira' }).first().click();
    await detail().getByRole('heading', { name: 'Updated Tomás Ferreira' }).waitFor();
    await detail().getByText('PATCH /Users/').waitFor();
    const request = detail().getByRole('textbox', { name: /Request/ });
    const answer = detail().getByRole('textbox', { name: /Answer/ });
    await request.getByText('"Tide Analyst"').waitFor();
    expect(await request.locator('.cm-line').first().textContent()).toBe('{');
    await answer.getByText('"displayName"').waitFor();
    expect(await detail().textContent()).toMatch(/titlenot set\s→\sTide Analyst/);
    await detail().getByText('Headers').click();
    await detail().getByText('content-type').first().waitFor();
    expect(await detail().textContent()).not.toContain(host.pilot.token);
    const [list, pane] = [await grid.boundingBox(), await detail().boundingBox()];
    expect(pane?.x).toBeGreaterThanOrEqual((list?.x ?? 0) + (list?.width ?? 0));
    expect(pane?.width).toBe(448);
  });

  test('of an answer whose record was purged: that it is no longer kept', async () => {
    const { json } = await create('Aled Pryce');
    await host.pilot.api.directory.purge('User', String(json.id));
    await grid.getByRole('row').filter({ hasText: 'Created' }).filter({ hasText: 'Aled Pryce' }).first().click();
    await detail().getByRole('heading', { name: 'Created Aled Pryce' }).waitFor();
    await detail().getByText('Aled Pryce was created. The record was purged since').waitFor();
    expect(await detail().getByRole('list', { name: 'The way of this call' }).textContent()).toMatch(
      /Directorystored$/,
    );
    await detail()
      .getByText(/sent, those of the answer are no longer kept/)
      .waitFor();
    await detail()
      .getByRole('region', { name: 'Answer, 201' })
      .getByText('This answer is no longer kept: a record that it showed was purged.')
      .waitFor();
    const sides = ['Request', 'Answer, 201'].map((name) => detail().getByRole('region', { name }).boundingBox());
    const [request, answer] = await Promise.all(sides);
    expect(answer?.x).toBeGreaterThanOrEqual((request?.x ?? 0) + (request?.width ?? 0));
    await detail()
      .getByRole('textbox', { name: /Request/ })
      .getByText('"Aled Pryce"')
      .waitFor();
  });

  test('of a refusal: the words without the code, and that nothing was stored', async () => {
    await create('Tomás Ferreira');
    const row = grid.getByRole('row').filter({ hasText: 'userName is taken' }).first();
    await row.click();
    await detail().getByText('nothing was stored').waitFor();
    await detail().getByText('refused, so nothing changed').waitFor();
    expect(await detail().getByRole('heading', { name: 'What happened' }).locator('..').textContent()).not.toContain(
      '[call',
    );
    await detail().getByRole('button', { name: 'Copy call code' }).click();
    const code = await window.page.evaluate(() => navigator.clipboard.readText());
    expect(window.page.url()).toContain(`#/feed/${code}`);
    await window.page.keyboard.press('ArrowRight');
    await row.getByRole('listitem').waitFor();
    expect(await breachesOf(window.page)).toEqual([]);
    await window.page.emulateMedia({ colorScheme: 'dark' });
    expect(await breachesOf(window.page)).toEqual([]);
  }, 180_000);

  test('of a refusal shows what was sent whole, however long', async () => {
    const userName = `${'long.'.repeat(30)}name@fabrikvale.example`;
    await host.pilot.request('POST', '/Users', person('Una Long', userName));
    await host.pilot.request('POST', '/Users', person('Una Long', userName));
    await grid.getByRole('row').filter({ hasText: 'userName is taken' }).filter({ hasText: 'Una Long' }).click();
    await detail().getByText('refused, so nothing changed').waitFor();
    const value = detail().getByRole('definition').getByText(userName, { exact: true }).first();
    const inside = await value.evaluate((text) => {
      const cell = text.closest('dd')?.getBoundingClientRect();
      const { right, height } = text.getBoundingClientRect();
      return cell !== undefined && right <= cell.right + 1 && height > 30;
    });
    expect(inside).toBe(true);
  });
});

describe('by keyboard', () => {
  test('j and k walk, Enter opens, the detail follows, Esc closes', async () => {
    await create('Henrik Solberg');
    await create('Priya Raman');
    await grid.getByText('Priya Raman').waitFor();
    const { keyboard } = window.page;
    await keyboard.press('j');
    await keyboard.press('Enter');
    await detail()
      .getByRole('heading', { name: /Priya Raman/ })
      .waitFor();
    await keyboard.press('j');
    await detail()
      .getByRole('heading', { name: /Henrik Solberg/ })
      .waitFor();
    await keyboard.press('k');
    await detail()
      .getByRole('heading', { name: /Priya Raman/ })
      .waitFor();
    await keyboard.press('Escape');
    await detail().waitFor({ state: 'detached' });
    await keyboard.press('/');
    expect(await window.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Filter');
  });

  test('Space holds the list and lets it go', async () => {
    await window.page.keyboard.press(' ');
    await create('Leila Haddad');
    await window.page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await grid.getByText('Leila Haddad').count()).toBe(0);
    await window.page.getByText('Paused', { exact: true }).waitFor();
    await window.page.keyboard.press(' ');
    await grid.getByText('Leila Haddad').waitFor();
  });

  test('a chosen row keeps its place while calls come in', async () => {
    // Bands come with an answer of their own.
    await grid.getByText('Other calls').first().waitFor();
    await window.page.keyboard.press('j');
    const chosen = grid.getByRole('row', { selected: true });
    const [before, words] = [await chosen.boundingBox(), await chosen.textContent()];
    await create('Rosa Vidal');
    await create('Sami Karppinen');
    const pill = window.page.getByRole('button', { name: '2 new' });
    await pill.waitFor();
    expect([await chosen.boundingBox(), await chosen.textContent()]).toEqual([before, words]);
    await pill.click();
    await grid.getByText('Sami Karppinen').waitFor();
  });
});

describe('actions', () => {
  const sync = async (name: string) => {
    const { userName } = person(name);
    await host.pilot.request('GET', `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
    return create(name);
  };
  const rowOf = (name: string) => grid.getByRole('row').filter({ hasText: name });

  test('two users who are provisioned at once are a row each, which opens into its calls', async () => {
    const [ada, alan] = ['Ada Lovelace', 'Alan Turing'];
    for (const name of [ada, alan]) {
      const { userName } = person(name);
      await host.pilot.request('GET', `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`);
    }
    await grid.getByText('not found').first().waitFor();
    for (const name of [ada, alan]) await create(name);
    await rowOf(alan).filter({ hasText: 'Created' }).waitFor();
    expect([await rowOf(ada).count(), await rowOf(alan).count()]).toEqual([1, 1]);
    await rowOf(ada).getByRole('button', { name: 'Show its calls' }).click();
    const calls = rowOf(ada).getByRole('listitem');
    await expect
      .poll(() => calls.allTextContents())
      .toMatchObject([
        expect.stringMatching(/^GET.*ada\.lovelace.*200, none/),
        expect.stringMatching(/^POST\/Users201/),
      ]);
    await calls.first().click();
    await detail().getByRole('heading', { name: 'Looked for ada.lovelace@fabrikvale.example' }).waitFor();
    // From the call at the right, keys go on through the open action, and close it.
    await window.page.keyboard.press('j');
    await detail()
      .getByRole('heading', { name: `Created ${ada}` })
      .waitFor();
    await window.page.keyboard.press('ArrowLeft');
    await expect.poll(() => calls.count()).toBe(0);
  });

  test('a switch shows plain calls, and is remembered', async () => {
    await sync('Grace Hopper');
    await rowOf('Grace Hopper').waitFor();
    await window.page.getByRole('tab', { name: 'Calls' }).click();
    await expect.poll(() => rowOf('grace.hopper@').count()).toBe(1);
    await rowOf('Grace Hopper').getByText('201').waitFor();
    await window.page.reload();
    await rowOf('Grace Hopper').getByText('201').waitFor();
    await window.page.getByRole('tab', { name: 'Actions' }).click();
    await expect.poll(() => rowOf('grace.hopper@').count()).toBe(0);
  });

  test('columns and row height are the reader’s choice; P pins on top', async () => {
    await sync('Edsger Dijkstra');
    await rowOf('Edsger Dijkstra').waitFor();
    const { page } = window;
    await page.getByRole('button', { name: 'Columns and row height' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Call code' }).click();
    await page.getByRole('menuitemradio', { name: 'Compact' }).click();
    await page.keyboard.press('Escape');
    await grid.getByRole('columnheader', { name: 'Call', exact: true }).waitFor();
    // Plain calls always have a status and never a number: nothing to choose there.
    await page.getByRole('tab', { name: 'Calls' }).click();
    await page.getByRole('button', { name: 'Columns and row height' }).click();
    expect(await page.getByRole('menuitemcheckbox').allInnerTexts()).toEqual(['Call code', 'Milliseconds']);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Actions' }).click();
    expect((await rowOf('Edsger Dijkstra').boundingBox())?.height).toBe(26);
    await page.keyboard.press('j');
    await page.keyboard.press('p');
    await page.keyboard.press('Escape');
    await sync('Barbara Liskov');
    await rowOf('Barbara Liskov').waitFor();
    const rows = await grid.getByRole('row').allTextContents();
    const place = (text: string) => rows.findIndex((row) => row.includes(text));
    expect(place('Pinned')).toBeLessThan(place('Edsger Dijkstra'));
    expect(place('Edsger Dijkstra')).toBeLessThan(place('Barbara Liskov'));
  });
});

describe('narrowing', () => {
  test('Failed shows failures only; Hide probes hides the connection test', async () => {
    await host.pilot.request('GET', '/Users?filter=userName+eq+%22a1b2c3d4-7d42-4c8e-9f6a-5b0f3c1e7d42%22');
    await grid.getByText('Tested the connection').first().waitFor();
    await window.page.getByRole('button', { name: 'Hide probes' }).click();
    await expect.poll(() => grid.getByText('Tested the connection').count()).toBe(0);
    await window.page.getByRole('button', { name: 'Failed' }).click();
    await expect.poll(async () => (await positionsOf(grid)).includes('Created')).toBe(false);
    await grid.getByRole('row').filter({ hasText: 'userName is taken' }).first().waitFor();
  });

  test('a call that the filter hides says so when it is opened from elsewhere, and can be listed', async () => {
    const { page } = window;
    await create('Hidden Heron');
    const { calls } = await host.pilot.api.feed.page({ before: null, limit: 1, query: '' });
    await host.pilot.request('GET', '/Users/listed-one');
    await page.getByRole('button', { name: 'Failed' }).click();
    await grid.getByText('Hidden Heron').waitFor({ state: 'detached' });
    await page.goto(page.url().replace(/#.*/, `#/feed/${calls[0]?.code}`));
    await detail().getByText('Not in the filtered list.').waitFor();
    expect(await breachesOf(page)).toEqual([]);
    await detail().getByRole('button', { name: 'Clear the filter' }).click();
    await grid.getByRole('row', { selected: true }).getByText('Hidden Heron').waitFor();
    expect(await detail().getByText('Not in the filtered list.').count()).toBe(0);
  });

  test('calls that a filter hid are not new when it is taken away', async () => {
    const failed = window.page.getByRole('button', { name: 'Failed' });
    await failed.click();
    await expect.poll(async () => (await positionsOf(grid)).includes('Created')).toBe(false);
    await window.page.keyboard.press('j');
    await failed.click();
    await grid.getByText('Sami Karppinen').waitFor();
    expect(await window.page.getByRole('button', { name: /new$/ }).count()).toBe(0);
  });
});

test('after a cut wire it says so, catches up without a gap, and doubles nothing', async () => {
  const { page } = window;
  await create('Before The Cut');
  await grid.getByText('Before The Cut').waitFor();
  host.drop();
  await page.getByText('Connection lost').waitFor();
  for (const name of ['Cut One', 'Cut Two', 'Cut Three']) await create(name);
  host.restore();
  await grid.getByText('Cut Three').waitFor({ timeout: 10_000 });
  await page.getByText('Connection lost').waitFor({ state: 'detached' });
  for (const name of ['Cut One', 'Cut Two', 'Cut Three', 'Before The Cut']) {
    expect(await grid.getByText(name, { exact: true }).count(), name).toBe(1);
  }
});

test('list and detail stand side by side at 1000 px, nothing scrolls sideways', async () => {
  const { page } = window;
  await page.setViewportSize({ width: 1000, height: 640 });
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await detail()
    .getByRole('textbox', { name: /Answer/ })
    .waitFor();
  const pane = await detail().boundingBox();
  expect([pane?.width, (pane?.x ?? 0) + (pane?.width ?? 0)]).toEqual([412, 1000]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1000);
  expect(await page.getByRole('navigation').boundingBox()).toMatchObject({ width: 48 });
});

describe('a call that is opened from elsewhere', () => {
  /** The chosen row, and whether all of it is in sight. */
  const chosen = () =>
    grid.locator('[aria-selected="true"]').evaluateAll((rows) =>
      rows.map((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        const list = row.closest('[role="grid"]')?.lastElementChild?.getBoundingClientRect();
        return {
          text: row.textContent,
          inSight: list !== undefined && top >= list.top - 1 && bottom <= list.bottom + 1,
        };
      }),
    );

  test('has its row in sight, though it is older than what is loaded, and keeps it when the list gets lower', async () => {
    const { page } = window;
    const id = String((await create('Early Bird')).json.id);
    for (let some = 0; some < 5; some++) {
      await Promise.all(Array.from({ length: 60 }, (_, index) => create(`After ${some}.${index}`)));
    }
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/directory/users/user-${id}`);
    const record = page.getByRole('complementary', { name: 'Record' });
    await record.getByRole('tab', { name: /History/ }).click();
    await record
      .getByRole('link', { name: /^Call / })
      .first()
      .click();
    await detail().getByRole('heading', { name: 'Created Early Bird' }).waitFor();
    const there = [{ text: expect.stringContaining('Early Bird'), inSight: true }];
    await expect.poll(chosen, { timeout: 10_000 }).toEqual(there);
    // The last row in sight.
    const row = grid.locator('[aria-selected="true"]');
    await row.hover();
    await page.mouse.wheel(0, -10_000);
    await expect.poll(() => row.count()).toBe(0);
    await grid.getByRole('row').filter({ hasText: 'After' }).last().waitFor();
    await page.keyboard.press('Escape');
    const last = await grid.evaluate((node) => {
      const list = node.lastElementChild?.getBoundingClientRect();
      const rows = [...node.querySelectorAll<HTMLElement>('[role="row"]')];
      return rows.findLast((one) => one.getBoundingClientRect().bottom <= (list?.bottom ?? 0))?.id ?? '';
    });
    await page.locator(`[id="${last}"]`).click();
    await expect.poll(chosen).toMatchObject([{ inSight: true }]);
    await page.setViewportSize({ width: 1280, height: 700 });
    await expect.poll(chosen).toMatchObject([{ inSight: true }]);
  });
});
