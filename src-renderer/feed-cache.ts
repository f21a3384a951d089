import type { QueryClient } from '@tanstack/react-query';
import type { CallMinute, CallSummary, CallTally } from '../src-main/contract/index.ts';
import { factsOfSummary, fits, parseQuery, type Verdict } from '../src-main/contract/query/index.ts';
import { api, client } from './api.ts';

/**
 * The loaded part of the feed, newest first, without holes. `next`: where the older ones go on; null at the end. `searchedTo`: as
 * in `CallPage`: the search for older ones is still under way.
 */
export interface FeedList {
  calls: CallSummary[];
  next: number | null;
  searchedTo: number | null;
}

/** Calls of one page. */
export const PAGE = 200;
/** Calls of the longest page, where many are wanted at once. */
export const LONG_PAGE = 500;
/** Rows kept in memory. Beyond it the oldest are dropped and read again when scrolled to. */
const MAX_ROWS = 20_000;
/** Calls whose bodies decide are asked about together, so long after the first of them. */
const ASK_AFTER_MS = 150;
const ASK_AT_MOST = 1_000;
const MINUTE = 60_000;
const MINUTES = 60;

const FEED_KEY = 'feed-list';
export const feedKey = (query: string) => [FEED_KEY, query] as const;

/** Whether a call fits a query, as far as its feed row tells. */
function judge(query: string): (call: CallSummary) => Verdict {
  const read = parseQuery(query);
  if (!read.ok) return () => undefined;
  const now = Date.now();
  return (call) => fits(read.query, factsOfSummary(call), now);
}

/** The newest page. Calls that arrive while it is on its way are merged by position, so none is lost or doubled. */
export async function loadFeed(queries: QueryClient, query: string, signal: AbortSignal): Promise<FeedList> {
  const known = recent.at(-1)?.position ?? 0;
  const page = await client.feed.page.query({ before: null, limit: PAGE, query }, { signal });
  const since = Math.max(known, page.calls[0]?.position ?? 0);
  const { fitting, unknown } = sorted(
    query,
    recent.filter((call) => call.position > since),
  );
  if (unknown.length > 0) askLater(queries, query, unknown);
  return { calls: [...fitting.toReversed(), ...page.calls], next: page.next, searchedTo: page.searchedTo };
}

/** Appends the page after the oldest loaded call. */
export async function loadOlder(
  queries: QueryClient,
  query: string,
  { signal, limit = PAGE }: { signal?: AbortSignal; limit?: number } = {},
): Promise<void> {
  const before = queries.getQueryData<FeedList>(feedKey(query))?.next ?? null;
  if (before === null) return;
  const page = await client.feed.page.query({ before, limit, query }, signal === undefined ? {} : { signal });
  queries.setQueryData<FeedList>(feedKey(query), (list) =>
    list === undefined || list.next !== before
      ? list
      : { calls: [...list.calls, ...page.calls], next: page.next, searchedTo: page.searchedTo },
  );
}

/** The last calls told by event, oldest first: enough to cover a page request that is under way. */
let recent: CallSummary[] = [];

/** Puts new calls (oldest first) on top of every loaded list. */
export function addCalls(queries: QueryClient, calls: CallSummary[]): void {
  const corrected = new Map(calls.flatMap(({ corrects = [] }) => corrects).map((call) => [call.position, call]));
  // Positions that begin anew are another pilot's.
  if ((calls[0]?.position ?? 0) <= (recent.at(-1)?.position ?? 0)) recent = [];
  recent = correct([...recent, ...calls].slice(-MAX_ROWS), corrected);
  for (const cached of queries.getQueryCache().findAll({ queryKey: [FEED_KEY] })) {
    const query = String(cached.queryKey[1]);
    // A call in another light may fit no more, or only now.
    const replaced = corrected.size === 0 ? null : replace(queries, query, corrected);
    const late = [...corrected.values()].filter(({ position }) => replaced?.has(position) !== true);
    const { fitting, unknown } = sorted(query, [...late, ...calls]);
    if (fitting.length > 0) merge(queries, query, fitting);
    if (unknown.length === 0) continue;
    if (cached.isActive()) askLater(queries, query, unknown);
    // Nobody looks at it: it is read anew when somebody does.
    else queries.removeQueries({ queryKey: cached.queryKey, exact: true });
  }
  queries.setQueryData<CallTally>(api.feed.tally.queryKey(), (tally) => tally && tallied(tally, calls));
  queries.setQueryData<CallMinute[]>(api.feed.minutes.queryKey(), (minutes) => minutes && withCalls(minutes, calls));
}

