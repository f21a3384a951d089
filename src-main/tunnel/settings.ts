import { X509Certificate } from 'node:crypto';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { ngrokProblem, ownProblem, type TunnelProblem } from '../contract/catalogue/tunnel.ts';
import type { TunnelRequest, TunnelSettings, TunnelSettingsChange, Writer } from '../contract/index.ts';
import { readSetting, unwrapped, writeSetting } from '../storage/index.ts';
import { readOrigin } from './origin.ts';

const schema = z.object({
  kind: z.enum(['none', 'own', 'ngrok']),
  startWithApp: z.boolean(),
  ownOrigin: z.string().nullable(),
  domain: z.string().nullable(),
  server: z.string().nullable(),
  /** PEM text. */
  ca: z.string().nullable(),
  authtoken: z.object({ sealed: z.string(), sealedBy: z.string(), ending: z.string() }).nullable(),
});

/** What is stored about the tunnel. */
export type StoredTunnel = z.infer<typeof schema>;

/** Addresses that outlast a run. */
const memorySchema = z.object({
  /** The public origin that ngrok gave last. */
  last: z.string().nullable(),
  /** The public origin by which Azure called last. */
  seenByAzure: z.string().nullable(),
});
export type TunnelMemory = z.infer<typeof memorySchema>;

const settingsKey = 'tunnel';
const memoryKey = 'tunnel.memory';

const fresh: StoredTunnel = {
  kind: 'none',
  startWithApp: true,
  ownOrigin: null,
  domain: null,
  server: null,
  ca: null,
  authtoken: null,
};

/** Where the connection is kept among the settings. */
export const tunnelKeys: readonly string[] = [settingsKey, memoryKey];

/** The public origin that a stored connection is set to, and the one by which Azure called last; null where there is none. */
export function readConnection(db: Database.Database): { origin: string | null; seenByAzure: string | null } {
  const { kind, ownOrigin, domain } = readSetting(db, settingsKey, schema) ?? fresh;
  const { last, seenByAzure } = readSetting(db, memoryKey, memorySchema) ?? { last: null, seenByAzure: null };
  const ngrok = domain === null ? last : `https://${domain}`;
  return { origin: kind === 'own' ? ownOrigin : kind === 'ngrok' ? ngrok : null, seenByAzure };
}

/** The tunnel's part of the settings, in memory and on disk. */
export interface TunnelStore {
  readonly settings: StoredTunnel;
  readonly memory: TunnelMemory;
  /** Resolves when it is on disk. */
  save(change: Partial<StoredTunnel>): Promise<void>;
  remember(change: Partial<TunnelMemory>): void;
}

export function openTunnelStore(db: Database.Database, writer: Writer): TunnelStore {
  let settings = readSetting(db, settingsKey, schema) ?? fresh;
  let memory = readSetting(db, memoryKey, memorySchema) ?? { last: null, seenByAzure: null };
  return {
    get settings() {
      return settings;
    },
    get memory() {
      return memory;
    },
    async save(change) {
      const next = { ...settings, ...change };
      await writer.submit(() => writeSetting(db, settingsKey, next), unwrapped);
      settings = next;
    },
    remember(change) {
      memory = { ...memory, ...change };
      const kept = memory;
      writer.append(() => writeSetting(db, memoryKey, kept));
    },
  };
}

/** The settings as the window shows them: what holds in this run, without the authtoken. */
export function shownSettings(
  stored: StoredTunnel,
  { choice, ngrok: fixed }: TunnelRequest,
  host: string,
): TunnelSettings {
  const { kind, startWithApp, ownOrigin, domain, authtoken } = stored;
  const server = fixed.server ?? stored.server;
  const ca = fixed.ca ?? stored.ca;
  const kept = authtoken && {
    ending: authtoken.ending,
    from: 'settings' as const,
    readable: authtoken.sealedBy === host,
  };
  const given = fixed.authtoken && {
    ending: endingOf(fixed.authtoken),
    from: 'environment' as const,
    readable: true,
  };
  return {
    kind,
    startWithApp,
    ownOrigin,
    ngrok: { domain, server, ca, authtoken: given || kept },
    fixedByStart: [
      ...(choice === null ? [] : ['tunnel' as const]),
      ...(fixed.authtoken === null ? [] : ['authtoken' as const]),
      ...(fixed.server === null ? [] : ['server' as const]),
      ...(fixed.ca === null ? [] : ['ca' as const]),
    ],
  };
}

/** What tells authtokens apart without giving one away. */
export function endingOf(authtoken: string): string {
  return authtoken.slice(-4);
}

/** The change as it will be stored, or what is wrong with it. */
export function readChange(change: TunnelSettingsChange): TunnelSettingsChange | TunnelProblem {
  const ownOrigin = textOrNull(change.ownOrigin);
  const origin = ownOrigin === null ? null : readOrigin(ownOrigin);
  if (change.kind === 'own' ? origin === null : ownOrigin !== null && origin === null) return ownProblem('own-address');
  const domain =
    textOrNull(change.domain)
      ?.toLowerCase()
      .replace(/^https:\/\//, '')
      .replace(/\/$/, '') ?? null;
  if (domain !== null && !isHost(domain)) return ownProblem('ngrok-domain');
  const server = textOrNull(change.server);
  if (server !== null && !isServer(server)) return ownProblem('ngrok-server');
  const ca = textOrNull(change.ca);
  if (ca !== null && !isCertificate(ca)) return ownProblem('ngrok-ca');
  return { kind: change.kind, startWithApp: change.startWithApp, ownOrigin: origin, domain, server, ca };
}

/**
 * The authtoken in what was pasted: the bare text, or the whole command that ngrok's dashboard offers to copy. Anything that
 * can't be one is ngrok's own problem 105, without asking it.
 */
export function readAuthtoken(pasted: string): { authtoken: string } | { problem: TunnelProblem } {
  const authtoken = pasted
    .trim()
    .replace(/^(\$\s*)?ngrok\s.*add-authtoken\s+/, '')
    .replace(/^(export\s+)?NGROK_AUTHTOKEN=/, '')
    .replace(/^(["'])(.*)\1$/, '$2');
  if (/^[\x21-\x7e]{8,500}$/.test(authtoken)) return { authtoken };
  const { retry: _retry, ...problem } = ngrokProblem(105, '');
  return { problem };
}

function textOrNull(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function isHost(text: string): boolean {
  const url = URL.parse(`https://${text}`);
  return url !== null && url.host === text && url.pathname === '/' && url.username === '';
}

/** HOST:PORT. */
function isServer(text: string): boolean {
  const port = /:(\d{1,5})$/.exec(text)?.[1];
  return (
    port !== undefined && Number(port) > 0 && Number(port) < 65_536 && isHost(text.toLowerCase().replace(/:443$/, ''))
  );
}

/** PEM text with at least one certificate, and none that can't be read. */
function isCertificate(text: string): boolean {
  const found = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return found.length > 0 && found.every(canBeRead);
}

function canBeRead(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
