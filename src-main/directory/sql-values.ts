import type Database from 'better-sqlite3';
import type { ResourceType } from '../contract/index.ts';
import { type AttributePath, documentOf, fold, instant, resourceJson } from '../scim/index.ts';
import { enterpriseUrn, withoutManager } from './documents.ts';
import { tableOf } from './rows.ts';

/**
 * What a path reads, as SQL: a SELECT of no, one or several values, each with its JSON type `t` (as `json_type` names it) and
 * the value `x` (JSON text where `t` is array or object).
 */
export interface Values {
  select: string;
  /** True when `x` is folded already. */
  folded?: boolean;
}

const noValue: Values = { select: 'SELECT NULL AS t, NULL AS x' };

/** The value at a path of a document. The LIMIT keeps SQLite from copying both expressions to wherever `t` and `x` stand. */
export function valueAt(document: string, path: string): Values {
  return { select: `SELECT json_type(${document}, ${path}) AS t, json_extract(${document}, ${path}) AS x LIMIT 1` };
}

/** The value at `part` of the primary element of the list at a path of a document, else of its first. */
export function primaryAt(document: string, path: string, part: string): Values {
  const element = `SELECT CASE type WHEN 'object' THEN value END AS element
    FROM json_each(CASE json_type(${document}, ${path}) WHEN 'array' THEN ${document} ELSE '{}' END, ${path})
    ORDER BY CASE type WHEN 'object' THEN json_type(value, '$.primary') = 'true' END IS 1 DESC, key LIMIT 1`;
  return {
    select: `SELECT json_type(element, ${part}) AS t, json_extract(element, ${part}) AS x FROM (${element}) LIMIT 1`,
  };
}

/** A path of SQLite's JSON functions to the keys `names`. */
export function jsonPath(...names: string[]): string {
  return `$${names.map((name) => `."${name}"`).join('')}`;
}

/** Whether a name can stand in a JSON path of SQLite, which knows no escapes inside the quotes. */
export function isPlainName(name: string): boolean {
  return /^[\w$:.-]+$/.test(name);
}

/** The document that holds a path. A manager who was deleted is hidden, and so is what only that one brought in. */
export function documentFor(type: ResourceType, { urn, attribute }: AttributePath): string {
  const touchesManager = (urn === enterpriseUrn && attribute.name === 'manager') || attribute.name === 'schemas';
  return type === 'User' && touchesManager
    ? `CASE users.manager_hidden WHEN 0 THEN users.json ELSE without_manager(users.json, users.id) END`
    : `${tableOf[type]}.json`;
}

const columns: Record<ResourceType, ReadonlyMap<string, Values>> = {
  User: new Map([
    ['id', text('users.id')],
    ['userName', { ...text('users.user_name_fold'), folded: true }],
    ['externalId', text('users.external_id')],
    ['title', text('users.title')],
    [`${enterpriseUrn}:department`, text('users.department')],
  ]),
  Group: new Map([
    ['id', text('groups.id')],
    ['displayName', { ...text('groups.name_fold'), folded: true }],
    ['externalId', text('groups.external_id')],
  ]),
};

/** The column that holds exactly what a path reads; undefined when there is none. */
export function columnOf(type: ResourceType, path: AttributePath): Values | undefined {
  return columns[type].get(path.canonical);
}

/** Columns hold null for an absent text. */
function text(expression: string): Values {
  return { select: `SELECT 'text' AS t, ${expression} AS x` };
}

/** Of `meta`: the value of a sub-attribute. `asTime`: as milliseconds rather than text. */
export function metaValue(type: ResourceType, sub: string, asTime: boolean): Values {
  const table = tableOf[type];
  const time = (column: string): Values =>
    asTime ? { select: `SELECT 'integer' AS t, ${table}.${column} AS x` } : text(`iso_time(${table}.${column})`);
  switch (sub) {
    case 'created':
      return time('created_at');
    case 'lastModified':
      return time('modified_at');
    case 'resourceType':
      return text(`'${type}'`);
    // Filters may only ask whether there is one.
    case 'location':
    case 'version':
      return text(`${table}.id`);
    default:
      return noValue;
  }
}

/** A user's groups or a group's members: what follows FROM and a WHERE to be continued with AND, and what each part reads. */
export function referencesOf(type: ResourceType): { from: string; part: (sub: string) => Values } {
  const [from, other, kind] =
    type === 'User'
      ? [
          `FROM membership m JOIN groups g ON g.row = m.group_row WHERE m.user_row = users.row AND g.state <> 'deleted'`,
          'g',
          'direct',
        ]
      : ['FROM membership m JOIN users u ON u.row = m.user_row WHERE m.group_row = groups.row', 'u', 'User'];
  const parts = new Map([
    ['value', text(`${other}.id`)],
    // Filters may only ask whether there is one.
    ['$ref', text(`${other}.id`)],
    ['display', text(`${other}.name`)],
    ['type', text(`'${kind}'`)],
  ]);
  return { from, part: (sub) => parts.get(sub) ?? noValue };
}

/** `pr` for one value of `t` and `x`: not empty, or holding something that is not. */
export const isPresent = `CASE t WHEN 'text' THEN x <> '' WHEN 'null' THEN 0
  WHEN 'array' THEN EXISTS (SELECT 1 FROM json_tree(x) WHERE atom IS NOT NULL AND atom <> '')
  WHEN 'object' THEN EXISTS (SELECT 1 FROM json_tree(x) WHERE atom IS NOT NULL AND atom <> '')
  ELSE t IS NOT NULL END`;

/** `x` folded. ASCII, as most text is, needs no call out of SQLite. */
export const folded = 'CASE WHEN octet_length(x) = length(x) THEN lower(x) ELSE fold(x) END';

const equipped = new WeakSet<Database.Database>();

/** Gives a connection the functions that compiled filters call. */
export function addFunctions(db: Database.Database): void {
  if (equipped.has(db)) return;
  equipped.add(db);
  const options = { deterministic: true };
  db.function('fold', options, (value) => fold(String(value)));
  db.function('instant', options, (value) => instant(String(value)));
  db.function('iso_time', options, (at) => new Date(Number(at)).toISOString());
  db.function('without_manager', options, (json, id) =>
    resourceJson('User', String(id), withoutManager(documentOf(String(json)))),
  );
}
