import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { StartError } from '../contract/catalogue/errors.ts';
import type { TunnelChoice, TunnelRequest } from '../contract/index.ts';
import { defaultDataFolder } from './data-folder.ts';

/** The SCIM port when the admin names none. */
export const defaultScimPort = 8620;

/** A port and whether the admin named it: a named port that is taken ends the start, the default one moves. 0 is any free. */
export interface PortChoice {
  number: number;
  explicit: boolean;
}

/** What `npm start` was asked for, checked. */
export interface StartSettings {
  help: boolean;
  headless: boolean;
  json: boolean;
  /** Absolute path. */
  dataDir: string;
  port: PortChoice;
  windowPort: PortChoice;
  /** From --tunnel, --ngrok-server, --ngrok-ca and NGROK_AUTHTOKEN. */
  tunnel: TunnelRequest;
  /** From SCIM_PILOT_TOKEN, else null. */
  token: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const options = {
  headless: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
  data: { type: 'string' },
  port: { type: 'string' },
  'window-port': { type: 'string' },
  tunnel: { type: 'string' },
  'ngrok-server': { type: 'string' },
  'ngrok-ca': { type: 'string' },
} as const;

const known =
  '--headless, --data DIR, --port N, --window-port N, --tunnel none|ngrok|https://own.example, --ngrok-server HOST:PORT, --ngrok-ca FILE, --json, --help';

function isOption(name: string): name is keyof typeof options {
  return Object.hasOwn(options, name);
}

const portSchema = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((port) => port <= 65_535);

/** A bearer token: RFC 6750 §2.1 allows a little less, Azure takes any printable ASCII. */
const tokenSchema = z.string().regex(/^[\x21-\x7e]{16,1024}$/);

/**
 * Reads the command line and the environment. Throws `StartError` 'flag', which names the flag and the cure, for anything
 * unknown, malformed or given twice.
 */
export function readSettings(
  args: readonly string[],
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): StartSettings {
  const given = tokensOf(args);
  const data = given.get('data');
  const port = readPort('--port', given.get('port'), defaultScimPort);
  const windowPort = readPort('--window-port', given.get('window-port'), 0);
  if (windowPort.explicit && windowPort.number === port.number) {
    throw flagError(
      `The endpoint and the window can't share port ${port.number}.`,
      'Give --window-port another one, or 0.',
    );
  }
  return {
    help: given.has('help'),
    headless: given.has('headless'),
    json: given.has('json'),
    dataDir: data === undefined ? defaultDataFolder(environment, platform) : resolve(data),
    port,
    windowPort,
    tunnel: {
      choice: readTunnel(given.get('tunnel')),
      ngrok: {
        authtoken: environment.NGROK_AUTHTOKEN?.trim() || null,
        server: readServer(given.get('ngrok-server')),
        ca: readCertificate(given.get('ngrok-ca')),
      },
    },
    token: readToken(environment.SCIM_PILOT_TOKEN),
  };
}

/** Flags by name; a flag without a value maps to the empty text. */
function tokensOf(args: readonly string[]): Map<string, string> {
  const given = new Map<string, string>();
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      throw flagError(`"${token.value}" is not a flag.`, `The flags are ${known}.`);
    }
    if (token.rawName !== `--${token.name}` || !isOption(token.name)) {
      throw flagError(`There is no flag ${token.rawName}.`, `The flags are ${known}.`);
    }
    if (given.has(token.name)) throw flagError(`${token.rawName} is given twice.`, 'Give it once.');
    if (options[token.name].type === 'boolean' && token.value !== undefined) {
      throw flagError(`${token.rawName} takes no value.`, `Write just ${token.rawName}.`);
    }
    const value = token.value?.trim() ?? '';
    if (options[token.name].type === 'string' && (value === '' || value.startsWith('--'))) {
      throw flagError(`${token.rawName} needs a value.`, `For example: ${exampleOf(token.name)}.`);
    }
    given.set(token.name, value);
  }
  return given;
}

function exampleOf(name: keyof typeof options): string {
  switch (name) {
    case 'data':
      return '--data ./pilot-data';
    case 'tunnel':
      return '--tunnel https://own.example';
    case 'ngrok-server':
      return '--ngrok-server connect.example.com:443';
    case 'ngrok-ca':
      return '--ngrok-ca ./ingress-ca.pem';
    default:
      return `--${name} ${defaultScimPort}`;
  }
}

function readPort(flag: string, text: string | undefined, standard: number): PortChoice {
  if (text === undefined) return { number: standard, explicit: false };
  const port = portSchema.safeParse(text);
  if (port.success) return { number: port.data, explicit: port.data !== 0 };
  throw flagError(`${flag} ${text} is not a port.`, 'A port is a whole number from 1 to 65535, or 0 for any free one.');
}

/** Null: as Settings say. */
function readTunnel(text: string | undefined): TunnelChoice | null {
  if (text === undefined) return null;
  if (text === 'none' || text === 'ngrok') return { kind: text };
  const url = URL.parse(text);
  const cure = 'Give the public address alone, for example: --tunnel https://own.example.';
  if (url === null || !/^https?:$/.test(url.protocol)) throw flagError(`--tunnel ${text} is not an address.`, cure);
  if (url.protocol !== 'https:') throw flagError(`--tunnel ${text} is not https, and Azure calls nothing else.`, cure);
  const bare =
    url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  if (!bare) throw flagError(`--tunnel ${text} holds more than an origin.`, cure);
  return { kind: 'own', publicOrigin: url.origin };
}

function readServer(text: string | undefined): string | null {
  if (text === undefined) return null;
  const port = /^[^/@\s]+:(\d{1,5})$/.exec(text)?.[1];
  if (portSchema.safeParse(port).success) return text;
  throw flagError(`--ngrok-server ${text} is not HOST:PORT.`, 'For example: --ngrok-server connect.example.com:443.');
}

/** The file's PEM text. */
function readCertificate(file: string | undefined): string | null {
  if (file === undefined) return null;
  const cure = 'Name a PEM file with the certificate of the authority, from BEGIN CERTIFICATE to END CERTIFICATE.';
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw flagError(`--ngrok-ca ${file} can't be read (${error instanceof Error ? error.message : error}).`, cure);
  }
  if (/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(text)) return text;
  throw flagError(`--ngrok-ca ${file} holds no certificate.`, cure);
}

function readToken(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const token = tokenSchema.safeParse(text.trim().replace(/^bearer\s+/i, ''));
  if (token.success) return token.data;
  throw flagError(
    'SCIM_PILOT_TOKEN is not a usable token.',
    'Set 16 or more printable characters without spaces, or unset it to use the stored token.',
  );
}

function flagError(message: string, cure: string): StartError {
  return new StartError('flag', message, cure);
}
