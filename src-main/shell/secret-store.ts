import { safeStorage } from 'electron';
import type { SecretStore } from '../contract/index.ts';

/** Says how the rest is to be read, should the form ever change. */
const prefix = 's1.';

/**
 * Secrets under the operating system's care (DPAPI, Keychain, libsecret, kwallet). Null where there is none to be had: Linux
 * without a keyring, where Electron would encrypt with a password that is public.
 */
export async function createSafeStorageSecrets(platform: NodeJS.Platform): Promise<SecretStore | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  if (platform === 'linux' && ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())) return null;
  return {
    kind: 'safe-storage',
    async seal(plain) {
      return prefix + (await safeStorage.encryptStringAsync(plain)).toString('base64');
    },
    async open(sealed) {
      if (!sealed.startsWith(prefix)) return null;
      try {
        return (await safeStorage.decryptStringAsync(Buffer.from(sealed.slice(prefix.length), 'base64'))).result;
      } catch {
        // Another account or machine sealed it, or it is damaged: the caller offers to make a new secret.
        return null;
      }
    },
  };
}
