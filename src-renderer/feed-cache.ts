import type { QueryClient } from '@tanstack/react-query';
import type { CallMinute, CallSummary } from '../src-main/contract/index.ts';
import { api, client } from './api.ts';

/** What the feed is narrowed to; part of the cache key. */
export interface FeedFilter {
  onlyFailed: boolean;
  hideProbes: boolean;
}

/** The loaded part of the feed, newest first, without holes. `next`: where the older ones go on; null at the end. */
export interface FeedList {
  calls: CallSummary[];
  next: number | null;
}

const PAGE = 200;
/** Rows kept in memory. Beyond it the oldest are dropped and read again when scrolled to. */
const MAX_ROWS = 20_000;
const MINUTE = 60_000;
const MINUTES = 60;

const FEED_KEY = 'feed-list';
export const feedKey = (filter: FeedFilter) => [FEED_KEY, filter] as const;

const passes = (filter: FeedFilter, call: CallSummary): boolean =>
  (!filter.onlyFailed || call.outcome === 'failed') && !(filter.hideProbes && call.probe);

/** The newest page. Calls that arrive while it is on its way are merged by position, so none is lost or doubled. */
export async function loadFeed(filter: FeedFilter, signal: AbortSignal): Promise<FeedList> {
  const page = await client.feed.page.query({ before: null, limit: PAGE, ...filter }, { signal });
  const since = page.calls[0]?.position ?? 0;
  const early = recent.filter((call) => call.position > since && passes(filter, call)).toReversed();
  return { calls: [...early, ...page.calls], next: page.next };
}

/** Appends the page after the oldest loaded call. */
export async function loadOlder(queries: QueryClient, filter: FeedFilter): Promise<void> {
  const before = queries.getQueryData<FeedList>(feedKey(filter))?.next ?? null;
  if (before === null) return;
  const page = await client.feed.page.query({ before, limit: PAGE, ...filter });
  queries.setQueryData<FeedList>(feedKey(filter), (list) =>
    list === undefined || list.next !== before ? list : { calls: [...list.calls, ...page.calls], next: page.next },
  );
}

/** The last calls told by event, oldest first: enough to cover a page request that is under way. */
let recent: CallSummary[] = [];

/** Puts new calls (oldest first) on top of every loaded list. */
export function addCalls(queries: QueryClient, calls: CallSummary[]): void {
  const corrected = new Map(calls.flatMap(({ corrects = [] }) => corrects).map((call) => [call.position, call]));
  recent = correct([...recent, ...calls].slice(-MAX_ROWS), corrected);
  for (const query of queries.getQueryCache().findAll({ queryKey: [FEED_KEY] })) {
    const filter = query.queryKey[1] as FeedFilter;
    queries.setQueryData<FeedList>(query.queryKey, (list) => list && withNewer(list, filter, calls, corrected));
  }
  queries.setQueryData<CallMinute[]>(api.feed.minutes.queryKey(), (minutes) => minutes && withCalls(minutes, calls));
}

/** The calls, each as a later one showed it. */
function correct(calls: CallSummary[], corrected: ReadonlyMap<number, CallSummary>): CallSummary[] {
  return corrected.size === 0 ? calls : calls.map((call) => corrected.get(call.position) ?? call);
}

function withNewer(
  list: FeedList,
  filter: FeedFilter,
  calls: CallSummary[],
  corrected: ReadonlyMap<number, CallSummary>,
): FeedList {
  const newest = list.calls[0]?.position ?? 0;
  const fresh = calls.filter((call) => call.position > newest && passes(filter, call)).toReversed();
  if (fresh.length === 0 && corrected.size === 0) return list;
  const all = correct([...fresh, ...list.calls], corrected);
  if (all.length <= MAX_ROWS) return { calls: all, next: list.next };
  const kept = all.slice(0, MAX_ROWS);
  return { calls: kept, next: kept.at(-1)?.position ?? null };
}

function withCalls(minutes: CallMinute[], calls: CallSummary[]): CallMinute[] {
  const byMinute = new Map(minutes.map((minute) => [minute.at, { ...minute }]));
  for (const call of calls) {
    const at = Math.floor(call.at / MINUTE) * MINUTE;
    const minute = byMinute.get(at) ?? { at, calls: 0, failed: 0, practice: 0 };
    minute.calls += 1;
    if (call.outcome === 'failed') minute.failed += 1;
    if (call.practice) minute.practice += 1;
    byMinute.set(at, minute);
  }
  return [...byMinute.values()].toSorted((a, b) => a.at - b.at).slice(-MINUTES - 1);
}
