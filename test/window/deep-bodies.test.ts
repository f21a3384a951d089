import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, expect, test, vi } from 'vitest';
import { testWindow, windowOfEachTest } from '../support/window.ts';

/** Bodies that nest as deep as they are long: of a stranger, and of a caller who knows the token. */

const nested = (before: string, levels: number, after: string) =>
  `{"userName":"deep","x":${before.repeat(levels)}1${after.repeat(levels)}}`;
const strangers = nested('[', 5_000, ']');
const callers = [nested('[', 120_000, ']'), nested('{"a":', 40_000, '}')];

const host = testWindow();
const window = windowOfEachTest(host);

beforeAll(async () => {
  const { pilot } = host;
  await pilot.request('POST', '/Users', strangers, { authorization: 'Bearer of-another-system' });
  for (const body of callers) await pilot.request('POST', '/Users', body);
  await vi.waitUntil(() => pilot.api.status().callsStored === 3, { interval: 5 });
}, 120_000);

async function feed() {
  const { page } = window;
  await page.goto(page.url().replace(/#.*/, '#/feed'));
  return page;
}

test('each such call opens, its body as it came', async () => {
  const page = await feed();
  const rows = page
    .getByRole('grid', { name: 'Provisioning calls' })
    .getByRole('row')
    .filter({ hasText: /refused|could not/i });
  await expect.poll(() => rows.count()).toBe(3);
  const detail = page.getByRole('complementary', { name: 'Call' });
  for (const row of await rows.all()) {
    await row.click();
    await detail.getByText('POST /Users').waitFor();
    await detail
      .getByRole('textbox', { name: /^Request/ })
      .getByText('{"userName":"deep","x":')
      .first()
      .waitFor();
  }
});

test('a support bundle is made, without these bodies', async () => {
  const page = await feed();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Make a support bundle…' }).click();
  await page.getByText('3 bodies that are no whole JSON will be left out.').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save redacted' }).click(),
  ]);
  const calls = strFromU8(
    unzipSync(new Uint8Array(readFileSync(await download.path())))['calls.ndjson'] ?? new Uint8Array(),
  );
  expect(
    calls
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).requestBody.text),
  ).toEqual([strangers, ...callers].map(({ length }) => `[left out: ${length} bytes that are no whole JSON]`));
});

test('a file that could not be made in the window is not laid at the pilot’s door', async () => {
  const page = await feed();
  await page.evaluate(() => {
    URL.createObjectURL = () => {
      throw new RangeError('Maximum call stack size exceeded');
    };
  });
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'Export calls…' }).click();
  await page.getByRole('button', { name: 'Save redacted' }).click();
  await page
    .getByRole('alert')
    .getByText(/^The file could not be made: .* Nothing was changed\.$/)
    .waitFor();
});
