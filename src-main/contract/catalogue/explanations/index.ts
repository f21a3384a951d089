import type { Explanation } from '../../explanations.ts';
import { type AzureEntry, azureEntries } from './azure.ts';
import { explained } from './fill.ts';

/** Explanations: what can happen to a provisioning call, in words, by stable code. */
export { azureEntries } from './azure.ts';
export { explained, fill, plain, type Slots } from './fill.ts';
export { type Cure, type CureSide, type Entry, type Severity, sideNames, sources } from './types.ts';

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
