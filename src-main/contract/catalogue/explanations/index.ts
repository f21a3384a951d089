import type { Explanation } from '../../explanations.ts';
import { accessEntries } from './access.ts';
import { type AzureEntry, azureEntries } from './azure.ts';
import { bulkEntries } from './bulk.ts';
import { explained } from './fill.ts';
import { groupEntries } from './groups.ts';
import { oddEntries } from './oddities.ts';
import { patchEntries } from './patches.ts';
import { recordEntries } from './records.ts';
import { remarkEntries } from './remarks.ts';
import { searchEntries } from './searches.ts';
import { transportEntries } from './transport.ts';
import type { Entry } from './types.ts';
import { valueEntries } from './values.ts';

/** Explanations: what can happen to a provisioning call, in words, by stable code. */
export { azureEntries } from './azure.ts';
export { explained, fill, plain, type Slots } from './fill.ts';
export { type Cure, type CureSide, type Entry, type Severity, sideNames, sources } from './types.ts';

/** What can happen to a call of this pilot. */
export const callEntries = {
  ...accessEntries,
  ...transportEntries,
  ...searchEntries,
  ...valueEntries,
  ...patchEntries,
  ...recordEntries,
  ...groupEntries,
  ...bulkEntries,
  ...oddEntries,
  ...remarkEntries,
};

/** A code of a call of this pilot. */
export type ExplanationCode = keyof typeof callEntries;

/** The entry of a stored code; null for one of another version. */
export function entryOf(code: string): Entry | null {
  return isCode(code) ? callEntries[code] : null;
}

function isCode(code: string): code is ExplanationCode {
  return Object.hasOwn(callEntries, code);
}

const byAzureCode = new Map(
  Object.entries<AzureEntry>(azureEntries).flatMap(([code, entry]) =>
    entry.azure.map((azure) => [azure.toLowerCase(), { code, entry }] as const),
  ),
);

/** What a code of Azure's own log means, in any letter case; null for one that is not in the catalogue. */
export function explanationOfAzureCode(azureCode: string): Explanation | null {
  const found = byAzureCode.get(azureCode.trim().toLowerCase());
  return found === undefined ? null : explained(found.code, found.entry);
}
