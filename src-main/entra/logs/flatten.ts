/** What a record says, by flattened name (`sourceIdentity.id` → `sourceidentityid`); lists stay whole. */
export type Flat = Map<string, string | unknown[]>;

/** Nothing in a log lies deeper. */
const deepest = 6;

/** A name as it is compared: letters and digits, in lower case. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Flattens a record of any of the log's forms, so that Graph's nesting, Azure Monitor's JSON strings and the columns of a CSV come
 * to the same names. The first value of a name wins.
 */
export function flatten(record: Record<string, unknown>): Flat {
  const flat: Flat = new Map();
  // Event Hubs and storage accounts put the entry itself into `properties`.
  const inner = jsonIn(record.properties);
  if (isObject(inner)) add(flat, '', inner, 0);
  add(flat, '', record, 0);
  return flat;
}

function add(flat: Flat, prefix: string, record: Record<string, unknown>, depth: number): void {
  for (const [key, raw] of Object.entries(record)) {
    const name = prefix + plainName(key);
    const value = complex.has(name) ? jsonIn(raw) : raw;
    if (value === null || value === undefined || value === '') continue;
    if (isObject(value)) {
      if (depth < deepest) add(flat, name, value, depth + 1);
    } else if (Array.isArray(value)) {
      const [only] = value;
      // Graph's tables call servicePrincipal a collection; its samples show an object.
      if (value.length === 1 && isObject(only) && !lists.has(name)) add(flat, name, only, depth + 1);
      else if (!flat.has(name)) flat.set(name, value);
    } else if (!flat.has(name)) flat.set(name, String(value));
  }
}

/** Names whose list may well have one entry. */
const lists = new Set(['provisioningsteps', 'modifiedproperties']);

/** Names whose value may be JSON in a string. Any other string stays one: an answer of ours that is quoted is JSON too. */
const complex = new Set([
  'initiatedby',
  'modifiedproperties',
  'provisioningstatusinfo',
  'provisioningsteps',
  'serviceprincipal',
  'sourceidentity',
  'sourcesystem',
  'statusinfo',
  'targetidentity',
  'targetsystem',
]);

/** The value that a string holds as JSON, as Azure Monitor's complex columns do; else the value itself. */
export function jsonIn(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
