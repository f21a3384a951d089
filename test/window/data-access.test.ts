import { beforeAll, describe, expect, test, vi } from 'vitest';
import { breachesOf } from '../support/axe.ts';
import { callPublicly } from '../support/public-call.ts';
import { testWindow, type WindowPage, windowOfEachTest } from '../support/window.ts';

const host = 'pilot.fabrikvale.example';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const pilot = testWindow({ publicOrigin: `https://${host}` });
const window = windowOfEachTest(pilot);

const azure = (method: string, path: string, body?: unknown, token = pilot.pilot.token) =>
  callPublicly({
    port: pilot.pilot.port,
    host,
    token,
    method,
    path,
    body,
    headers: { 'x-forwarded-for': '192.0.2.7, 198.51.100.20' },
  });

beforeAll(async () => {
  for (const [userName, more] of [
    ['orla@x.example', { title: 'Engineer', nickName: 'Orli' }],
    ['ines@x.example', { [enterprise]: { department: 'Finance' }, emails: [{ type: 'work', value: 'i@x.example' }] }],
  ] as const) {
    await azure('POST', '/Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName, ...more });
  }
  const { rows } = await pilot.pilot.api.directory.users({ search: 'ines', state: 'current', after: null, limit: 1 });
  await azure('DELETE', `/Users/${rows[0]?.id}`);
  await azure('GET', '/Users', undefined, 'another-token-that-ends-in-x7Qd');
  pilot.pilot.api.practice.play('provision on demand');
  await vi.waitUntil(() => pilot.pilot.api.practice.run()?.running === false);
}, 120_000);

async function openPage({ page }: WindowPage) {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Data and access' }).click();
  await page.getByRole('heading', { name: 'Data and access' }).waitFor();
  return page;
}

describe('Data and access', () => {
  test('tells which attributes of how many records are held, deleted ones included and practice left out', async () => {
    const page = await openPage(window);
    await page.getByText('2 users (1 of them deleted) and 0 groups. 1 more record of practice').waitFor();
    const row = (path: string) => page.getByRole('row').filter({ has: page.getByText(path, { exact: true }) });
    const cells = (path: string) => row(path).getByRole('cell').allTextContents();
    expect(await cells('userName')).toEqual(['userPrincipalName', 'users', '2']);
    expect(await cells('title')).toEqual(['jobTitle', 'users', '1']);
    expect(await cells('nickName')).toEqual(['a mapping of your own', 'users', '1']);
    expect(await cells(`${enterprise}:department`)).toEqual(['department', 'users', '1']);
    expect(await cells('emails[type eq "work"].value')).toEqual(['mail', 'users', '1']);
  });

  test('tells the address, the folder, what is kept, and where calls came from', async () => {
    const page = await openPage(window);
    await page.getByText(`Azure calls https://${host}, which you run.`).waitFor();
    await page.getByText(/pilots\/pilot-/).waitFor();
    await page.getByText(/1 deleted record can still be read here/).waitFor();
    await page.getByText(/the newest 100,000/).waitFor();
    const source = page.getByRole('row').filter({ hasText: '198.51.100.20' }).getByRole('cell');
    expect((await source.allTextContents()).slice(0, 3)).toEqual(['the public address', '4', '1']);
  });

  test('prints itself alone, black on white, on as many sheets as it takes', async () => {
    const own = await pilot.open({ colorScheme: 'dark' });
    const page = await openPage(own);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Print' }).count()).toBe(0);
    const look = () =>
      page.evaluate(() => {
        const style = (element: Element | null) => (element === null ? null : getComputedStyle(element));
        const article = document.querySelector('[data-printable]');
        return {
          ink: style(article?.querySelector('td') ?? null)?.color,
          paper: style(article)?.backgroundColor,
          whole: document.body.scrollHeight >= (article?.scrollHeight ?? Number.POSITIVE_INFINITY),
          cut: [...document.querySelectorAll('*:has([data-printable])')].some(
            (one) => style(one)?.overflowY !== 'visible',
          ),
        };
      });
    // Under reduced motion a change of style takes a moment that is too short to see.
    await expect.poll(look).toEqual({ ink: 'rgb(0, 0, 0)', paper: 'rgb(255, 255, 255)', whole: true, cut: false });
    expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(10_000);
    expect(own.complaints).toEqual([]);
    await own.context.close();
  });

  test('the guide leads to it before anything is set up', async () => {
    const { page } = window;
    await page.goto(page.url().replace(/#.*/, '#/setup/before'));
    await page.getByRole('link', { name: 'Data and access' }).click();
    await page.getByRole('heading', { name: 'What SCIM Pilot can do to your tenant' }).waitFor();
  });

  test.each(['light', 'dark'] as const)('has no breach of accessibility rules in %s', async (colorScheme) => {
    const own = await pilot.open({ colorScheme });
    expect(await breachesOf(await openPage(own))).toEqual([]);
    expect(own.complaints).toEqual([]);
    await own.context.close();
  });
});
