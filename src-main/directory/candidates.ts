import type Database from 'better-sqlite3';
import type { ResourceType } from '../contract/index.ts';
import { type CompareFilter, type Filter, fold } from '../scim/index.ts';
import { enterpriseUrn } from './documents.ts';
import { prepared } from './statements.ts';

/** How an index answers a filter: the rows it yields, and what is left to check on each. */
export interface Plan {
  /** Rows in ascending order, at most `limit`, after the row `after`. */
  rows(db: Database.Database, after: number, limit: number): number[];
  residual: Filter[];
}

interface Source {
  sql: string;
  param: string;
  /** True when every row found satisfies the conjunct, so that it needs no second look. */
  exact: boolean;
}

const users = `SELECT row FROM users WHERE state <> 'deleted' AND`;
const groups = `SELECT row FROM groups WHERE state <> 'deleted' AND`;
const page = `ORDER BY row LIMIT ?`;

type Lookup = (filter: CompareFilter, value: string, comparable: string) => Source;

const manager: Lookup = (_filter, value) => ({
  sql: `${users} manager_hidden = 0 AND manager_id = ? AND row > ? ${page}`,
  param: fold(value),
  exact: false,
});

/** By canonical path, from the index that yields the fewest rows to the one that yields the most. */
const lookups: Record<ResourceType, ReadonlyMap<string, Lookup>> = {
  User: new Map<string, Lookup>([
    ['id', (_filter, value) => ({ sql: `${users} id = ? AND row > ? ${page}`, param: value, exact: true })],
    [
      'userName',
      (_filter, _value, comparable) => ({
        sql: `${users} user_name_fold = ? AND row > ? ${page}`,
        param: comparable,
        exact: true,
      }),
    ],
    [
      'externalId',
      (_filter, value) => ({ sql: `${users} external_id = ? AND row > ? ${page}`, param: value, exact: true }),
    ],
    [
      'emails.value',
      (_filter, _value, comparable) => ({
        sql: `SELECT user_row FROM emails WHERE value_fold = ? AND user_row > ? ORDER BY user_row LIMIT ?`,
        param: comparable,
        exact: false,
      }),
    ],
    [`${enterpriseUrn}:manager.value`, manager],
    [`${enterpriseUrn}:manager`, manager],
    [
      'displayName',
      // The column holds userName where there is no displayName: a second look tells them apart.
      (_filter, _value, comparable) => ({
        sql: `${users} name_fold = ? AND row > ? ${page}`,
        param: comparable,
        exact: false,
      }),
    ],
    [
      'groups.value',
      (_filter, value) => ({
        sql: `SELECT m.user_row FROM groups g JOIN membership m ON m.group_row = g.row
          WHERE g.id = ? AND g.state <> 'deleted' AND m.user_row > ? ORDER BY m.user_row LIMIT ?`,
        param: value,
        exact: true,
      }),
    ],
  ]),
  Group: new Map<string, Lookup>([
    ['id', (_filter, value) => ({ sql: `${groups} id = ? AND row > ? ${page}`, param: value, exact: true })],
    [
      'displayName',
      (_filter, _value, comparable) => ({
        sql: `${groups} name_fold = ? AND row > ? ${page}`,
        param: comparable,
        exact: true,
      }),
    ],
    [
      'externalId',
      (_filter, value) => ({ sql: `${groups} external_id = ? AND row > ? ${page}`, param: value, exact: true }),
    ],
    [
      'members.value',
      (_filter, value) => ({
        sql: `SELECT m.group_row FROM users u JOIN membership m ON m.user_row = u.row
          JOIN groups g ON g.row = m.group_row
          WHERE u.id = ? AND g.state <> 'deleted' AND m.group_row > ? ORDER BY m.group_row LIMIT ?`,
        param: value,
        exact: true,
      }),
    ],
  ]),
};

/**
 * Finds the index that serves `filter`: one conjunct of its top-level `and`s must be an `eq` on an indexed attribute, or a
 * value path with one inside. Null when none does.
 */
export function planOf(type: ResourceType, filter: Filter): Plan | null {
  const all = conjuncts(filter);
  let best: { rank: number; source: Source; conjunct: Filter } | null = null;
  for (const conjunct of all) {
    const found = sourceOf(type, conjunct);
    if (found !== null && (best === null || found.rank < best.rank)) best = { ...found, conjunct };
  }
  if (best === null) return null;
  const { source, conjunct } = best;
  return {
    rows: (db, after, limit) => prepared(db, source.sql).pluck().all(source.param, after, limit) as number[],
    residual: source.exact ? all.filter((other) => other !== conjunct) : all,
  };
}

/** The parts of a filter that must all hold. */
export function conjuncts(filter: Filter): Filter[] {
  return filter.kind === 'and' ? [...conjuncts(filter.left), ...conjuncts(filter.right)] : [filter];
}

function sourceOf(type: ResourceType, filter: Filter): { rank: number; source: Source } | null {
  if (filter.kind === 'valuePath') {
    const inner = conjuncts(filter.filter);
    const found = inner.map((part) => sourceOf(type, part)).find((source) => source !== null);
    if (found === undefined) return null;
    return { rank: found.rank, source: { ...found.source, exact: found.source.exact && inner.length === 1 } };
  }
  if (filter.kind !== 'compare' || filter.op !== 'eq') return null;
  const { value, comparable } = filter;
  // Columns hold null for an empty text: a comparison with one is left to the scan.
  if (typeof value !== 'string' || typeof comparable !== 'string' || value === '') return null;
  const rank = [...lookups[type].keys()].indexOf(filter.path.canonical);
  const lookup = lookups[type].get(filter.path.canonical);
  return lookup === undefined ? null : { rank, source: lookup(filter, value, comparable) };
}

/** Whether a filter looks at members or groups, which are not in the stored document. */
export function mentionsReferences(filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return mentionsReferences(filter.left) || mentionsReferences(filter.right);
    case 'not':
      return mentionsReferences(filter.operand);
    default:
      return /^(members|groups)(\.|$)/.test(filter.path.canonical);
  }
}
