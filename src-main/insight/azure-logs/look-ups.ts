import type Database from 'better-sqlite3';
import type { AzureProperty } from '../../contract/index.ts';
import { fold } from '../../scim/index.ts';

/** Values of an entry that are compared with a call: more say no more. */
const mostWritten = 20;
const mostLeaves = 5_000;
/** Bodies whose values are remembered: a call is compared with every entry about its record. */
const bodiesRemembered = 500;

/** What the matching asks of the directory and of single calls, prepared once for many entries. */
export interface LookUps {
  /** Ids of the records with this externalId. */
  idsByExternalId(externalId: string): string[];
  /** Ids of the users who have one of these folded userNames. */
  idsByUserName(names: readonly string[]): string[];
  /** The folded userName of a user; empty when there is none. */
  userNameOf(id: string): string[];
  /** Whether the call is the main one of an entry already. */
  isClaimed(id: number, seq: number): boolean;
  /** Which of the values that an entry tells of the call sent; null where that can't be told. */
  written(properties: readonly AzureProperty[], seq: number): Written | null;
}

/** Values of an entry's modified properties, as far as a call sent them. */
export interface Written {
  of: number;
  /** Names of the properties whose values were sent. */
  found: string[];
}

export function createLookUps(db: Database.Database): LookUps {
  const byExternalId = db
    .prepare<[string, string], string>(
      'SELECT id FROM users WHERE external_id = ? UNION ALL SELECT id FROM groups WHERE external_id = ? LIMIT 10',
    )
    .pluck();
  const byUserName = db
    .prepare<[string], string>("SELECT id FROM users WHERE user_name_fold = ? AND state <> 'deleted'")
    .pluck();
  const userName = db.prepare<[string], string>('SELECT user_name_fold FROM users WHERE id = ?').pluck();
  const claimed = db
    .prepare<[number, number], number>('SELECT count(*) FROM azure_matches WHERE import = ? AND call_seq = ? AND main')
    .pluck();
  const bodyOf = db
    .prepare<[number], string | null>('SELECT request_body FROM calls WHERE seq = ? AND request_cut IS NULL')
    .pluck();
  const remembered = new Map<number, ReadonlySet<string> | null>();

  function sent(seq: number): ReadonlySet<string> | null {
    const known = remembered.get(seq);
    if (known !== undefined) return known;
    const values = leavesOf(bodyOf.get(seq) ?? null);
    if (remembered.size >= bodiesRemembered) remembered.clear();
    remembered.set(seq, values);
    return values;
  }

  return {
    idsByExternalId: (externalId) => byExternalId.all(externalId, externalId),
    idsByUserName: (names) => names.flatMap((name) => byUserName.all(name)),
    userNameOf: (id) => userName.all(id),
    isClaimed: (id, seq) => (claimed.get(id, seq) ?? 0) > 0,
    written(properties, seq) {
      const told = properties.filter(({ to }) => to !== null && to !== '').slice(0, mostWritten);
      const values = told.length === 0 ? null : sent(seq);
      if (values === null) return null;
      return { of: told.length, found: told.flatMap(({ name, to }) => (values.has(fold(to ?? '')) ? [name] : [])) };
    },
  };
}

/** The single values of a body, folded; null where it is no JSON or there is none. */
function leavesOf(body: string | null): ReadonlySet<string> | null {
  if (body === null) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    // It was refused for that: it tells no values.
    return null;
  }
  const values = new Set<string>();
  const waiting: unknown[] = [parsed];
  for (let next = waiting.pop(); next !== undefined && values.size < mostLeaves; next = waiting.pop()) {
    if (typeof next === 'object' && next !== null) waiting.push(...Object.values(next).filter((one) => one != null));
    else values.add(fold(String(next)));
  }
  return values;
}
