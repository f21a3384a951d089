import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultDataFolder } from '../../../src-main/cli/data-folder.ts';
import { readSettings } from '../../../src-main/cli/flags.ts';
import { StartError } from '../../../src-main/contract/catalogue/errors.ts';
import { makeCertificate } from '../../support/edge/certificate.ts';

const home = { XDG_DATA_HOME: '/xdg' };

function failure(args: string[], environment: Record<string, string> = home): StartError {
  try {
    readSettings(args, environment, 'linux');
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error(`${args.join(' ')} was taken`);
}

describe('flags', () => {
  test('none: the defaults', () => {
    expect(readSettings([], home, 'linux')).toEqual({
      help: false,
      headless: false,
      json: false,
      dataDir: '/xdg/scim-pilot',
      port: { number: 8620, explicit: false },
      windowPort: { number: 0, explicit: false },
      tunnel: { choice: null, ngrok: { authtoken: null, server: null, ca: null } },
      token: null,
    });
  });

  test('all of them, with a space or an equals sign', () => {
    const spaced = ['--headless', '--json', '--data', 'd', '--port', '9000', '--window-port', '9001'];
    const joined = ['--headless', '--json', '--data=d', '--port=9000', '--window-port=9001'];
    for (const args of [spaced, joined]) {
      expect(readSettings([...args, '--tunnel', 'https://own.example/'], home, 'linux')).toEqual({
        help: false,
        headless: true,
        json: true,
        dataDir: resolve('d'),
        port: { number: 9000, explicit: true },
        windowPort: { number: 9001, explicit: true },
        tunnel: {
          choice: { kind: 'own', publicOrigin: 'https://own.example' },
          ngrok: { authtoken: null, server: null, ca: null },
        },
        token: null,
      });
    }
    expect(readSettings(['--port', '0'], home, 'linux').port).toEqual({ number: 0, explicit: false });
    expect(readSettings(['--tunnel', 'none'], home, 'linux').tunnel.choice).toEqual({ kind: 'none' });
  });

  test.each([
    [['--prot', '1'], 'There is no flag --prot.'],
    [['-p', '1'], 'There is no flag -p.'],
    [['--__proto__'], 'There is no flag --__proto__.'],
    [['--no-headless'], 'There is no flag --no-headless.'],
    [['serve'], '"serve" is not a flag.'],
    [['--port'], '--port needs a value.'],
    [['--port', '--json'], '--port needs a value.'],
    [['--data='], '--data needs a value.'],
    [['--port', 'x'], '--port x is not a port.'],
    [['--port', '65536'], '--port 65536 is not a port.'],
    [['--port=-1'], '--port -1 is not a port.'],
    [['--port', '1e3'], '--port 1e3 is not a port.'],
    [['--window-port', '8080.5'], '--window-port 8080.5 is not a port.'],
    [['--window-port', '8620'], "The endpoint and the window can't share port 8620."],
    [['--json=yes'], '--json takes no value.'],
    [['--port', '1', '--port', '2'], '--port is given twice.'],
    [['--ngrok-server', 'connect.example.com'], '--ngrok-server connect.example.com is not HOST:PORT.'],
    [['--ngrok-ca', import.meta.filename], `--ngrok-ca ${import.meta.filename} holds no certificate.`],
    [['--tunnel', 'own.example'], '--tunnel own.example is not an address.'],
    [['--tunnel', 'http://own.example'], '--tunnel http://own.example is not https, and Azure calls nothing else.'],
    [['--tunnel', 'https://own.example/scim/v2'], '--tunnel https://own.example/scim/v2 holds more than an origin.'],
    [['--tunnel', 'https://me@own.example'], '--tunnel https://me@own.example holds more than an origin.'],
  ])('%j: one sentence and a cure', (args, message) => {
    const error = failure(args);
    expect(error.code).toBe('flag');
    expect(error.message).toBe(message);
    expect(error.cure).toMatch(/^[A-Z].+[.]$/);
  });

  test("ngrok's own: the tunnel, an ingress with its authority, and the authtoken of the environment", () => {
    const ca = join(mkdtempSync(join(tmpdir(), 'scim-pilot-flags-')), 'ca.pem');
    const { cert } = makeCertificate();
    writeFileSync(ca, cert);
    const args = ['--tunnel', 'ngrok', '--ngrok-server', 'connect.example.com:443', '--ngrok-ca', ca];
    expect(readSettings(args, { ...home, NGROK_AUTHTOKEN: ' an-authtoken ' }, 'linux').tunnel).toEqual({
      choice: { kind: 'ngrok' },
      ngrok: { authtoken: 'an-authtoken', server: 'connect.example.com:443', ca: cert },
    });
    rmSync(dirname(ca), { recursive: true });
    expect(failure(args).message).toContain("can't be read");
  });
});

describe('SCIM_PILOT_TOKEN', () => {
  const read = (token: string) => readSettings([], { ...home, SCIM_PILOT_TOKEN: token }, 'linux').token;

  test('is taken without "Bearer" and spaces around', () => {
    expect(read('a-token-of-16-or-more')).toBe('a-token-of-16-or-more');
    expect(read(' Bearer a-token-of-16-or-more ')).toBe('a-token-of-16-or-more');
    expect(read('')).toBe(null);
  });

  test.each(['short', 'with a space in it', 'sixteen-characters-ü', `x${'y'.repeat(1_024)}`])(
    '%s is refused, and not repeated',
    (token) => {
      const error = failure([], { ...home, SCIM_PILOT_TOKEN: token });
      expect(error.code).toBe('flag');
      expect(`${error.message} ${error.cure}`).not.toContain(token);
    },
  );
});

test('the data folder is where the platform keeps application data', () => {
  expect(defaultDataFolder({}, 'linux', '/home/ada')).toBe('/home/ada/.local/share/scim-pilot');
  expect(defaultDataFolder({ XDG_DATA_HOME: '/x' }, 'linux', '/home/ada')).toBe('/x/scim-pilot');
  expect(defaultDataFolder({ XDG_DATA_HOME: 'relative' }, 'linux', '/home/ada')).toBe(
    '/home/ada/.local/share/scim-pilot',
  );
  expect(defaultDataFolder({}, 'darwin', '/Users/ada')).toBe('/Users/ada/Library/Application Support/SCIM Pilot');
  expect(defaultDataFolder({ APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' }, 'win32', 'C:\\Users\\ada')).toBe(
    'C:\\Users\\ada\\AppData\\Roaming\\SCIM Pilot',
  );
});
