import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';
import { ownProcess } from '../../../vitest.config.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Modules are loaded once for all files that share a process: a stand-in for one would be found by the next file. */
test('a test file that puts a module in another’s place runs in a process of its own', () => {
  const call = /\bvi\.(mock|doMock|resetModules)\(/;
  const replacing = readdirSync(join(root, 'test'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => call.test(readFileSync(file, 'utf8')))
    .map((file) => relative(root, file).split(sep).join('/'));
  expect(replacing.sort()).toEqual([...ownProcess].sort());
});
