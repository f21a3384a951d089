import type Database from 'better-sqlite3';
import type { Json, JsonObject, ResourceType } from '../contract/index.ts';
import { type Attribute, type AttributePath, compareText, type Filter, fold, instant, matches } from '../scim/index.ts';
import { object } from './documents.ts';
import { allMembers, memberJson } from './membership.ts';
import { type RecordRow, toRecord } from './rows.ts';

/**
 * The full SCIM resource of a row, as filters and sorting see it; `groups` or `members` only when asked for. Of what is made up
 * for each answer (`location`, `version`, `$ref`) it holds only that there is some.
 */
export function resourceOf(db: Database.Database, type: ResourceType, row: RecordRow, references: boolean): JsonObject {
  const { json, groups } = toRecord(type, row);
  const stored: JsonObject = JSON.parse(json);
  const resource: JsonObject = {
    ...stored,
    meta: {
      resourceType: type,
      created: new Date(row.created_at).toISOString(),
      lastModified: new Date(row.modified_at).toISOString(),
      location: row.id,
      version: row.id,
    },
  };
  if (!references) return resource;
  if (type === 'User') resource.groups = groups.map((one) => ({ ...one, $ref: one.value, type: 'direct' }));
  else resource.members = [...allMembers(db, row.row)].flat().map(memberJson);
  return resource;
}

/** Whether a row satisfies all of `filters`. */
export function satisfies(
  db: Database.Database,
  type: ResourceType,
  row: RecordRow,
  filters: readonly Filter[],
  references: boolean,
): boolean {
  if (filters.length === 0) return true;
  const resource = resourceOf(db, type, row, references);
  return filters.every((filter) => matches(filter, resource));
}

export type SortKey = string | number | null;

/**
 * What a resource sorts by (RFC 7644 §3.4.2.3): of several values the primary one, else the first; text folded unless the
 * attribute is case-exact, times as instants; null without a value.
 */
export function sortKey(resource: JsonObject, { urn, attribute, sub }: AttributePath): SortKey {
  const holder = urn === null ? resource : object(resource[urn]);
  const held = holder?.[attribute.name];
  const one = Array.isArray(held) ? (held.find((item) => object(item)?.primary === true) ?? held[0]) : held;
  return keyOf(sub ?? attribute, sub === null ? one : object(one)?.[sub.name]);
}

/** What one value of an attribute sorts by. */
export function keyOf({ type, caseExact }: Attribute, value: Json | undefined): SortKey {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  if (type === 'dateTime') return instant(value);
  return caseExact ? value : fold(value);
}

/** Ascending, numbers before texts; what has no value comes last. */
export function compareKeys(a: SortKey, b: SortKey): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1;
  return typeof b === 'number' ? 1 : compareText(a, b);
}
