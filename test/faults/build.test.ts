import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isFresh } from '../../src-main/cli/build.ts';
import { repository, start } from '../support/start.ts';

/** Building at start, in a copy of the repository. */

let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'scim-pilot-copy-'));
  for (const name of [
    'src-main',
    'src-renderer',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'electron.vite.config.ts',
  ]) {
    cpSync(join(repository, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'), 'junction');
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

async function build(): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(copy, 'src-main/cli/build-now.ts')], { cwd: copy });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  return { code, output };
}

test('starts at the same time build once and both succeed; a failed build tells why and leaves what is there', async () => {
  const both = await Promise.all([build(), build()]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(both.filter(({ output }) => output.includes('Built in'))).toHaveLength(1);
  expect(isFresh(copy)).toBe(true);
  expect(readdirSync(copy).filter((name) => name.startsWith('.out'))).toEqual([]);

  const stamp = readFileSync(join(copy, 'out/.stamp'), 'utf8');
  appendFileSync(join(copy, 'src-renderer/main.tsx'), '\nimport "./not-there.ts";\n');
  const { code, stdout, stderr } = await start(['--port', '0', '--data', join(copy, 'data')], {}, copy).ended;
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('The build failed');
  expect(stderr).toContain('not-there.ts');
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(readFileSync(join(copy, 'out/.stamp'), 'utf8')).toBe(stamp);
  expect(existsSync(join(copy, 'data'))).toBe(false);
  expect(readdirSync(copy).filter((name) => name.startsWith('.out'))).toEqual([]);
}, 120_000);

test('a signal while it builds ends it with 0 and leaves nothing', async () => {
  const started = start(['--port', '0', '--data', join(copy, 'data')], {}, copy);
  started.child.stderr?.once('data', () => started.child.kill('SIGTERM'));
  expect(await started.ended).toMatchObject({ code: 0, signal: null, stdout: '' });
  expect(readdirSync(copy).filter((name) => /^\.?out/.test(name))).toEqual([]);
  expect(existsSync(join(copy, 'data'))).toBe(false);
}, 60_000);
