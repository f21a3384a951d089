import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EndpointDouble } from './endpoint-double.ts';

/** `npm run entra` as a program: what it prints and how it ends. */

const entry = resolve(import.meta.dirname, '../../../src-main/cli/entra.ts');

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

async function entra(args: string[], whileRunning?: (kill: (signal: NodeJS.Signals) => void) => void): Promise<Ended> {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  whileRunning?.((signal) => child.kill(signal));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, stdout, stderr };
}

test('prints each call with a sentence, a closing count, and ends with 0', async () => {
  await using double = await EndpointDouble.listen();
  const { code, stdout, stderr } = await entra([
    '--url',
    double.url,
    '--token',
    'wave-token',
    '--users',
    '2',
    '--groups',
    '1',
  ]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^\d\d:\d\d:\d\d {2}POST {2}\/scim\/v2\/Users {2}201 {2}[\d.]+ ms\n {10}Created Orla D'Arcy; Entra keeps the id id-1/m,
  );
  for (const phase of ['CONNECTION TEST', 'INITIAL CYCLE', 'INCREMENTAL CYCLE'])
    expect(stdout).toContain(`\n${phase}: `);
  expect(stdout).toMatch(
    new RegExp(
      `\\n${double.received.length} calls in \\d+\\.\\d s, median [\\d.]+ ms: 3 created, \\d+ updated, 1 disabled, 0 failed\\.\\n$`,
    ),
  );
  expect(stdout).not.toContain('wave-token');
});

test('--json prints one event a line', async () => {
  await using double = await EndpointDouble.listen();
  const { stdout } = await entra(['--url', double.url, '--token', 't', '--users', '1', '--groups', '0', '--json']);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
  expect(events.map(({ type }) => type)).toEqual([
    ...['phase', 'call', 'phase', 'call', 'call', 'call', 'phase', 'call', 'call', 'call'],
    'end',
  ]);
  expect(events.at(-1)).toMatchObject({ summary: { calls: 7, created: 1, failed: 0 } });
});

test('what failed is said, and the exit code is 1', async () => {
  await using double = await EndpointDouble.listen(({ method }) => (method === 'POST' ? { status: 409 } : undefined));
  const { code, stdout } = await entra(['--url', double.url, '--token', 't', '--users', '1', '--groups', '0']);
  expect(code).toBe(1);
  expect(stdout).toContain('✗ EntryConflict: ');
  expect(stdout).toMatch(
    /2 failed\.\n1 object is left in escrow.*\nNot all as Entra expects: the calls marked ✗ say why\.\n$/,
  );
});

test('a refused connection test stops the run, in words, with exit code 1', async () => {
  await using double = await EndpointDouble.listen(() => ({ status: 401 }));
  const { code, stdout, stderr } = await entra(['--url', double.url, '--token', 'wrong']);
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toContain('Stopped: Test Connection failed');
});

test.skipIf(process.platform === 'win32')('Ctrl+C ends it cleanly with a count and 130', async () => {
  const pressed = Promise.withResolvers<void>();
  await using double = await EndpointDouble.listen((_request, count) => {
    if (count < 4) return undefined;
    pressed.resolve();
    return { status: 200, hang: true };
  });
  const { code, stdout, stderr } = await entra(['--url', double.url, '--token', 't'], (kill) =>
    pressed.promise.then(() => kill('SIGINT')),
  );
  expect([code, stderr]).toEqual([130, '']);
  expect(stdout).toMatch(/3 calls in .*\nCancelled\.\n$/);
});

describe('malformed flags end with 2, one sentence and the usage', () => {
  const url = 'http://127.0.0.1:8620/scim/v2';
  test.each<[string, string[], RegExp]>([
    ['no URL', ['--token', 't'], /^--url is missing/],
    ['no token', ['--url', url], /^--token is missing/],
    ['not a URL', ['--url', 'pilot', '--token', 't'], /^--url: "pilot" is not an http or https URL\.$/m],
    ['another scheme', ['--url', 'ftp://pilot.example', '--token', 't'], /^--url: .* is not an http or https URL/],
    [
      'credentials in the URL',
      ['--url', 'https://a:b@pilot.example', '--token', 't'],
      /^--url: .* user name or password/,
    ],
    ['Bearer pasted along', ['--url', url, '--token', 'Bearer abc'], /^--token: leave out the word Bearer/],
    ['a token no header can carry', ['--url', url, '--token', 'schlüssel'], /^--token: /],
    [
      'no users',
      ['--url', url, '--token', 't', '--users', '0'],
      /^--users "0" is not a whole number from 1 to 100000\.$/m,
    ],
    ['users in words', ['--url', url, '--token', 't', '--users', 'five'], /^--users "five"/],
    ['a negative seed', ['--url', url, '--token', 't', '--seed=-1'], /^--seed "-1"/],
    ['an unknown flag', ['--url', url, '--token', 't', '--rate', '9'], /^Unknown option '--rate'/],
    ['a stray word', ['--url', url, '--token', 't', 'now'], /^Unexpected argument 'now'/],
  ])('%s', async (_title, args, sentence) => {
    const { code, stdout, stderr } = await entra(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr).toContain('npm run entra -- --url URL --token TOKEN');
    expect(stderr).not.toContain('    at ');
  });
});

test('--help explains and ends with 0', async () => {
  const { code, stdout } = await entra(['--help']);
  expect(code).toBe(0);
  for (const flag of ['--url', '--token', '--users', '--groups', '--seed', '--compliant', '--json'])
    expect(stdout).toContain(flag);
});
