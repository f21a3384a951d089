import type Database from 'better-sqlite3';
import type { GuideCall } from '../contract/index.ts';
import { longestPauseMs } from './actions.ts';
import { codeOf } from './codes.ts';
import { longestCallMs, positionSince } from './positions.ts';

/** What Azure's calls tell the guide. */
export interface GuideFacts {
  /** The newest connectivity probes that were answered well. */
  userProbe: GuideCall | null;
  groupProbe: GuideCall | null;
  /** The newest call that came with another token or none. */
  refused: GuideCall | null;
  /** The newest call for a path that is none of SCIM's. */
  astray: GuideCall | null;
  /** The newest look-up of a user, and how many it found. */
  lookUp: (GuideCall & { hits: number }) | null;
  /** The first user that was created, changed or found equal after a look-up, and the newest. */
  firstWrite: GuideCall | null;
  lastWrite: GuideCall | null;
  /** The newest failed call about a user or group. */
  failure: GuideCall | null;
  /** The newest user that was archived by `active`, and the newest that was deleted. */
  archived: GuideCall | null;
  deleted: GuideCall | null;
  /** The newest call that was no probe and was let in. */
  activity: GuideCall | null;
  newest: GuideCall | null;
  created: number;
  updated: number;
  archivedCount: number;
  failed: number;
  groups: number;
}

/** What is counted: Azure's calls come by the public address and are not practice. */
const azures = "via = 'public' AND practice = 0";

const newestOf = {
  userProbe: "probe AND status = 200 AND resource_type = 'User'",
  groupProbe: "probe AND status = 200 AND resource_type = 'Group'",
  refused: 'status = 401',
  astray: "status = 404 AND stage = 'endpoint'",
  lookUp: "NOT probe AND method = 'GET' AND status = 200 AND resource_type = 'User' AND total_results IS NOT NULL",
  lastWrite: "resource_type = 'User' AND change_kind IN ('created', 'updated', 'restored', 'archived')",
  failure: 'failed AND resource_type IS NOT NULL AND status <> 401',
  archived: "resource_type = 'User' AND change_kind = 'archived'",
  deleted: "resource_type = 'User' AND change_kind = 'deleted'",
  activity: 'NOT probe AND status < 400 AND resource_type IS NOT NULL',
  newest: 'true',
};
type Newest = keyof typeof newestOf;
const names = Object.keys(newestOf) as Newest[];

/** What is put together of a stretch of calls: positions of the newest and the first, and counts. */
type Sums = Record<string, number | null>;

const counted = ['created', 'updated', 'archivedCount', 'failed', 'groups'];

const walk = `SELECT ${names.map((name) => `max(CASE WHEN ${newestOf[name]} THEN position END) AS ${name}`).join(', ')},
  min(CASE WHEN ${newestOf.lastWrite} THEN position END) AS firstWrite,
  coalesce(sum(change_kind = 'created'), 0) AS created,
  coalesce(sum(change_kind IN ('updated', 'restored')), 0) AS updated,
  coalesce(sum(change_kind IN ('archived', 'deleted')), 0) AS archivedCount,
  count(failed) AS failed,
  coalesce(sum(change_kind = 'created' AND resource_type = 'Group'), 0) AS groups
  FROM feed WHERE position BETWEEN ? AND ? AND at >= ? AND ${azures}`;

/** Calls walked over between two turns. */
const step = 10_000;

/** Of calls that later ones can't show in another light any more: the guide asks again and again while calls come. */
interface Settled {
  since: number;
  upTo: number;
  /** Of the call at `upTo`: in a database that took another's place, another stands there. */
  seq: number | undefined;
  sums: Sums;
}

const settled = new Map<string, Settled>();

function added(a: Sums, b: Sums): Sums {
  const sum = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const before = sum[name] ?? null;
    if (counted.includes(name)) sum[name] = (before ?? 0) + (value ?? 0);
    else if (before === null || value === null) sum[name] = before ?? value;
    else sum[name] = name === 'firstWrite' ? Math.min(before, value) : Math.max(before, value);
  }
  return sum;
}

/** Azure's calls since a time (milliseconds since 1970): what is settled is walked over once. For the query worker. */
export function* guideFacts(db: Database.Database, { since }: { since: number }): Generator<void, GuideFacts> {
  const walkOver = db.prepare<[number, number, number], Sums>(walk);
  const seqAt = db.prepare<[number], number>('SELECT seq FROM calls WHERE position = ?').pluck();
  const newest = db
    .prepare<[], { position: number; at: number }>('SELECT position, at FROM calls ORDER BY position DESC LIMIT 1')
    .get();
  const end = newest?.position ?? 0;
  const known = settled.get(db.name);
  const usable = known?.since === since && known.seq !== undefined && seqAt.get(known.upTo) === known.seq;
  let found: Sums = usable ? known.sums : {};
  let from = usable ? known.upTo + 1 : positionSince(db, since);
  /** Up to there nothing changes any more. */
  const still = positionSince(db, (newest?.at ?? 0) - longestPauseMs - longestCallMs) - 1;
  while (from <= end) {
    const to = Math.min(from + step - 1, from <= still ? still : end);
    found = added(found, walkOver.get(from, to, since) ?? {});
    if (to <= still) settled.set(db.name, { since, upTo: to, seq: seqAt.get(to), sums: found });
    from = to + 1;
    yield;
  }
  const read = db.prepare<[number], GuideRow>(
    `SELECT f.seq, f.at, f.status, f.resource_name, f.total_results, c.detail
      FROM feed f JOIN calls c ON c.position = f.position WHERE f.position = ?`,
  );
  const call = (name: string): (GuideCall & { hits: number }) | null => {
    const position = found[name];
    const row = typeof position === 'number' ? read.get(position) : undefined;
    if (row === undefined) return null;
    const { seq, at, status, resource_name, total_results, detail } = row;
    return { code: codeOf(seq), at, status, name: resource_name, detail, hits: total_results ?? 0 };
  };
  const number = (name: string) => found[name] ?? 0;
  return {
    userProbe: call('userProbe'),
    groupProbe: call('groupProbe'),
    refused: call('refused'),
    astray: call('astray'),
    lookUp: call('lookUp'),
    firstWrite: call('firstWrite'),
    lastWrite: call('lastWrite'),
    failure: call('failure'),
    archived: call('archived'),
    deleted: call('deleted'),
    activity: call('activity'),
    newest: call('newest'),
    created: number('created'),
    updated: number('updated'),
    archivedCount: number('archivedCount'),
    failed: number('failed'),
    groups: number('groups'),
  };
}

interface GuideRow {
  seq: number;
  at: number;
  status: number;
  resource_name: string | null;
  total_results: number | null;
  detail: string | null;
}
