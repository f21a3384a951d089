import { describe, expect, test } from 'vitest';
import { knownNgrokCodes, ngrokProblem } from '../../../src-main/contract/catalogue/tunnel.ts';
import { readOrigin } from '../../../src-main/tunnel/origin.ts';
import { readAuthtoken, readChange } from '../../../src-main/tunnel/settings.ts';
import { backOff } from '../../../src-main/tunnel/supervisor.ts';
import { makeCertificate } from '../../support/edge/certificate.ts';

describe("ngrok's codes", () => {
  test('each is put in words: what, what to do, where to read on', () => {
    for (const code of knownNgrokCodes) {
      const { what, cure, link } = ngrokProblem(code, 'never shown');
      expect(what, String(code)).toMatch(/^[A-Zn].+[.]$/);
      expect(cure, String(code)).toMatch(/^[A-Z].+[.]$/);
      expect(`${what} ${cure}`).not.toContain('never shown');
      expect(link).toMatch(/^https:\/\/(dashboard\.)?ngrok\.com\//);
    }
  });

  test('permanent ones are not tried again, an address that is held for a while, others always', () => {
    const retries = (codes: number[]) => new Set(codes.map((code) => ngrokProblem(code, '').retry));
    expect(retries([105, 107, 4018, 320, 313, 314, 319, 116, 121, 123])).toEqual(new Set(['never']));
    expect(retries([334])).toEqual(new Set(['while']));
    expect(retries([108, 9999])).toEqual(new Set(['always']));
  });

  test("one that is not in the table is told in ngrok's own words", () => {
    expect(ngrokProblem(9999, 'The moon is full.')).toMatchObject({
      code: 'ERR_NGROK_9999',
      what: 'ngrok refused: The moon is full.',
      link: 'https://ngrok.com/docs/errors/err_ngrok_9999',
    });
  });
});

test('the next try comes after an eighth of the time away, from 1 to 60 s, less up to a quarter', () => {
  expect(backOff(0, 0)).toBe(1_000);
  expect(backOff(30_000, 0)).toBe(3_750);
  expect(backOff(3_600_000, 0)).toBe(60_000);
  expect(backOff(3_600_000, 0.999)).toBeGreaterThan(44_999);
});

const { cert } = makeCertificate();

describe('what is pasted', () => {
  const token = '2abcDEFghijKLMnopqrsTUV_5wxyz';
  test.each([
    token,
    ` ${token}\n`,
    `ngrok config add-authtoken ${token}`,
    `$ ngrok config add-authtoken ${token}`,
    `NGROK_AUTHTOKEN=${token}`,
    `export NGROK_AUTHTOKEN="${token}"`,
  ])('an authtoken: %j', (pasted) => expect(readAuthtoken(pasted)).toEqual({ authtoken: token }));

  test.each(['', 'short', 'two words here', 'ünreadable-token'])('none: %j', (pasted) =>
    expect(readAuthtoken(pasted)).toMatchObject({ problem: { code: 'ERR_NGROK_105' } }),
  );

  const change = { kind: 'ngrok', startWithApp: true, ownOrigin: null, domain: null, server: null, ca: null } as const;
  test.each([
    [{ domain: ' https://Pilot.ngrok.app/ ' }, { domain: 'pilot.ngrok.app' }],
    [
      { domain: '', server: ' ', ca: '' },
      { domain: null, server: null, ca: null },
    ],
    [{ server: 'connect.example.com:443' }, { server: 'connect.example.com:443' }],
    [{ server: '[::1]:8443' }, { server: '[::1]:8443' }],
    [{ kind: 'own', ownOrigin: 'https://own.example/' }, { ownOrigin: 'https://own.example' }],
    [{ domain: 'pilot.ngrok.app/scim' }, { code: 'ngrok-domain' }],
    [{ domain: 'a b' }, { code: 'ngrok-domain' }],
    [{ server: 'connect.example.com' }, { code: 'ngrok-server' }],
    [{ server: 'me@connect.example.com:443' }, { code: 'ngrok-server' }],
    [{ server: 'connect.example.com:99999' }, { code: 'ngrok-server' }],
    [{ ca: 'not pem' }, { code: 'ngrok-ca' }],
    [{ ca: '-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----' }, { code: 'ngrok-ca' }],
    [{ ca: `${cert}${cert}` }, { ca: `${cert}${cert}`.trim() }],
    [{ kind: 'own', ownOrigin: '' }, { code: 'own-address' }],
    [{ kind: 'own', ownOrigin: 'http://own.example' }, { code: 'own-address' }],
  ] as const)('settings %j', (given, expected) => expect(readChange({ ...change, ...given })).toMatchObject(expected));
});

test('an origin is https, or http on this machine, and nothing more', () => {
  expect(readOrigin('https://own.example/')).toBe('https://own.example');
  expect(readOrigin('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080');
  for (const text of ['http://own.example', 'https://own.example/scim', 'https://me@own.example', 'own.example', '']) {
    expect(readOrigin(text)).toBe(null);
  }
});
