import type Database from 'better-sqlite3';
import type { ResourceType } from '../contract/index.ts';
import { type CompareFilter, type Filter, fold } from '../scim/index.ts';
import { enterpriseUrn } from './documents.ts';
import { type RecordRow, recordColumns } from './rows.ts';
import { bound, prepared } from './statements.ts';

/** Up to so many records are read at once on the main thread; more hits go to the query worker. */
export const quickRows = 100;

/** How an index answers a filter: what it yields, and what is left to check on each. */
export interface Plan {
  /** The records themselves in ascending order of rows, in one statement; one more than `quickRows` when there are more. */
  records(db: Database.Database): RecordRow[];
  /** Rows in ascending order, at most `limit`, after the row `after`. */
  rows(db: Database.Database, after: number, limit: number): number[];
  residual: readonly Filter[];
}

/** An index that an `eq` can use. */
interface Lookup {
  /** Indexes that yield fewer rows come first. */
  rank: number;
  /** Gives at most one row. */
  unique: boolean;
  /** True when every row found satisfies the comparison, so that it needs no second look. */
  exact: boolean;
  param: (filter: CompareFilter) => unknown;
  /** One parameter. */
  recordsSql: string;
  /** Parameters: the value, the row after which to begin, how many. */
  rowsSql: string;
}

interface Wanted {
  /** `FROM … WHERE …` with one parameter. */
  from: string;
  /** The column that holds the row. */
  row?: string;
  unique?: boolean;
  exact?: boolean;
  param?: Lookup['param'];
}

const comparable: Lookup['param'] = (filter) => filter.comparable;

/** `wanted` by canonical path, from the index that yields the fewest rows to the one that yields the most. */
function lookupsOf(type: ResourceType, wanted: readonly [path: string, Wanted][]): ReadonlyMap<string, Lookup> {
  return new Map(
    wanted.map(([path, { from, row = 'row', unique = false, exact = true, param = comparable }], rank) => {
      const records = `SELECT ${recordColumns[type]} ${from}`;
      const lookup: Lookup = {
        rank,
        unique,
        exact,
        param,
        recordsSql: unique ? records : `${records} ORDER BY ${row} LIMIT ${quickRows + 1}`,
        rowsSql: `SELECT ${row} ${from} AND ${row} > ? ORDER BY ${row} LIMIT ${bound}`,
      };
      return [path, lookup];
    }),
  );
}

/** The value looked for; an expression rather than a bare parameter for the reason that `bound` gives. */
const value = `(? || '')`;

const users = `FROM users WHERE state <> 'deleted' AND`;
const groups = `FROM groups WHERE state <> 'deleted' AND`;
// The column is folded, so that it finds every spelling: a second look tells them apart.
const manager: Wanted = {
  from: `${users} manager_hidden = 0 AND manager_id = ${value}`,
  exact: false,
  param: ({ value }) => fold(String(value)),
};

const lookups: Record<ResourceType, ReadonlyMap<string, Lookup>> = {
  User: lookupsOf('User', [
    ['id', { from: `${users} id = ${value}`, unique: true }],
    ['userName', { from: `${users} user_name_fold = ${value}`, unique: true }],
    ['externalId', { from: `${users} external_id = ${value}` }],
    [
      'emails.value',
      {
        from: `FROM emails CROSS JOIN users ON users.row = emails.user_row WHERE value_fold = ${value}`,
        row: 'emails.user_row',
      },
    ],
    [`${enterpriseUrn}:manager.value`, manager],
    // The column holds userName where there is no displayName: a second look tells them apart.
    ['displayName', { from: `${users} name_fold = ${value}`, exact: false }],
    [
      'groups.value',
      {
        from: `FROM membership CROSS JOIN users ON users.row = membership.user_row
          WHERE group_row = (SELECT row FROM groups WHERE id = ${value} AND state <> 'deleted')`,
        row: 'membership.user_row',
      },
    ],
  ]),
  Group: lookupsOf('Group', [
    ['id', { from: `${groups} id = ${value}`, unique: true }],
    ['displayName', { from: `${groups} name_fold = ${value}`, unique: true }],
    ['externalId', { from: `${groups} external_id = ${value}` }],
    [
      'members.value',
      {
        from: `FROM membership CROSS JOIN groups ON groups.row = membership.group_row
          WHERE user_row = (SELECT row FROM users WHERE id = ${value}) AND state <> 'deleted'`,
        row: 'membership.group_row',
      },
    ],
  ]),
};

/** A part of a filter that an index serves. */
interface Found {
  lookup: Lookup;
  filter: CompareFilter;
  exact: boolean;
}

const nothingLeft: readonly Filter[] = [];

/**
 * Finds the index that serves `filter`: one conjunct of its top-level `and`s must be an `eq` on an indexed attribute, or a
 * value path with one inside. Null when none does.
 */
export function planOf(type: ResourceType, filter: Filter): Plan | null {
  if (filter.kind === 'compare') {
    const found = findIndex(type, filter);
    return found === null ? null : planWith(found, found.exact ? nothingLeft : [filter]);
  }
  const all = conjuncts(filter);
  let best: (Found & { conjunct: Filter }) | null = null;
  for (const conjunct of all) {
    const found = findIndex(type, conjunct);
    if (found !== null && (best === null || found.lookup.rank < best.lookup.rank)) best = { ...found, conjunct };
  }
  if (best === null) return null;
  const { conjunct, exact } = best;
  return planWith(best, exact ? all.filter((other) => other !== conjunct) : all);
}

function planWith({ lookup, filter }: Found, residual: readonly Filter[]): Plan {
  const param = lookup.param(filter);
  return {
    records(db) {
      const statement = prepared(db, lookup.recordsSql);
      if (!lookup.unique) return statement.all(param) as RecordRow[];
      const row = statement.get(param) as RecordRow | undefined;
      return row === undefined ? [] : [row];
    },
    rows: (db, after, limit) => prepared(db, lookup.rowsSql).pluck().all(param, after, limit) as number[],
    residual,
  };
}

/** The parts of a filter that must all hold. */
export function conjuncts(filter: Filter): Filter[] {
  return filter.kind === 'and' ? [...conjuncts(filter.left), ...conjuncts(filter.right)] : [filter];
}

function findIndex(type: ResourceType, filter: Filter): Found | null {
  if (filter.kind === 'valuePath') {
    const inner = conjuncts(filter.filter);
    for (const part of inner) {
      const found = findIndex(type, part);
      if (found !== null) return { ...found, exact: found.exact && inner.length === 1 };
    }
    return null;
  }
  if (filter.kind !== 'compare' || filter.op !== 'eq') return null;
  // Columns hold null for an empty text: a comparison with one is left to the scan.
  if (typeof filter.comparable !== 'string' || filter.comparable === '') return null;
  const lookup = lookups[type].get(filter.path.canonical);
  return lookup === undefined ? null : { lookup, filter, exact: lookup.exact };
}

/** Whether a filter looks at members or groups, which are not in the stored document. */
export function mentionsReferences(filter: Filter): boolean {
  return mentions(filter, 'members') || mentions(filter, 'groups');
}

/** Whether a filter looks at the core or common attribute `name`. */
export function mentions(filter: Filter, name: string): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return mentions(filter.left, name) || mentions(filter.right, name);
    case 'not':
      return mentions(filter.operand, name);
    default:
      return filter.path.urn === null && filter.path.attribute.name === name;
  }
}