/** The calls, each as a later one showed it. */
function correct(calls: CallSummary[], corrected: ReadonlyMap<number, CallSummary>): CallSummary[] {
  return corrected.size === 0 ? calls : calls.map((call) => corrected.get(call.position) ?? call);
}

/** Shows corrected calls of a list in their new light, without those that fit no more. Gives the positions of the others. */
function replace(
  queries: QueryClient,
  query: string,
  corrected: ReadonlyMap<number, CallSummary>,
): ReadonlySet<number> {
  const fitting = new Map(sorted(query, [...corrected.values()]).fitting.map((call) => [call.position, call]));
  const replaced = new Set<number>();
  queries.setQueryData<FeedList>(
    feedKey(query),
    (list) =>
      list && {
        ...list,
        calls: list.calls.flatMap((call) => {
          if (!corrected.has(call.position)) return [call];
          const now = fitting.get(call.position);
          if (now === undefined) return [];
          replaced.add(call.position);
          return [now];
        }),
      },
  );
  return replaced;
}

function sorted(query: string, calls: CallSummary[]): { fitting: CallSummary[]; unknown: CallSummary[] } {
  const verdict = judge(query);
  const fitting: CallSummary[] = [];
  const unknown: CallSummary[] = [];
  for (const call of calls) {
    const one = verdict(call);
    if (one === true) fitting.push(call);
    else if (one === undefined) unknown.push(call);
  }
  return { fitting, unknown };
}

/** Calls whose feed rows do not tell whether they fit, by query. */
const asking = new Map<string, CallSummary[]>();

function askLater(queries: QueryClient, query: string, calls: CallSummary[]): void {
  const waiting = asking.get(query);
  if (waiting !== undefined) {
    waiting.push(...calls);
    return;
  }
  asking.set(query, [...calls]);
  setTimeout(() => void ask(queries, query), ASK_AFTER_MS);
}

async function ask(queries: QueryClient, query: string): Promise<void> {
  const calls = asking.get(query) ?? [];
  asking.delete(query);
  try {
    for (let from = 0; from < calls.length; from += ASK_AT_MOST) {
      const some = calls.slice(from, from + ASK_AT_MOST);
      const fitting = new Set(
        await client.feed.matching.query({ query, positions: some.map(({ position }) => position) }),
      );
      merge(
        queries,
        query,
        some.filter(({ position }) => fitting.has(position)),
      );
    }
  } catch {
    // The list may lack calls now: it is read again, and the frame says when the pilot is out of reach.
    await queries.invalidateQueries({ queryKey: feedKey(query), exact: true });
  }
}

/** Puts calls (oldest first) into a list by their positions. */
function merge(queries: QueryClient, query: string, calls: CallSummary[]): void {
  queries.setQueryData<FeedList>(feedKey(query), (list) => list && withNewer(list, calls));
}

function withNewer(list: FeedList, told: CallSummary[]): FeedList {
  // What lies before the loaded part comes with its page.
  const calls = told.filter(({ position }) => list.next === null || position >= list.next);
  const newest = list.calls[0]?.position ?? 0;
  const inOrder = calls.every((call) => call.position > newest);
  const there = inOrder ? null : new Set(list.calls.map(({ position }) => position));
  const fresh = there === null ? calls : calls.filter(({ position }) => !there.has(position));
  if (fresh.length === 0) return list;
  const all = [...fresh.toReversed(), ...list.calls];
  if (!inOrder) all.sort((a, b) => b.position - a.position);
  if (all.length <= MAX_ROWS) return { ...list, calls: all };
  const kept = all.slice(0, MAX_ROWS);
  return { calls: kept, next: kept.at(-1)?.position ?? null, searchedTo: null };
}

function tallied(tally: CallTally, calls: CallSummary[]): CallTally {
  const next = { ...tally };
  for (const { position, outcome, practice } of calls) {
    if (position <= tally.position) continue;
    next.position = Math.max(next.position, position);
    if (outcome !== 'ok') next[outcome] += 1;
    if (practice) next.practice += 1;
  }
  return next;
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
