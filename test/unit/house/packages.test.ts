import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../../..');
const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

const versions = z.record(z.string(), z.string());
const manifest = z.object({ dependencies: versions, devDependencies: versions }).parse(read('package.json'));
const lock = z
  .object({ packages: z.record(z.string(), z.looseObject({ gypfile: z.boolean().optional() })) })
  .parse(read('package-lock.json'));

test('every version is exact', () => {
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
    .map(([name, version]) => `${name} ${version}`);
  expect(loose).toEqual([]);
});

test('npm 10 is told not to compile better-sqlite3: `npm install` drops that mark from the lock file, put it back', () => {
  expect(lock.packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
});
