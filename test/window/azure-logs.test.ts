import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AzureEntry } from '../../src-main/contract/index.ts';
import { breachesOf } from '../support/axe.ts';
import { csvFiles, entry, graphRecord } from '../support/azure-log.ts';
import { callPublicly } from '../support/public-call.ts';
import { testWindow, type WindowPage } from '../support/window.ts';

const host = 'pilot.fabrikvale.example';
const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const people = [
  'Orla Brandt',
  'Inés Ferreira',
  'Jonas Lindqvist',
  'Mei Tanaka',
  'Tomasz Wrona',
  'Aisha Bello',
  'Pål Viksund',
];

const pilot = testWindow({ publicOrigin: `https://${host}` });
let window: WindowPage;
let log: AzureEntry[];

const azure = (method: string, path: string, body?: unknown) =>
  callPublicly({ port: pilot.pilot.port, host, token: pilot.pilot.token, method, path, body });

/** What Azure does with seven people and writes of it, and calls of ours beside: one refused, one for nobody. */
async function provision(): Promise<AzureEntry[]> {
  const entries: AzureEntry[] = [];
  const about = (n: number, name: string, at: number): Partial<AzureEntry> => ({
    id: `e${n}`,
    changeId: `c4d8e1aa-1b5c-4c70-a1ad-${String(n).padStart(12, '0')}`,
    jobId: 'scim.0b9d2c529a864a558c7a4f7b52e6a111.3c2b9a10',
    cycleId: '8a3f1e8c-7a10-4a39-8f8b-6a1c2f9b3333',
    at,
    durationMs: 300 + 40 * n,
    application: { id: null, name: 'Fabrikvale Local SCIM' },
    sourceSystem: 'Microsoft Entra ID',
    targetSystem: 'customappsso',
    source: { id: `99ee7052-4d64-4fa2-9e4d-0000000000${10 + n}`, name, userName: null, type: 'User' },
  });
  await azure('GET', '/Users?filter=userName+eq+%227c0d5a3e-8f1b-4a55-9a0e-2f6b1d4c9e10%22');
  for (const [n, name] of people.entries()) {
    const userName = `person${n}@fabrikvale.example`;
    await azure('GET', `/Users?filter=userName+eq+%22${encodeURIComponent(userName)}%22`);
    const made = await azure('POST', '/Users', { schemas: [core], userName, displayName: name });
    entries.push(
      entry({
        ...about(n, name, Date.now()),
        action: 'create',
        target: { id: String(made.json.id), name: userName, userName: null, type: 'User' },
        steps: [
          {
            name: 'EntryImportAdd',
            type: 'import',
            status: 'success',
            description: `Received User '${userName}'`,
            details: [],
          },
          {
            name: 'EntryExportAdd',
            type: 'export',
            status: 'success',
            description: `User '${userName}' was created`,
            details: [],
          },
        ],
        properties: [
          { name: 'userName', from: null, to: userName },
          { name: 'active', from: null, to: 'True' },
        ],
      }),
    );
  }
  const refused = await azure('POST', '/Users', {
    schemas: [core],
    userName: 'person0@fabrikvale.example',
    displayName: 'Orla Brandt',
  });
  entries.push(
    entry({
      ...about(8, 'Orla Brandt', Date.now()),
      source: { id: 'another-orla', name: 'Orla Brandt', userName: null, type: 'User' },
      action: 'create',
      status: 'failure',
      error: {
        code: 'EntryConflict',
        reason: `StatusCode: Conflict\r\nMessage: Processing of the HTTP request resulted in an exception.\r\nWeb Response: \r\n${JSON.stringify(refused.json)}`,
        details: null,
        category: 'failure',
        recommended: null,
      },
    }),
    entry({
      ...about(9, 'A very long name of somebody in a department whose name is longer still', Date.now()),
      action: 'other',
      status: 'skipped',
      steps: [
        {
          name: 'EntrySynchronizationSkip',
          type: 'scoping',
          status: 'skipped',
          description: 'The user is out of what is provisioned',
          details: [['Assigned to the application', 'False']],
        },
      ],
    }),
    entry({
      ...about(10, 'Nina Holt', Date.now() - 900_000),
      action: 'update',
      target: { id: 'gone', name: null, userName: null, type: 'User' },
    }),
  );
  return entries;
}

beforeAll(async () => {
  window = await pilot.open();
  log = await provision();
}, 180_000);
afterAll(() => {
  expect(window.complaints).toEqual([]);
});

const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

const tally = (page: WindowPage['page'], words: string) =>
  page.getByRole('toolbar', { name: 'Narrow the entries' }).getByText(words, { exact: true }).waitFor();

