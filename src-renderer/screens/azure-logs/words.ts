import {
  actionNames,
  missingNames,
  skipWords,
  statusNames,
} from '../../../src-main/contract/catalogue/azure-log-words.ts';
import { explanationOfAzureCode, plain } from '../../../src-main/contract/catalogue/explanations/index.ts';
import type {
  AzureAction,
  AzureImport,
  AzureLogFormat,
  AzureReason,
  AzureRow,
  AzureStatus,
} from '../../../src-main/contract/index.ts';
import { formatMs } from '../../ui/format.ts';
import type { MarkKind } from '../../ui/mark.tsx';

export const MARKS: Record<AzureStatus, MarkKind> = {
  success: 'ok',
  failure: 'failed',
  warning: 'odd',
  skipped: 'todo',
  unknown: 'todo',
};

export const FORMATS: Record<AzureLogFormat, string> = {
  json: 'JSON download',
  graph: 'Microsoft Graph',
  monitor: 'Azure Monitor',
  'csv-logs': 'CSV, provisioning logs',
  'csv-steps': 'CSV, provisioning steps',
  'csv-properties': 'CSV, modified properties',
};

const DONE: Record<AzureAction, string> = {
  create: 'Created',
  update: 'Updated',
  disable: 'Disabled',
  delete: 'Deleted',
  stagedDelete: 'Held back the deletion of',
  stagedAction: 'Held back',
  other: 'Looked at',
};

const UNDONE: Record<AzureAction, string> = {
  create: 'Could not create',
  update: 'Could not update',
  disable: 'Could not disable',
  delete: 'Could not delete',
  stagedDelete: 'Could not hold back',
  stagedAction: 'Could not hold back',
  other: 'Failed with',
};

/** What Azure says it did. */
export function verbOf({ action, status }: Pick<AzureRow, 'action' | 'status'>): string {
  if (status === 'skipped') return 'Skipped';
  if (status === 'failure') return UNDONE[action];
  return status === 'unknown' ? actionNames[action] : DONE[action];
}

/** The short remark behind it: in words where they are known, else Azure's own. */
export function noteOf({
  skip,
  code,
  reason,
  status,
}: Pick<AzureRow, 'skip' | 'code' | 'reason' | 'status'>): string | null {
  if (skip !== null) return skipWords[skip].name;
  if (status === 'success') return null;
  const explanation = code === null ? null : explanationOfAzureCode(code);
  return explanation === null ? (code ?? reason) : plain(explanation.title);
}

/** A cause in words: its name, what it means and what to do. */
export function causeOf({ skip, code, example, status }: AzureReason): {
  name: string;
  what: string | null;
  cures: string[];
} {
  if (skip !== null) return { name: skipWords[skip].name, what: skipWords[skip].what, cures: [skipWords[skip].cure] };
  const explanation = code === null ? null : explanationOfAzureCode(code);
  if (explanation === null) {
    return {
      name: code ?? example ?? `${statusNames[status]}, no reason given`,
      what: code === null ? null : example,
      cures: [],
    };
  }
  return {
    name: plain(explanation.title),
    what: plain(explanation.what),
    cures: explanation.cure.map(({ text }) => plain(text)),
  };
}

/** What became of an entry on our side, in a few words. */
export function matchOf({ match, missing }: AzureRow): string {
  if (match === null) return missing === null ? 'not matched yet' : missingNames[missing];
  const apart = Math.abs(match.apartMs);
  const span = apart < 120_000 ? `${Math.round(apart / 1_000)} s` : `${Math.round(apart / 60_000)} min`;
  if (match.certainty === 'code') return 'by call code';
  return match.certainty === 'id' ? `by id, ${span} apart` : `probably: by name, ${span} apart`;
}

/** How an import stands, while it is worked on. */
export function stateWords({ state }: AzureImport): string {
  switch (state) {
    case 'reading':
      return 'Reading the files';
    case 'joining':
      return 'Putting steps and properties to their entries';
    case 'matching':
      return 'Matching entries to calls';
    default:
      return '';
  }
}

export function isBusy({ state }: AzureImport): boolean {
  return state === 'reading' || state === 'joining' || state === 'matching';
}

/** `3 s`, `1.2 min`: how long Azure took. */
export function formatSpan(ms: number): string {
  if (ms < 10_000) return `${formatMs(ms)} ms`;
  return ms < 120_000 ? `${Math.round(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
}
