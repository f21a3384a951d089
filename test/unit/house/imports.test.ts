import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * Walks the import graph and holds it to docs/architecture.md: imports run downwards, other rooms are used through their
 * door, only `shell` and the desktop entry know Electron, the window knows only the contract and the router's type.
 */

const root = resolve(import.meta.dirname, '../../..');

interface Import {
  from: string;
  specifier: string;
  /** Path from the repository's root for relative imports, else null. */
  target: string | null;
  typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** Import and export-from statements, dynamic imports and `import('…')` types. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    const target = specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(file), specifier))
          .split(sep)
          .join('/')
      : null;
    found.push({ from: file, specifier, target, typeOnly });
  };
  for (const [, keyword, clause, specifier] of text.matchAll(
    /^\s*(import|export)\s+((?:type\s+)?[\w*{][^;'"]*?\sfrom\s+)['"]([^'"]+)['"]/gm,
  )) {
    if (keyword !== undefined && clause !== undefined && specifier !== undefined)
      add(specifier, /^type\s/.test(clause));
  }
  for (const [, specifier] of text.matchAll(/^\s*import\s+['"]([^'"]+)['"]/gm)) if (specifier) add(specifier, false);
  for (const [, specifier] of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    // `import('x').Type` in a type position carries no code; a dynamic import is awaited or handed on.
    if (specifier) add(specifier, false);
  }
  return found;
}

/** What each room may import, besides itself. `contract` is open to all of src-main. */
const below: Record<string, readonly string[]> = {
  contract: [],
  scim: ['contract'],
  storage: ['contract'],
  directory: ['scim', 'storage', 'contract'],
  calls: ['directory', 'scim', 'storage', 'contract'],
  entra: ['directory', 'scim', 'storage', 'contract'],
  tunnel: ['directory', 'scim', 'storage', 'contract'],
  endpoint: ['directory', 'scim', 'storage', 'contract'],
  insight: ['calls', 'entra', 'tunnel', 'endpoint', 'directory', 'scim', 'storage', 'contract'],
  api: ['insight', 'calls', 'entra', 'tunnel', 'endpoint', 'directory', 'scim', 'storage', 'contract'],
  'pilot.ts': ['api', 'insight', 'calls', 'entra', 'tunnel', 'endpoint', 'directory', 'scim', 'storage', 'contract'],
  host: ['pilot.ts', 'api', 'insight', 'calls', 'endpoint', 'tunnel', 'directory', 'storage', 'contract'],
  'headless.ts': ['host', 'pilot.ts', 'api', 'cli', 'storage', 'contract'],
  shell: ['host', 'pilot.ts', 'api', 'cli', 'storage', 'contract'],
  'index.ts': ['shell', 'pilot.ts', 'api', 'cli', 'storage', 'contract'],
  cli: ['entra', 'contract'],
};

function roomOf(path: string): string {
  return path.split('/')[1] ?? path;
}

const mainImports = sources('src-main').flatMap(importsOf);
const rendererImports = sources('src-renderer').flatMap(importsOf);

/** The storage worker is a program of its own that is given the query modules of the rooms above: their one meeting place. */
const meetingPlaces = new Set(['src-main/storage/query-worker.ts']);

describe('the house', () => {
  test('the walk sees the imports it is meant to see', () => {
    expect(mainImports.length).toBeGreaterThan(50);
    expect(mainImports.some((i) => i.target === 'src-main/contract/index.ts' && i.typeOnly)).toBe(true);
    expect(mainImports.some((i) => i.specifier === 'fastify')).toBe(true);
  });

  test('every room of src-main is drawn', () => {
    const rooms = new Set(sources('src-main').map(roomOf));
    expect([...rooms].filter((room) => below[room] === undefined)).toEqual([]);
  });

  test('imports run downwards', () => {
    const breaches = mainImports
      .filter((i) => i.target?.startsWith('src-main/') && !meetingPlaces.has(i.from))
      .filter((i) => {
        const [from, to] = [roomOf(i.from), roomOf(i.target ?? '')];
        return from !== to && !below[from]?.includes(to);
      })
      .map((i) => `${i.from} → ${i.specifier}`);
    expect(breaches).toEqual([]);
  });

  test('src-main never imports the renderer or tests', () => {
    const breaches = mainImports.filter((i) => i.target !== null && !i.target.startsWith('src-main/'));
    expect(breaches.map((i) => `${i.from} → ${i.specifier}`).filter((b) => !b.endsWith('package.json'))).toEqual([]);
  });

  test('other rooms are used through their door', () => {
    const doors = new Set(['host', 'storage', 'directory', 'scim', 'calls', 'endpoint', 'insight', 'tunnel', 'shell']);
    const breaches = mainImports
      .filter((i) => i.target?.startsWith('src-main/') && !meetingPlaces.has(i.from))
      .filter((i) => {
        const to = roomOf(i.target ?? '');
        return doors.has(to) && roomOf(i.from) !== to && i.target !== `src-main/${to}/index.ts`;
      })
      .map((i) => `${i.from} → ${i.specifier}`);
    expect(breaches).toEqual([]);
  });

  test('only shell and the desktop entry import electron', () => {
    const breaches = [...mainImports, ...rendererImports]
      .filter((i) => i.specifier === 'electron' || i.specifier.startsWith('electron/'))
      .filter((i) => !i.from.startsWith('src-main/shell/') && i.from !== 'src-main/index.ts');
    expect(breaches.map((i) => i.from)).toEqual([]);
  });

  test('contract knows neither node nor electron nor any other package but zod', () => {
    const breaches = mainImports
      .filter((i) => i.from.startsWith('src-main/contract/') && i.target === null)
      .filter((i) => !(i.specifier === 'zod' && i.from.startsWith('src-main/contract/schemas/')));
    expect(breaches.map((i) => `${i.from} → ${i.specifier}`)).toEqual([]);
  });

  test('scim is pure: contract and nothing else', () => {
    const breaches = mainImports.filter((i) => i.from.startsWith('src-main/scim/') && i.target === null);
    expect(breaches.map((i) => `${i.from} → ${i.specifier}`)).toEqual([]);
  });

  test('the window takes types of the contract, its catalogue and query language, and the type of the router', () => {
    const breaches = rendererImports
      .filter((i) => i.target?.startsWith('src-main/'))
      .filter((i) => {
        const target = i.target ?? '';
        if (target.startsWith('src-main/contract/catalogue/') || target === 'src-main/contract/query/index.ts')
          return false;
        if (target.startsWith('src-main/contract/')) return !i.typeOnly;
        return !(i.typeOnly && target === 'src-main/api/router.ts');
      })
      .map((i) => `${i.from} → ${i.specifier}`);
    expect(breaches).toEqual([]);
    expect(rendererImports.filter((i) => i.specifier === 'zod' || i.specifier.startsWith('node:'))).toEqual([]);
  });
});
