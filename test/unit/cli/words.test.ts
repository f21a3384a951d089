import { describe, expect, test } from 'vitest';
import { failureWords, type ReadyFacts, readyLine, readyWords } from '../../../src-main/cli/words.ts';
import { StartError } from '../../../src-main/contract/catalogue/errors.ts';

const facts: ReadyFacts = {
  pid: 12345,
  scim: 'http://127.0.0.1:8620/scim/v2',
  tenantUrl: 'http://127.0.0.1:8620/scim/v2',
  token: 'the-secret-token-itself',
  window: 'http://127.0.0.1:49152/#key=abc',
  public: null,
  tunnel: 'none',
  dataDir: '/data',
  movedFrom: null,
  away: null,
};

test('the ready line is exactly the one that is promised', () => {
  expect(readyLine(facts)).toBe(
    '{"ready":true,"pid":12345,"scim":"http://127.0.0.1:8620/scim/v2","token":"the-secret-token-itself","window":"http://127.0.0.1:49152/#key=abc","public":null}',
  );
});

describe('the words of a start', () => {
  const why = 'There is no desktop window because this machine has no display; start it within a desktop session.';

  test('say where the window is, what to paste, how to see the token, where data is and how to stop', () => {
    const words = readyWords(facts, why);
    for (const part of [facts.window, facts.tenantUrl, 'Show Secret Token', '--json', '/data', 'Ctrl+C', why]) {
      expect(words).toContain(part);
    }
  });

  test('never hold the token', () => {
    expect(readyWords(facts, why)).not.toContain(facts.token);
    expect(readyWords(facts, true)).not.toContain(facts.token);
  });

  test('give the public Tenant URL where there is one, and ask for a tunnel where there is none', () => {
    const open = readyWords(
      { ...facts, tunnel: 'own', public: 'https://own.example', tenantUrl: 'https://own.example/scim/v2' },
      true,
    );
    expect(open).toContain('https://own.example/scim/v2');
    expect(open).not.toContain('Settings, Connection');
    expect(readyWords(facts, true)).toContain('Settings, Connection');
  });

  test('say that the default port was taken', () => {
    expect(readyWords({ ...facts, movedFrom: 8620 }, why)).toContain('Port 8620 was taken');
    expect(readyWords(facts, why)).not.toContain('was taken');
  });

  test.each([
    [25 * 60_000, 'stopped', 'SCIM Pilot was not running for 25 minutes.'],
    [3 * 3_600_000, 'stopped', 'SCIM Pilot was not running for 3 hours.'],
    [49 * 3_600_000, 'asleep', 'This computer slept for 2 days.'],
  ] as const)('say how long it was away, and what to do: %i ms', (ms, why, sentence) => {
    const words = readyWords({ ...facts, away: { since: 1_000, until: 1_000 + ms, why } }, true);
    expect(words).toContain(sentence);
    expect(words).toContain('Restart provisioning');
  });

  test('say so when this host can not show the stored token', () => {
    expect(readyWords({ ...facts, token: null }, why)).toContain('stored by the desktop app');
  });
});

test('a failed start is a sentence and its cure, an unexpected one a sentence; never a stack', () => {
  expect(failureWords(new StartError('flag', 'It is wrong.', 'Do this.'))).toBe('It is wrong. Do this.');
  const unexpected = failureWords(new TypeError('x is not a function'));
  expect(unexpected).toContain('x is not a function');
  expect(unexpected).not.toContain(' at ');
});
