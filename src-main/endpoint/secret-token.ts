import { hash, randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { SecretStore } from '../contract/index.ts';
import { readSetting, writeSetting } from '../storage/index.ts';

const key = 'endpoint.token';
const schema = z.object({
  /** SHA-256, hexadecimal. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  sealed: z.string(),
  /** The kind of `SecretStore` that sealed it. */
  sealedBy: z.string(),
  ending: z.string(),
});

/** The Secret Token of this run. */
export interface SecretToken {
  /** SHA-256, for checking. */
  hash: Buffer;
  /** Null when it was sealed by another host (desktop, headless) and this one can't open it: calls are still checked. */
  plain: string | null;
  /** Last four characters, for telling tokens apart. */
  ending: string;
  /** True when it was given for this run and is not stored. */
  fixedForRun: boolean;
}

/** `fixed` when there is one; else the stored token, made (256 random bits) at the first start. */
export async function openSecretToken(
  db: Database.Database,
  secrets: SecretStore,
  fixed: string | null,
): Promise<SecretToken> {
  if (fixed !== null) return { hash: sha256(fixed), plain: fixed, ending: fixed.slice(-4), fixedForRun: true };
  const stored = readSetting(db, key, schema);
  if (stored !== null) {
    const opened = stored.sealedBy === secrets.kind ? await secrets.open(stored.sealed) : null;
    const digest = Buffer.from(stored.hash, 'hex');
    // A text that opens to something else is not the token we check against.
    const plain = opened !== null && sha256(opened).equals(digest) ? opened : null;
    return { hash: digest, plain, ending: stored.ending, fixedForRun: false };
  }
  const plain = `scimpilot_${randomBytes(32).toString('base64url')}`;
  const digest = sha256(plain);
  const ending = plain.slice(-4);
  writeSetting(db, key, {
    hash: digest.toString('hex'),
    sealed: await secrets.seal(plain),
    sealedBy: secrets.kind,
    ending,
  });
  return { hash: digest, plain, ending, fixedForRun: false };
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
