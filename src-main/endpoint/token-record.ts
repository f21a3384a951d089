import { z } from 'zod';
import type { TokenEnd } from '../contract/index.ts';

/** Every token that a pilot makes begins like this: whoever finds one knows what it is, and redaction finds it anywhere. */
export const tokenPrefix = 'scimpilot_';

const hour = 3_600_000;
const day = 24 * hour;
/** How long Azure may go on with the token before a rotation: its job comes about every 40 minutes. */
const overlapMs = hour;
/** Ended tokens that are remembered, to say what they were. */
const remembered = 10;

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What is stored of the Secret Token: how to recognise it and those before it, and the newest one sealed. */
export const tokenRecord = z.object({
  /** SHA-256, hexadecimal. */
  hash: digest,
  sealed: z.string(),
  /** The kind of `SecretStore` that sealed it. */
  sealedBy: z.string(),
  ending: z.string(),
  validDays: z.int().positive().nullable().default(null),
  /** Milliseconds since 1970. */
  expiresAt: z.int().nullable().default(null),
  /** Hash of the token of Azure's newest call that was let in and worked on users or groups; connectivity probes don't count. */
  azureUses: digest.nullable().default(null),
  /** Hash of the token of Azure's newest call that was let in and did not: *Test Connection*, most likely. */
  azureTested: digest.nullable().default(null),
  /** Newest first. Accepted until `until`; `end` is what refuses them from then on. */
  older: z
    .array(
      z.object({
        hash: digest,
        ending: z.string(),
        until: z.int(),
        end: z.enum(['replaced', 'revoked', 'expired']),
      }),
    )
    .default([]),
});
export type TokenRecord = z.infer<typeof tokenRecord>;

/** A token that was just made. */
export type NewToken = Pick<TokenRecord, 'hash' | 'sealed' | 'sealedBy' | 'ending'>;

/** Tokens are told apart by their hashes; `until` is Infinity for one that does not end. */
export interface KnownToken {
  hash: string;
  ending: string;
  until: number;
  end: TokenEnd;
}

/** Every token that the record knows, the newest first. */
export function knownTokens({ hash, ending, expiresAt, older }: TokenRecord): [KnownToken, ...KnownToken[]] {
  return [{ hash, ending, until: expiresAt ?? Number.POSITIVE_INFINITY, end: 'expired' }, ...older];
}

/** The record of a pilot's first token. */
export function firstRecord(made: NewToken): TokenRecord {
  return { ...made, validDays: null, expiresAt: null, azureUses: null, azureTested: null, older: [] };
}

/** `made` takes the newest token's place, which is accepted for an hour more, or until Azure works with `made`. */
export function rotated(record: TokenRecord, made: NewToken, now: number): TokenRecord {
  return succeeded(record, made, now, now + overlapMs, 'replaced');
}

/** `made` takes the place of every token accepted so far, at once. */
export function revoked(record: TokenRecord, made: NewToken, now: number): TokenRecord {
  return succeeded(record, made, now, now, 'revoked');
}

/** The token expires `days` after now, and later ones as long after they are made; null: never. */
export function expiring(record: TokenRecord, days: number | null, now: number): TokenRecord {
  return { ...record, validDays: days, expiresAt: expiryOf(days, now) };
}

/**
 * Azure has tested the connection with the token of this hash. That ends no other token: whoever presses *Test Connection* has
 * not saved yet, and Azure's job goes on with the one before.
 */
export function testedByAzure(record: TokenRecord, hash: string): TokenRecord {
  return { ...record, azureTested: hash };
}

/** Azure works with the token of this hash. Once it is the newest, those before it are not needed any more. */
export function usedByAzure(record: TokenRecord, hash: string, now: number): TokenRecord {
  const older = hash === record.hash ? record.older.map((token) => endedBy(token, now, 'replaced')) : record.older;
  return { ...record, azureUses: hash, older };
}

function succeeded(record: TokenRecord, made: NewToken, now: number, until: number, end: TokenEnd): TokenRecord {
  const [newest, ...older] = knownTokens(record);
  // A rotation leaves the others the hour that they have; a revocation ends them too.
  const others = end === 'revoked' ? older.map((token) => endedBy(token, now, end)) : older;
  return {
    ...record,
    ...made,
    expiresAt: expiryOf(record.validDays, now),
    older: [endedBy(newest, until, end), ...others].slice(0, remembered),
  };
}

/** The token as it ends at `until`, unless it ended before. */
function endedBy(token: KnownToken, until: number, end: TokenEnd): KnownToken {
  return token.until <= until ? token : { ...token, until, end };
}

function expiryOf(days: number | null, now: number): number | null {
  return days === null ? null : now + days * day;
}
