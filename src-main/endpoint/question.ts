import type { Json, JsonObject, Query, ResourceType } from '../contract/index.ts';
import {
  type Filter,
  type Projection,
  parseFilter,
  parseProjection,
  parseSharedFilter,
  type SchemaRegistry,
  ScimError,
} from '../scim/index.ts';
import type { Parameters } from './query-string.ts';

const defaultCount = 100;
const maxCount = 1_000;

/** A query as asked (RFC 7644 §3.4.2), read and checked. */
export interface Question {
  query: Query<Filter>;
  projection: Projection | null;
}

/** A question to one of two types that are asked together. */
export interface SharedQuestion extends Question {
  /** No record of this type can satisfy the filter. */
  none: boolean;
}

/** The raw question, from the query string or from a SearchRequest. */
interface RawQuestion {
  filter: string | null;
  startIndex: string | null;
  count: string | null;
  sortBy: string | null;
  sortOrder: string | null;
  attributes: string | null;
  excludedAttributes: string | null;
}

/** Reads `?filter=…&startIndex=…`; unknown parameters mean nothing. Throws ScimError 400. */
export function questionOf(type: ResourceType, parameters: Parameters, registry: SchemaRegistry): Question {
  return questionFrom(type, fromQuery(parameters), registry);
}

/** Reads the body of POST /.search (RFC 7644 §3.4.3). Throws ScimError 400. */
export function searchRequestOf(type: ResourceType, body: JsonObject, registry: SchemaRegistry): Question {
  return questionFrom(type, fromBody(body), registry);
}

/** One question to both types (RFC 7644 §3.4.2.1), from the query string or from the body of POST /.search. */
export function sharedQuestionsOf(
  asked: Parameters | JsonObject,
  registry: SchemaRegistry,
): Record<ResourceType, SharedQuestion> {
  const raw = isParameters(asked) ? fromQuery(asked) : fromBody(asked);
  return { User: sharedFrom('User', 'Group', raw, registry), Group: sharedFrom('Group', 'User', raw, registry) };
}

function isParameters(asked: Parameters | JsonObject): asked is Parameters {
  return asked instanceof Map;
}

function fromQuery(parameters: Parameters): RawQuestion {
  return {
    filter: parameters.get('filter') ?? null,
    startIndex: parameters.get('startindex') ?? null,
    count: parameters.get('count') ?? null,
    sortBy: parameters.get('sortby') ?? null,
    sortOrder: parameters.get('sortorder') ?? null,
    attributes: parameters.get('attributes') ?? null,
    excludedAttributes: parameters.get('excludedattributes') ?? null,
  };
}

function fromBody(body: JsonObject): RawQuestion {
  const byName = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
  const as = (read: ReadMember) => (name: string) => {
    const value = byName.get(name.toLowerCase());
    return value === undefined || value === null ? null : read(name, value);
  };
  const [text, number, names] = [as(readText), as(readNumber), as(readNames)];
  return {
    filter: text('filter'),
    startIndex: number('startIndex'),
    count: number('count'),
    sortBy: text('sortBy'),
    sortOrder: text('sortOrder'),
    attributes: names('attributes'),
    excludedAttributes: names('excludedAttributes'),
  };
}

type ReadMember = (name: string, value: Json) => string;

function readText(name: string, value: Json): string {
  if (typeof value === 'string') return value;
  throw new ScimError(400, `${name} must be a text.`, 'invalidValue');
}

/** Numbers also as text, as they come in a query string. */
function readNumber(name: string, value: Json): string {
  if (typeof value === 'number' || typeof value === 'string') return String(value);
  throw new ScimError(400, `${name} must be a whole number.`, 'invalidValue');
}

/** A list of names, or one text with commas between, as in a query string. */
function readNames(name: string, value: Json): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(',');
  throw new ScimError(400, `${name} must be a list of texts.`, 'invalidValue');
}

function questionFrom(type: ResourceType, raw: RawQuestion, registry: SchemaRegistry): Question {
  return read(type, registry, raw, raw.filter === null ? null : parseFilter(raw.filter, type, registry));
}

function sharedFrom(
  type: ResourceType,
  other: ResourceType,
  raw: RawQuestion,
  registry: SchemaRegistry,
): SharedQuestion {
  const filter = raw.filter === null ? null : parseSharedFilter(raw.filter, type, other, registry);
  return { ...read(type, registry, raw, filter === 'none' ? null : filter), none: filter === 'none' };
}

function read(type: ResourceType, registry: SchemaRegistry, raw: RawQuestion, filter: Filter | null): Question {
  return {
    query: {
      filter,
      startIndex: Math.max(1, number('startIndex', raw.startIndex, 1)),
      count: Math.min(maxCount, Math.max(0, number('count', raw.count, defaultCount))),
      sortBy: raw.sortBy === null || raw.sortBy === '' ? null : raw.sortBy,
      descending: descending(raw.sortOrder),
    },
    projection: parseProjection(type, raw.attributes, raw.excludedAttributes, registry),
  };
}

function number(name: string, text: string | null, standard: number): number {
  const trimmed = text?.trim() ?? '';
  if (text === null || trimmed === '') return standard;
  if (/^-?\d+$/.test(trimmed)) return Math.min(Number(trimmed), Number.MAX_SAFE_INTEGER);
  throw new ScimError(400, `${name} must be a whole number, not ${JSON.stringify(text.slice(0, 50))}.`, 'invalidValue');
}

function descending(order: string | null): boolean {
  switch (order?.trim().toLowerCase() ?? '') {
    case '':
    case 'ascending':
      return false;
    case 'descending':
      return true;
    default:
      throw new ScimError(400, 'sortOrder must be "ascending" or "descending".', 'invalidValue');
  }
}
