import type Database from 'better-sqlite3';
import type { CallOutcome, ChangeKind, ResourceType } from '../contract/index.ts';
import { fold, isObject } from '../scim/index.ts';
import { codeOf } from './codes.ts';
import { longestCallMs, positionSince } from './positions.ts';

/** Calls read at once. */
const pageSize = 1_000;

/** A call as a foreign log may speak of it. */
export interface LogCall {
  seq: number;
  code: string;
  at: number;
  durationMs: number;
  method: string;
  status: number;
  outcome: CallOutcome;
  practice: boolean;
  via: 'public' | 'local';
  probe: boolean;
  resourceType: ResourceType | null;
  resourceId: string | null;
  changeKind: ChangeKind | null;
  /** Names and values by which it speaks of somebody, folded: as stored, as looked for, as sent in a create that was refused. */
  names: string[];
  /** What a refusal said. */
  detail: string | null;
}

interface Row {
  position: number;
  seq: number;
  at: number;
  duration_us: number;
  method: string;
  query: string | null;
  status: number;
  outcome: CallOutcome;
  practice: 0 | 1;
  via: 'public' | 'local';
  probe: 0 | 1;
  resource_type: ResourceType | null;
  resource_id: string | null;
  resource_name: string | null;
  change_kind: ChangeKind | null;
  detail: string | null;
  refused_body: string | null;
}

const select = `SELECT c.position, c.seq, c.at, c.duration_us, k.method, c.query, k.status, k.outcome, k.practice, k.via, k.probe,
  k.resource_type, c.resource_id, c.resource_name, k.change_kind, c.detail,
  CASE WHEN c.failed AND k.method = 'POST' THEN c.request_body END AS refused_body
  FROM calls c JOIN call_kinds k ON k.id = c.kind`;

/** Calls that came from `from` to `to` (milliseconds since 1970), page by page in the order they were stored. */
export function* callsBetween(db: Database.Database, from: number, to: number): Generator<LogCall[], void> {
  const read = db.prepare<[number, number], Row>(`${select} WHERE c.position >= ? ORDER BY c.position LIMIT ?`);
  let position = positionSince(db, from);
  for (;;) {
    const rows = read.all(position, pageSize);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.filter(({ at }) => at >= from && at <= to).map(toLogCall);
    // Calls are stored when they are answered: one that came later may stand before one that came earlier.
    if (rows.length < pageSize || last.at > to + longestCallMs) return;
    position = last.position + 1;
  }
}

export function callOfSeq(db: Database.Database, seq: number): LogCall | null {
  const row = db.prepare<[number], Row>(`${select} WHERE c.seq = ?`).get(seq);
  return row === undefined ? null : toLogCall(row);
}

/** When the oldest and the newest call that is kept came; null without any. */
export function keptSpan(db: Database.Database): { from: number; to: number } | null {
  const at = (order: 'ASC' | 'DESC') =>
    db.prepare<[], number>(`SELECT at FROM calls ORDER BY position ${order} LIMIT 1`).pluck().get();
  const from = at('ASC');
  const to = at('DESC');
  return from === undefined || to === undefined ? null : { from, to };
}

/** The calls around a moment: when the last one before it and the first one after it came; null where there is none. */
export function callsAround(db: Database.Database, moment: number): { before: number | null; after: number | null } {
  const position = positionSince(db, moment);
  const nearest = (sql: string) =>
    db.prepare<[{ position: number; moment: number }], number>(sql).pluck().get({ position, moment }) ?? null;
  return {
    before: nearest(
      'SELECT at FROM (SELECT at, position FROM calls WHERE position < @position + 1000 ORDER BY position DESC LIMIT 2000) WHERE at <= @moment ORDER BY at DESC LIMIT 1',
    ),
    after: nearest(
      'SELECT at FROM (SELECT at, position FROM calls WHERE position >= @position ORDER BY position LIMIT 2000) WHERE at > @moment ORDER BY at LIMIT 1',
    ),
  };
}

function toLogCall(row: Row): LogCall {
  return {
    seq: row.seq,
    code: codeOf(row.seq),
    at: row.at,
    durationMs: row.duration_us / 1_000,
    method: row.method,
    status: row.status,
    outcome: row.outcome,
    practice: row.practice === 1,
    via: row.via,
    probe: row.probe === 1,
    resourceType: row.resource_type,
    resourceId: row.resource_id,
    changeKind: row.change_kind,
    names: namesOf(row).map(fold),
    detail: row.detail,
  };
}

function namesOf({ resource_name, query, refused_body }: Row): string[] {
  const names = resource_name === null ? [] : [resource_name];
  const sought = query === null ? null : soughtIn(query);
  if (sought !== null) names.push(sought);
  const body = refused_body === null ? null : parsed(refused_body);
  if (isObject(body)) {
    for (const key of ['userName', 'displayName', 'externalId']) {
      const value = body[key];
      if (typeof value === 'string' && value !== '') names.push(value);
    }
  }
  return names;
}

/** The value that a query's filter compares with. */
function soughtIn(query: string): string | null {
  const filter = /(?:^|&)filter=([^&]*)/i.exec(query)?.[1];
  if (filter === undefined) return null;
  try {
    return /\beq\s+"?([^"]+)"?\s*$/i.exec(decodeURIComponent(filter.replaceAll('+', ' ')))?.[1] ?? null;
  } catch {
    // A broken escape: the call itself was refused for it.
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A body that was cut, or was no JSON: it names nobody.
    return null;
  }
}

/** The positions of the calls that came from `from` to `to`, in stretches of at most `step`; calls of other times are among them. */
export function* positionsBetween(
  db: Database.Database,
  from: number,
  to: number,
  step: number,
): Generator<[first: number, last: number], void> {
  const end = positionSince(db, to + 2 * longestCallMs) + step;
  const newest = db.prepare<[], number>('SELECT max(position) FROM calls').pluck().get() ?? 0;
  const last = Math.min(end, newest);
  for (let first = positionSince(db, from); first <= last; first += step)
    yield [first, Math.min(first + step - 1, last)];
}
