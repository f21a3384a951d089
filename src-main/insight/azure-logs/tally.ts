import type { AzureImport, AzureStatus } from '../../contract/index.ts';

/** Adds what was stored to an import's counts. */
export function tallied(
  log: AzureImport,
  { entries, duplicates }: { entries: readonly { status: AzureStatus; at: number }[]; duplicates: number },
): AzureImport {
  const byStatus = { ...log.byStatus };
  let { from, to } = log;
  for (const { status, at } of entries) {
    byStatus[status] += 1;
    if (at === 0) continue;
    from = Math.min(from ?? at, at);
    to = Math.max(to ?? at, at);
  }
  return { ...log, byStatus, from, to, entries: log.entries + entries.length, duplicates: log.duplicates + duplicates };
}
