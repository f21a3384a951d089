import type { Cycle, NextCycle } from '../contract/index.ts';

const minute = 60_000;
/** What Microsoft says of a custom application; measured starts lie between 20 and 40 minutes apart. */
const documentedMs = 40 * minute;
const plausible = { from: 15 * minute, to: 60 * minute };
const measuredCycles = 6;
/** Later than this, and nothing is known any more. */
const overdueMs = 20 * minute;
/** Calls of a running cycle are never this far apart. */
const quietMs = minute;

const isCycle = ({ kind }: Cycle) => kind === 'initial' || kind === 'incremental';
const isAzures = ({ via, practice }: Cycle) => via === 'public' && !practice;

/** What Overview counts: Azure's newest cycle, before its first the newest provisioning on demand, else what practice did. */
export function shownCycle(cycles: readonly Cycle[]): Cycle | null {
  const did = cycles.filter((cycle) => isCycle(cycle) || cycle.kind === 'onDemand');
  const azures = did.filter(isAzures);
  return azures.findLast(isCycle) ?? azures.at(-1) ?? did.at(-1) ?? null;
}

/**
 * About when Azure comes again. Where a cycle failed for the most part, it may have put the job into quarantine and then comes
 * less and less often, down to once a day: no time is told.
 */
export function nextCycle(cycles: readonly Cycle[], now: number): NextCycle | null {
  const azures = cycles.filter((cycle) => isAzures(cycle) && isCycle(cycle));
  const last = azures.at(-1);
  if (last === undefined || 2 * last.failed >= Math.max(1, last.actions)) return null;
  if (now - last.lastAt < quietMs) return null;
  // Refused ever since, for instance by its token.
  if (cycles.some((cycle) => isAzures(cycle) && cycle.position > last.position && cycle.failed > 0)) return null;
  const measuredMs = intervalOf(azures);
  const everyMs = measuredMs ?? documentedMs;
  // The first cycle may take longer than the pause: the next then follows when it is done.
  const at = Math.max(last.at + everyMs, last.lastAt);
  return now > at + overdueMs ? null : { at, everyMs, measured: measuredMs !== null };
}

/** The median time between the starts of the last cycles; null while no two tell. */
function intervalOf(azures: readonly Cycle[]): number | null {
  const starts = azures.slice(-measuredCycles - 1).map((cycle) => cycle.at);
  const gaps = starts
    .slice(1)
    .map((at, index) => at - (starts[index] ?? at))
    .filter((gap) => gap >= plausible.from && gap <= plausible.to)
    .sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? null;
}
