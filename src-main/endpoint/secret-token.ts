import { hash, randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { refusedIn } from '../contract/catalogue/credentials.ts';
import { RequestError } from '../contract/catalogue/errors.ts';
import type { Clock, RefusedToken, SecretStore, TokenStatus, Writer } from '../contract/index.ts';
import { readSetting, unwrapped, writeSetting } from '../storage/index.ts';
import { type CheckCredentials, createCredentialsCheck } from './credentials.ts';
import { createRefusedTokens, type RefusedTokens, refusedForMs } from './refused-tokens.ts';
import {
  expiring,
  firstRecord,
  knownTokens,
  type NewToken,
  revoked,
  rotated,
  type TokenRecord,
  testedByAzure,
  tokenPrefix,
  tokenRecord,
  usedByAzure,
} from './token-record.ts';

/** Where the token is kept among the settings. */
export const tokenKey = 'endpoint.token';
const key = tokenKey;

export interface SecretTokenOptions {
  db: Database.Database;
  writer: Writer;
  secrets: SecretStore;
  clock: Clock;
  /** The token of this run, never stored; null: the stored one. */
  fixed: string | null;
}

/** The Secret Token: what is accepted as it, and what the admin may do about it. */
export interface SecretToken {
  /** Null when it was sealed by another host (desktop, headless) and this one can't open it: calls are still checked. */
  readonly plain: string | null;
  /** What checks calls from now on. */
  readonly check: CheckCredentials;
  /** Hash of the token that Azure works with. */
  readonly azureUses: string | null;
  /** Azure has called with the accepted token of this hash; `working`: on users or groups, and not to test the connection. */
  calledByAzure(hash: string, working: boolean): void;
  refused: RefusedTokens['add'];
  /** Tells of stored calls too, refused before this start: `since` a time, oldest first, `authorization` as it is shown. */
  recall(storedSince: (since: number) => readonly RefusedBefore[]): void;
  status(): TokenStatus;
  /** A new token takes its place; it is accepted for an hour more, or until Azure works with the new one. */
  rotate(): Promise<void>;
  /** A new token takes its place; it and those before it are refused at once. */
  revoke(): Promise<void>;
  /** It expires so many days from now, and each later one so long after it was made; null: never. */
  setExpiry(days: number | null): Promise<void>;
}

/** Calls that were refused for one Authorization header; null for none. */
type RefusedBefore = Omit<RefusedToken, 'kind' | 'ending'> & { authorization: string | null };

/** `fixed` when there is one; else the stored token, made (256 random bits) at the first start. */
export async function openSecretToken(options: SecretTokenOptions): Promise<SecretToken> {
  const { db, writer, secrets, clock, fixed } = options;
  const refused = createRefusedTokens(clock);
  let { record, plain } = fixed === null ? await openStored(db, secrets) : { record: fixedRecord(fixed), plain: fixed };
  let check = createCredentialsCheck(knownTokens(record), plain);
  let last: Promise<unknown> = Promise.resolve();

  function follow(next: TokenRecord, opened: string | null): void {
    record = next;
    plain = opened;
    check = createCredentialsCheck(knownTokens(record), plain);
  }

  /** Stores what `change` makes of the record as it is by then. */
  async function store(change: (record: TokenRecord) => TokenRecord, made?: string): Promise<void> {
    const next = await writer.submit(() => {
      const changed = change(record);
      writeSetting(db, key, changed);
      return changed;
    }, unwrapped);
    follow(next, made ?? plain);
  }

  async function succeed(change: (record: TokenRecord, made: NewToken, now: number) => TokenRecord): Promise<void> {
    const made = makeToken();
    const sealed = await seal(made, secrets);
    await store((current) => change(current, sealed, clock.now()), made);
  }

  /** Acts follow one another: each starts from what the one before it left. */
  function act(run: () => Promise<void>): Promise<void> {
    if (fixed !== null) {
      const words = 'SCIM_PILOT_TOKEN sets the Secret Token of this run: change it there, or start without it.';
      return Promise.reject(new RequestError('invalid', words));
    }
    const done = last.then(run);
    last = done.catch(() => {});
    return done;
  }

  return {
    get plain() {
      return plain;
    },
    get check() {
      return check;
    },
    get azureUses() {
      return record.azureUses;
    },
    calledByAzure(used, working) {
      if (used === record.azureUses || (!working && used === record.azureTested)) return;
      follow(working ? usedByAzure(record, used, clock.now()) : testedByAzure(record, used), plain);
      if (fixed === null) writer.append(() => writeSetting(db, key, record));
    },
    refused: refused.add,
    recall(storedSince) {
      for (const { authorization, ...calls } of storedSince(clock.now() - refusedForMs)) {
        const token = authorization === null ? null : refusedIn(authorization);
        // This run may have been started with the very token that was refused.
        const ours = token?.kind === 'other' && token.ending !== null && record.ending.endsWith(token.ending);
        if (token !== null && !ours) refused.add({ ...token, ...calls });
      }
    },
    status() {
      const now = clock.now();
      const known = knownTokens(record);
      const used = known.find((token) => token.hash === record.azureUses);
      return {
        ending: record.ending,
        fixedForRun: fixed !== null,
        sealedBy: secrets.kind,
        shows: plain !== null,
        validDays: record.validDays,
        expiresAt: record.expiresAt,
        overlap: record.older.filter((token) => token.until > now).map(({ ending, until }) => ({ ending, until })),
        azureTested: record.azureTested === record.hash && used !== known[0],
        azureUses: used === undefined ? null : { ending: used.ending, newest: used === known[0] },
        refused: refused.list(),
      };
    },
    rotate: () => act(() => succeed(rotated)),
    revoke: () => act(() => succeed(revoked)),
    setExpiry: (days) => act(() => store((current) => expiring(current, days, clock.now()))),
  };
}

async function openStored(db: Database.Database, secrets: SecretStore) {
  const stored = readSetting(db, key, tokenRecord);
  if (stored !== null) {
    const opened = stored.sealedBy === secrets.kind ? await secrets.open(stored.sealed) : null;
    // A text that opens to something else is not the token we check against.
    return { record: stored, plain: opened !== null && sha256(opened) === stored.hash ? opened : null };
  }
  const plain = makeToken();
  const record = firstRecord(await seal(plain, secrets));
  writeSetting(db, key, record);
  return { record, plain };
}

function makeToken(): string {
  return tokenPrefix + randomBytes(32).toString('base64url');
}

async function seal(plain: string, secrets: SecretStore): Promise<NewToken> {
  return {
    hash: sha256(plain),
    sealed: await secrets.seal(plain),
    sealedBy: secrets.kind,
    ending: plain.slice(-4),
  };
}

/** Nothing is sealed: it is never stored. */
function fixedRecord(plain: string): TokenRecord {
  return firstRecord({ hash: sha256(plain), sealed: '', sealedBy: '', ending: plain.slice(-4) });
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
