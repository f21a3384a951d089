import type { AzureLogFormat } from '../../contract/index.ts';
import { plainName } from './flatten.ts';
import { entryNames, meaningOf, type Names, propertyNames, stepNames } from './names.ts';

/** How much of a text is looked at, characters; a header line is shorter. */
export const sniffed = 64_000;

export type Sniff =
  | { kind: 'json' }
  | { kind: 'csv'; delimiter: string }
  | { kind: 'nothing'; words: string }
  /** More text is wanted. */
  | { kind: 'more' };

/** What a text is, by how it begins. */
export function sniff(text: string, ended: boolean): Sniff {
  const begin = text
    .trimStart()
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (begin === '') {
    return ended ? { kind: 'nothing', words: 'The file is empty.' } : { kind: 'more' };
  }
  if (begin.startsWith('[') || begin.startsWith('{')) return { kind: 'json' };
  if (begin.startsWith('<')) {
    return {
      kind: 'nothing',
      words:
        'This is a web page or XML, not a log: perhaps the sign-in page was saved in place of the download. Download it again.',
    };
  }
  const line = /^[^\r\n]*/.exec(begin)?.[0] ?? '';
  if (line.length === begin.length && !ended && begin.length < sniffed) return { kind: 'more' };
  const delimiter = delimiterOf(line);
  if (delimiter !== null) return { kind: 'csv', delimiter };
  return {
    kind: 'nothing',
    words:
      'Neither JSON nor a CSV with columns of a provisioning log. In the portal, Provisioning logs, Download gives either.',
  };
}

/** The separator with which most columns of the header are known; null when none is. */
function delimiterOf(line: string): string | null {
  let best: string | null = null;
  let most = 0;
  for (const delimiter of [',', ';', '\t', '|']) {
    const known = line.split(delimiter).filter((cell) => {
      const name = plainName(cell);
      return [entryNames, stepNames, propertyNames].some((names) => meaningOf(names, name) !== null);
    }).length;
    if (known > most) {
      most = known;
      best = delimiter;
    }
  }
  return most >= 2 || (most === 1 && !/[,;\t|]/.test(line)) ? best : null;
}

/** Which of the three files of the CSV download has these columns. */
export function csvKind(headers: readonly string[]): Extract<AzureLogFormat, `csv-${string}`> {
  const plain = headers.map(plainName);
  const has = (names: Names, meaning: string) => plain.some((name) => names[meaning]?.includes(name));
  if (has(propertyNames, 'to') || has(propertyNames, 'from')) return 'csv-properties';
  const entry = has(entryNames, 'action') || has(entryNames, 'jobId') || has(entryNames, 'sourceId');
  return !entry && (has(stepNames, 'description') || has(stepNames, 'type')) && has(stepNames, 'name')
    ? 'csv-steps'
    : 'csv-logs';
}

/** Which form a JSON record has. */
export function jsonFormat(record: Record<string, unknown>): Extract<AzureLogFormat, 'json' | 'graph' | 'monitor'> {
  if ('TimeGenerated' in record || 'ResultType' in record || 'properties' in record) return 'monitor';
  return 'provisioningAction' in record || 'provisioningStatusInfo' in record ? 'graph' : 'json';
}
