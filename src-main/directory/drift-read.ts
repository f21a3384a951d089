import type Database from 'better-sqlite3';
import type {
  AttributeChange,
  Drift,
  DriftedAttribute,
  JsonObject,
  MemberRef,
  ResourceType,
} from '../contract/index.ts';
import { diff, documentOf } from '../scim/index.ts';
import { chainOf } from './change-chain.ts';
import { readDrifted } from './drift-rows.ts';
import { attributesOf } from './history.ts';
import { managersNamed } from './managers.ts';
import { type RecordRow, tableOf } from './rows.ts';
import { bound, prepared } from './statements.ts';
import { withoutDeletedManager } from './user-rows.ts';

/** History entries looked through for the call that last sent an attribute. */
const entriesSearched = 1_000;
const membersNamed = 100;

/** A history entry of the provisioning side. */
interface SentEntry {
  at: number;
  kind: string;
  call_code: string | null;
  attributes: string;
}

/** What differs between two documents as SCIM sees them: without managers that are deleted here. */
export function driftOf(db: Database.Database, sent: JsonObject, here: JsonObject): AttributeChange[] {
  return diff(withoutDeletedManager(db, sent), withoutDeletedManager(db, here));
}

/**
 * How a record differs from what was last sent, with the calls that sent it; null when it does not, or is deleted. For the query
 * worker.
 */
export function readDrift(
  db: Database.Database,
  type: ResourceType,
  { row, json, state }: Pick<RecordRow, 'row' | 'json' | 'state'>,
): Drift | null {
  const kept = state === 'deleted' ? null : readDrifted(db, type, row);
  if (kept === null) return null;
  const history = prepared(
    db,
    `${chainOf(type)} SELECT chain.at, chain.kind, chain.call_code, attributes FROM chain CROSS JOIN changes USING (position)
      WHERE chain.actor <> 'admin' LIMIT ${bound}`,
  ).all(row, entriesSearched) as SentEntry[];
  const paths = history.map((entry) => ({
    at: entry.at,
    callCode: entry.call_code,
    paths: new Set(attributesOf(db, type, row, entry).map(({ path }) => path)),
  }));
  const [here, sent] = [0, 1].map((side) => membersOf(db, type, row, side)) as [Members, Members];
  const last = history[0];
  const attributes = kept.sent === null ? [] : driftedOf(db, kept.sent, documentOf(json), paths);
  return {
    since: kept.since,
    deleted: kept.deleted ? { at: last?.at ?? kept.since, callCode: last?.call_code ?? null } : null,
    attributes,
    managers: managersNamed(
      db,
      attributes.map(({ path, sent, here }) => ({ path, before: sent, after: here })),
    ),
    membersHere: here.named,
    membersHereInAll: here.inAll,
    membersSent: sent.named,
    membersSentInAll: sent.inAll,
  };
}

/** An entry of the provisioning side with what it sent. */
interface Sent {
  at: number;
  callCode: string | null;
  paths: ReadonlySet<string>;
}

function driftedOf(
  db: Database.Database,
  sent: JsonObject,
  here: JsonObject,
  read: readonly Sent[],
): DriftedAttribute[] {
  return driftOf(db, sent, here).map(({ path, before, after }) => {
    const by = read.find(({ paths }) => paths.has(path)) ?? read.at(-1);
    return {
      path,
      ...(before === undefined ? {} : { sent: before }),
      ...(after === undefined ? {} : { here: after }),
      at: by?.at ?? null,
      callCode: by?.callCode ?? null,
    };
  });
}

interface Members {
  named: MemberRef[];
  inAll: number;
}

function membersOf(db: Database.Database, type: ResourceType, group: number, side: number): Members {
  if (type === 'User') return { named: [], inAll: 0 };
  const from = `FROM drift_members d JOIN users u ON u.row = d.user_row WHERE d.group_row = ? AND d.sent = ? AND u.state <> 'deleted'`;
  return {
    named: prepared(db, `SELECT u.id, u.name ${from} ORDER BY u.name_fold, u.row LIMIT ?`).all(
      group,
      side,
      membersNamed,
    ) as MemberRef[],
    inAll: Number(prepared(db, `SELECT count(*) ${from}`).pluck().get(group, side)),
  };
}

/** Records that differ from what was last sent, by type. For the query worker. */
export function driftedCounts(db: Database.Database, _: null): { users: number; groups: number } {
  const count = (type: ResourceType) =>
    prepared(
      db,
      `SELECT count(*) FROM drift d CROSS JOIN ${tableOf[type]} r ON r.row = d.record_row
        WHERE d.resource_type = ? AND r.state <> 'deleted'`,
    )
      .pluck()
      .get(type);
  return { users: Number(count('User')), groups: Number(count('Group')) };
}
