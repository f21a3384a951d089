import type { CallSummary } from '../../../src-main/contract/index.ts';
import { count, formatClock, formatDay } from '../../ui/format.ts';

/** A line of the feed: a band over calls that came close together, or a call. */
export type FeedLine =
  | { kind: 'band'; key: string; title: string; practice: boolean; span: string; failed: number }
  | { kind: 'call'; key: string; call: CallSummary };

/** A silence this long ends a band. Azure's cycles are 20 to 40 minutes apart, calls within one seconds. */
const SILENCE_MS = 5 * 60_000;

/** Where the band that begins (newest first) at `start` ends: the index after its last call. */
function endOfBand(calls: CallSummary[], start: number): number {
  const first = calls[start];
  if (first === undefined) return start;
  const midnight = new Date(first.at).setHours(0, 0, 0, 0);
  let end = start + 1;
  for (let newer = first, older = calls[end]; older !== undefined; older = calls[end]) {
    if (newer.at - older.at >= SILENCE_MS || newer.practice !== older.practice || older.at < midnight) break;
    newer = older;
    end += 1;
  }
  return end;
}

/**
 * Cuts the list (newest first) into bands. `more`: older calls exist that are not loaded, so the last band's start is unknown.
 */
export function toLines(calls: CallSummary[], more: boolean, now: number): FeedLine[] {
  const lines: FeedLine[] = [];
  let start = 0;
  while (start < calls.length) {
    const end = endOfBand(calls, start);
    const part = calls.slice(start, end);
    const newest = part[0];
    const oldest = part.at(-1);
    if (newest === undefined || oldest === undefined) break;
    const open = more && end === calls.length;
    const times =
      newest.at - oldest.at < 1_000 ? formatClock(newest.at) : `${formatClock(oldest.at)} to ${formatClock(newest.at)}`;
    lines.push({
      kind: 'band',
      // Keyed by its oldest call, so that a band keeps its identity while it grows on top.
      key: `band-${oldest.position}`,
      title: newest.practice ? `Practice, ${formatDay(newest.at, now).toLowerCase()}` : formatDay(newest.at, now),
      practice: newest.practice,
      span: open ? `until ${formatClock(newest.at)}` : `${times}, ${count(part.length, 'call')}`,
      failed: part.filter((call) => call.outcome === 'failed').length,
    });
    for (const call of part) lines.push({ kind: 'call', key: String(call.position), call });
    start = end;
  }
  return lines;
}
