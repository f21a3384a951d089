import type { CallSummary } from '../../../src-main/contract/index.ts';
import { count, formatClock, formatDay } from '../../ui/format.ts';

/** A line of the feed: a band over calls that came close together, or a call. */
export type FeedLine =
  | { kind: 'band'; key: string; title: string; practice: boolean; span: string; failed: number }
  | { kind: 'call'; key: string; call: CallSummary };

/** A silence this long ends a band. Azure's cycles are 20 to 40 minutes apart, calls within one seconds. */
const SILENCE_MS = 5 * 60_000;

function joins(newer: CallSummary, older: CallSummary): boolean {
  return (
    newer.at - older.at < SILENCE_MS &&
    newer.practice === older.practice &&
    new Date(newer.at).toDateString() === new Date(older.at).toDateString()
  );
}

/**
 * Cuts the list (newest first) into bands. `more`: older calls exist that are not loaded, so the last band's start is unknown.
 */
export function toLines(calls: CallSummary[], more: boolean, now: number): FeedLine[] {
  const lines: FeedLine[] = [];
  let start = 0;
  while (start < calls.length) {
    let end = start + 1;
    for (let newer = calls[end - 1], older = calls[end]; newer && older && joins(newer, older); ) {
      end += 1;
      newer = older;
      older = calls[end];
    }
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
