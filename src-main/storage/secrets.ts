import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../contract/catalogue/errors.ts';
import type { SecretStore } from '../contract/index.ts';
import { systemCode } from './errors.ts';
import { ensurePrivateFile, ensurePrivateFolder, notWritable } from './files.ts';

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
/** Says how the rest is to be read, should the form ever change. */
const prefix = 'k1.';

/**
 * Seals secrets with AES-256-GCM under a key in `dir/secrets.key` (0600, made on first use). It keeps secrets out of the
 * database, its back-ups and exports; whoever can read the key file can open them.
 */
export function createKeyFileSecrets(dir: string): SecretStore {
  const file = join(dir, 'secrets.key');
  return {
    kind: 'key-file',
    async seal(plain) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', existsSync(file) ? readKey(file) : makeKey(dir, file), iv);
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return prefix + Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
    },
    async open(sealed) {
      if (!sealed.startsWith(prefix) || !existsSync(file)) return null;
      const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url');
      if (bytes.length < ivBytes + tagBytes) return null;
      const decipher = createDecipheriv('aes-256-gcm', readKey(file), bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const text = decipher.update(bytes.subarray(ivBytes + tagBytes));
      try {
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        // The tag does not fit: sealed under another key, or damaged. The caller offers to make a new secret.
        return null;
      }
    },
  };
}

function makeKey(dir: string, file: string): Buffer {
  ensurePrivateFolder(dir);
  const key = randomBytes(keyBytes);
  try {
    writeFileSync(file, `${key.toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return readKey(file);
    throw notWritable(file, error);
  }
  return key;
}

function readKey(file: string): Buffer {
  ensurePrivateFile(file);
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (key.length !== keyBytes) {
    throw new StartError(
      'data-damaged',
      `The key file ${file} is damaged.`,
      'Put a back-up in its place, or move it away and make a new Secret Token.',
    );
  }
  return key;
}