describe('Azure logs', () => {
  test('teaches where the log is had before there is one, by rules of accessibility', async () => {
    const { page } = window;
    await page.getByRole('link', { name: 'Azure logs', exact: true }).click();
    await page.getByRole('heading', { name: 'Azure’s provisioning log, beside what reached this pilot' }).waitFor();
    await page.getByText('Press Download and choose JSON').waitFor();
    expect(await breachesOf(page)).toEqual([]);
  });

  test('a file that is chosen is read and matched; each entry shows its call and why', async () => {
    const { page } = window;
    const text = JSON.stringify(log.map((one) => graphRecord(one, true)));
    await page.getByLabel('Provisioning log').setInputFiles(file('provisioning.json', text));
    await page.getByText('8 with a call here').waitFor();
    await tally(page, '10 entries');
    const row = (name: string) =>
      page.getByRole('grid', { name: 'Log entries' }).getByRole('row').filter({ hasText: name });
    await row('Could not create').getByText('by call code').waitFor();
    await row('Mei Tanaka')
      .getByText(/by id, \d+ s apart/)
      .waitFor();
    await row('A very long name').getByText('Not assigned to the application').waitFor();
    await row('Nina Holt').getByText('Older than the calls kept here').waitFor();

    await row('Could not create').click();
    const pane = page.getByRole('complementary', { name: 'Log entry' });
    await pane.getByText('Azure quotes the call’s code').waitFor();
    await pane.getByRole('heading', { name: 'What to do' }).waitFor();
    await pane.getByText('In Azure:').first().waitFor();
    const code = await pane
      .getByRole('link', { name: /Open call/ })
      .first()
      .textContent();
    expect(code).toMatch(/^\w{5}$/);
    expect(await breachesOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
  });

  test('is narrowed by status, text and person', async () => {
    const { page } = window;
    await page.getByLabel('Status', { exact: true }).selectOption('failure');
    await tally(page, '1 of 10 entries');
    await page.getByLabel('Status', { exact: true }).selectOption('');
    await page.getByLabel('Search the log').fill('tanaka');
    await tally(page, '1 of 10 entries');
    await page.getByLabel('Search the log').fill('nothing like it');
    await page.getByRole('button', { name: 'Show all' }).click();
    await tally(page, '10 entries');
    await page.getByRole('button', { name: /^Timeline: 10 entries of Azure, 1 failed/ }).waitFor();
  });

  test('the summary tells causes, what is on one side only, and leads to the entries', async () => {
    const { page } = window;
    await page.getByRole('tab', { name: 'Summary' }).click();
    await page.getByText('8 of 10 entries have a call here: 1 by call code, 7 by id and time.').waitFor();
    await page.getByRole('rowheader', { name: 'Connectivity probes' }).waitFor();
    expect(await breachesOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Not assigned to the application' }).click();
    await tally(page, '1 of 10 entries');
    await page.getByRole('button', { name: 'Not assigned to the application' }).click();
    await tally(page, '10 entries');
  });

  test('calls that no row tells of are listed, and lead to the call', async () => {
    const { page } = window;
    await page.getByRole('tab', { name: 'Summary' }).click();
    await page.getByRole('button', { name: 'Connectivity probes' }).click();
    const silent = page.getByRole('grid', { name: 'Calls without a row' });
    await silent.getByText('Tested the connection').waitFor();
    await page.getByText(/Azure asks for somebody who does not exist/).waitFor();
    await page.getByText('1 call', { exact: true }).waitFor();
    expect(await breachesOf(page)).toEqual([]);
    await page.getByLabel('Kind of call').selectOption('Practice');
    await page.getByText('There is no such call.').waitFor();
    await page.getByLabel('Kind of call').selectOption('Any kind');
    await silent.getByText('Tested the connection').click();
    await page.getByRole('complementary', { name: 'Call' }).getByText('Tested the connection').waitFor();
    await page.goBack();
    await page.getByRole('tab', { name: 'Entries' }).waitFor();
  });

  test('becomes a report to print and a CSV without formulas', async () => {
    const { page } = window;
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV', exact: true }).click();
    expect((await saved).suggestedFilename()).toBe('provisioning-explained.csv');
    await page.getByRole('button', { name: 'Report' }).click();
    await page.getByRole('heading', { name: 'Failures, what they mean and what to do' }).waitFor();
    await page.getByText('10 entries: 8 succeeded, 1 failed, 1 skipped.').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
    expect(await breachesOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Back to the log' }).click();
  });

  test('a file that can not be read is told, and goes from the list at a press', async () => {
    const { page } = window;
    const imports = () => page.getByLabel('Import', { exact: true }).locator('option').count();
    const unreadable = { name: 'holiday.json', mimeType: 'application/json', buffer: Buffer.from('no log at all') };
    for (const way of ['list', 'menu']) {
      await page.getByLabel('Provisioning log').setInputFiles(unreadable);
      await page.getByRole('heading', { name: 'No entry was read' }).waitFor();
      const remove = page.getByRole('button', { name: 'Remove from the list' });
      await remove.waitFor();
      expect(await imports()).toBe(2);
      expect(await breachesOf(page)).toEqual([]);
      if (way === 'list') await remove.click();
      else {
        await page.getByRole('button', { name: 'More' }).click();
        await page.getByRole('menuitem', { name: 'Delete this import' }).click();
      }
      await expect.poll(imports).toBe(1);
      if (way === 'list') {
        expect(await page.getByRole('main').evaluate((node) => node === document.activeElement)).toBe(true);
      }
    }
  });

  test('files that are dropped together are one log; what was not understood is told; it can be deleted', async () => {
    const { page } = window;
    const { logs, steps, properties } = csvFiles(log);
    const dropped = await page.evaluateHandle(
      (texts) => {
        const transfer = new DataTransfer();
        for (const [name = '', text = ''] of texts) transfer.items.add(new File([text], name));
        return transfer;
      },
      [
        ['ProvisioningLogs.csv', logs.replace('Recommended action', 'Mood')],
        ['ProvisioningLogs_ProvisioningSteps.csv', steps],
        ['ProvisioningLogs_ModifiedProperties.csv', properties.slice(0, -10).concat('"')],
      ],
    );
    await page.getByRole('grid', { name: 'Log entries' }).dispatchEvent('dragover', { dataTransfer: dropped });
    await page.getByRole('grid', { name: 'Log entries' }).dispatchEvent('drop', { dataTransfer: dropped });
    await page.getByRole('button', { name: /remarks? on the files/ }).click();
    await page.getByText('A column was not understood: “Mood”', { exact: false }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    expect(await breachesOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Delete this import' }).click();
    await page.getByRole('button', { name: /^Delete \d+ entries$/ }).click();
    await expect.poll(() => page.getByLabel('Import', { exact: true }).locator('option').count()).toBe(1);
  });
});
