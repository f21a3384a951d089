import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { testWindow, type WindowPage, windowOfEachTest } from '../support/window.ts';

const user = 'urn:ietf:params:scim:schemas:core:2.0:User';

const pilot = testWindow();
const window = windowOfEachTest(pilot);
/** Codes of a create, of the PATCH after it, and of a create whose body was cut. */
let created = '';
let patched = '';
let cut = '';

const newest = async () => {
  const { calls } = await pilot.pilot.api.feed.page({ before: null, limit: 1, query: '' });
  return calls[0]?.code ?? '';
};
async function call(method: string, path: string, body?: unknown) {
  const before = await newest();
  const answer = await pilot.pilot.request(method, path, body);
  await vi.waitUntil(async () => (await newest()) !== before, { interval: 5 });
  return { code: await newest(), id: answer.status < 300 ? String(answer.json.id) : '' };
}

beforeAll(async () => {
  const ada = await call('POST', '/Users', {
    schemas: [user],
    userName: 'ada@x.example',
    displayName: 'Ada Lovelace',
    title: 'Countess',
  });
  created = ada.code;
  patched = (
    await call('PATCH', `/Users/${ada.id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'Replace', path: 'title', value: 'Analyst' }],
    })
  ).code;
  cut = (await call('POST', '/Users', { schemas: [user], userName: 'bo@x.example', title: 'x'.repeat(300_000) })).code;
}, 120_000);

const to = async ({ page }: WindowPage, hash: string) => {
  await page.goto(page.url().replace(/#.*/, hash));
  return page;
};

/** In place of all that the editor in hand holds. */
async function paste(page: Page, text: string) {
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
}

test('R plays a call on a copy at once: then and now, why they differ, and nothing is stored', async () => {
  const { status } = pilot.pilot.api;
  const before = { users: status().directory.users, calls: status().callsStored };
  const page = await to(window, `#/feed/${created}`);
  await page.getByRole('toolbar', { name: 'This call' }).waitFor();
  await page.keyboard.press('r');
  await page.getByRole('heading', { name: `Replay call ${created}` }).waitFor();
  await page.getByText('Answered 409 uniqueness now, 201 then.').waitFor();
  await page.getByText(/The user was changed 1 time/).waitFor();
  await page.getByText('What this call created then is in the directory now.').waitFor();
  await page.getByLabel(`Original, call ${created}: answer`).getByText('"Countess"').waitFor();
  await page.getByLabel('Replayed, on a copy: answer').getByText('uniqueness').waitFor();
  await page.getByRole('tab', { name: 'Change' }).click();
  await page.getByText('Nothing changed.').waitFor();
  expect({ users: status().directory.users, calls: status().callsStored }).toEqual(before);
  await page.keyboard.press('Escape');
  await page.getByRole('complementary', { name: 'Call' }).waitFor();
});

test('E edits the request: a broken body is told with its place, and what is played is what stands there', async () => {
  const page = await to(window, `#/feed/${created}`);
  await page.getByRole('toolbar', { name: 'This call' }).getByRole('button', { name: 'Edit' }).click();
  const body = page.getByRole('textbox', { name: 'Body' });
  await body.click();
  await paste(page, '{\n  "userName": ada\n}');
  await page.getByRole('button', { name: 'line 2, column 15' }).click();
  await paste(page, JSON.stringify({ schemas: [user], userName: 'new@x.example', title: 'Sir' }));
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.getByText('Answered 201 as then, but with').waitFor();
  await page.getByRole('region', { name: 'What came of it' }).getByText('new@x.example').waitFor();
  await page.getByLabel('Path and query').fill('/scim/v2/Users?a b');
  await page.getByText('holds no spaces').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Play again' }).getAttribute('aria-disabled')).toBe('true');
  await page.getByLabel('Path and query').fill('/scim/v2/Nowhere');
  await page.getByRole('button', { name: 'Play again' }).click();
  await page.getByText('Answered 404 now, 201 then.').waitFor();
});

test('what is selected in the body is typed over, without a style that the policy forbids', async () => {
  const page = await to(window, `#/feed/${created}`);
  await page.getByRole('toolbar', { name: 'This call' }).getByRole('button', { name: 'Edit' }).click();
  const body = page.getByRole('textbox', { name: 'Body' });
  await body.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('{"a": 1}');
  await body.getByText('"a"').waitFor();
  await page.keyboard.press('ControlOrMeta+z');
  await body.getByText('"Countess"').waitFor();
});

test('a call of which not all was kept says why, and can be completed', async () => {
  const page = await to(window, `#/replay/${cut}`);
  await page.getByText('Only the beginning of its body was kept').waitFor();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Body' }).waitFor();
});

test('an answer that is no longer kept is not compared: the new one stands beside its place, unmarked', async () => {
  const gone = await call('POST', '/Users', { schemas: [user], userName: 'gone@x.example', displayName: 'Gone Soon' });
  await pilot.pilot.api.directory.purge('User', gone.id);
  const page = await to(window, `#/replay/${gone.code}`);
  await page.getByText('Answered 201 as then. The answer of then is no longer kept.').waitFor();
  await page.getByLabel('Replayed, on a copy: answer').getByText('"Gone Soon"').waitFor();
  await page.getByLabel(`Original, call ${gone.code}: answer`).getByText('(the body is no longer kept)').waitFor();
  expect(await page.locator('.cm-changedLine, .cm-deletedChunk, .cm-changedText').count()).toBe(0);
  expect(await breachesOf(page)).toEqual([]);
});

test('on the live directory it asks first, and is recorded as practice', async () => {
  const page = await to(window, `#/replay/${patched}`);
  await page.getByText('Answered 200 as then').waitFor();
  // What is the same on both sides is shown all the same.
  await page.getByRole('tab', { name: 'Request' }).click();
  await page.getByText('Both are the same.').waitFor();
  await page.getByLabel('Replayed, on a copy: request').getByText('"Analyst"').waitFor();
  await page.getByRole('tab', { name: 'Live directory' }).click();
  await page.getByText('the directory may then differ from').waitFor();
  await page.getByRole('button', { name: 'Play again' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Play on the live directory' }).click();
  await page.getByRole('link', { name: /^call / }).click();
  await page.getByRole('complementary', { name: 'Call' }).getByText('PATCH /Users/').waitFor();
  expect(await pilot.pilot.api.feed.call(await newest())).toMatchObject({ practice: true, via: 'local' });
});

test('D compares any two calls, C copies a command without the token', async () => {
  const page = await to(window, `#/feed/${created}`);
  const bar = page.getByRole('toolbar', { name: 'This call' });
  await bar.waitFor();
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Copy as cURL' }).waitFor();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('--header "Authorization: Bearer $SECRET_TOKEN"');
  await page.keyboard.press('d');
  await bar.getByRole('button', { name: 'Marked', pressed: true }).waitFor();
  await bar.getByText('Now open another call and press Compare there.').waitFor();
  await to(window, `#/feed/${patched}`);
  await bar.getByRole('button', { name: `Compare with ${created}` }).click();
  await page.getByRole('heading', { name: `Compare ${created} with ${patched}` }).waitFor();
  await page
    .getByLabel(/: request$/)
    .first()
    .getByText('POST /scim/v2/Users')
    .waitFor();
  await page
    .getByLabel(/: request$/)
    .last()
    .getByText(/PATCH \/scim\/v2\/Users\//)
    .waitFor();
  await page.getByRole('tab', { name: 'Change' }).click();
  await page.getByRole('region', { name: 'Changes' }).getByText('Analyst').waitFor();
  await page.getByRole('button', { name: 'Swap' }).click();
  await page.getByRole('heading', { name: `Compare ${patched} with ${created}` }).waitFor();
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test('no breach of accessibility rules', async () => {
    const own = await pilot.open({ colorScheme, viewport: { width: 1000, height: 640 } });
    const page = await to(own, `#/replay/${created}/edit`);
    await page.getByRole('textbox', { name: 'Body' }).waitFor();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByLabel('Replayed, on a copy: answer').getByText('uniqueness').waitFor();
    await page.getByRole('tab', { name: 'Live directory' }).click();
    expect(await breachesOf(page)).toEqual([]);
    await to(own, `#/compare/${created}/${patched}`);
    await page
      .getByLabel(/: request$/)
      .last()
      .waitFor();
    expect(await breachesOf(page)).toEqual([]);
    expect(own.complaints).toEqual([]);
    await own.context.close();
  });
});
