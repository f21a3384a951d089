import type { AzureFilter, AzureImport } from '../../../src-main/contract/index.ts';
import { client } from '../../api.ts';
import { saveContent } from '../../files.ts';

/** Fetches the narrowed entries as CSV and has the browser save them. */
export async function saveCsv({ id, name }: AzureImport, filter: AzureFilter): Promise<void> {
  // Excel takes a CSV for UTF-8 only with the mark.
  const parts = ['\uFEFF'];
  let after: string | null = null;
  do {
    const page: { text: string; next: string | null } = await client.azureLogs.csv.query({ id, filter, after });
    parts.push(page.text);
    after = page.next;
  } while (after !== null);
  const stem = name.replace(/\.\w+$/, '').replaceAll(/[^\w.-]+/g, '-');
  saveContent(`${stem}-explained.csv`, new Blob(parts, { type: 'text/csv;charset=utf-8' }));
}
