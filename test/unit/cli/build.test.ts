import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint, isFresh, shortError } from '../../../src-main/cli/build.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scim-pilot-build-'));
  write('src-main/index.ts', 'export {};');
  write('src-main/deep/er.ts', 'export {};');
  write('package-lock.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe('a build is needed', () => {
  test('until one with this fingerprint is there', () => {
    expect(isFresh(root)).toBe(false);
    write('out/.stamp', fingerprint(root));
    expect(isFresh(root)).toBe(true);
  });

  test.each([
    ['a file changed', () => write('src-main/deep/er.ts', 'export const x = 1;')],
    ['a file came', () => write('src-renderer/main.tsx', '')],
    ['a file went', () => rmSync(join(root, 'src-main/deep/er.ts'))],
    ['packages changed', () => write('package-lock.json', '{"a":1}')],
    [
      'a file was renamed',
      () => {
        rmSync(join(root, 'src-main/deep/er.ts'));
        write('src-main/deep/re.ts', 'export {};');
      },
    ],
  ])('when %s', (_name, change) => {
    write('out/.stamp', fingerprint(root));
    change();
    expect(isFresh(root)).toBe(false);
  });

  test('but not when anything else changed, or a file was only touched', () => {
    write('out/.stamp', fingerprint(root));
    write('README.md', 'new');
    write('test/x.test.ts', 'new');
    write('src-main/index.ts', 'export {};');
    expect(isFresh(root)).toBe(true);
  });
});

test("a build's error is cut to the lines that tell", () => {
  const output = [
    '\u001b[36mvite v8 building…\u001b[39m',
    '',
    '\u001b[31merror during build:\u001b[39m',
    'Could not resolve "./gone.ts" from "src-main/index.ts"',
    '    at getRollupError (file:///x/node_modules/rollup/dist/parseAst.js:285:41)',
  ].join('\n');
  expect(shortError(output)).toBe('error during build:\nCould not resolve "./gone.ts" from "src-main/index.ts"');
  expect(shortError('')).toBe('it gave no reason');
});
