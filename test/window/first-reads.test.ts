import { expect, test } from 'vitest';
import { testWindow, windowOfEachTest } from '../support/window.ts';

/** A call that comes while something is read for the first time: the answer under way knows nothing of it. */

const host = testWindow();
const window = windowOfEachTest(host, { at: 'Set-up' });

/** Lets a call come between the first answer to `path` and its arrival. */
async function meanwhile(path: string, call: () => Promise<unknown>): Promise<void> {
  let first = true;
  await window.page.route(`**/api/${path}*`, async (route) => {
    if (!first) return route.continue();
    first = false;
    const response = await route.fetch();
    await call();
    await expect.poll(() => host.pilot.api.feed.tally().then(({ position }) => position)).toBeGreaterThan(0);
    // Until the window has been told of it, and has done what it does about it.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.fulfill({ response });
  });
}

test('a list shows whom a call created meanwhile', async () => {
  const { page } = window;
  await meanwhile('directory.users', () =>
    host.pilot.request('POST', '/Users', { userName: 'aaron@fabrikvale.example', displayName: 'Aaron Newcomer' }),
  );
  await page.getByRole('link', { name: 'Directory' }).click();
  await page.getByRole('grid', { name: 'Users' }).getByText('Aaron Newcomer').waitFor({ timeout: 10_000 });
  await page.getByRole('tab', { name: 'Users 1' }).waitFor();
});

test('the counts of the feed have a call that failed meanwhile', async () => {
  const { page } = window;
  await meanwhile('feed.tally', () => host.pilot.request('GET', '/Users/nobody'));
  await page.getByRole('link', { name: 'Live feed' }).click();
  await page.getByRole('button', { name: /Failed\s*1/ }).waitFor({ timeout: 10_000 });
});
