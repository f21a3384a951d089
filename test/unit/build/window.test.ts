import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readAssets } from '../../../src-main/api/index.ts';
import { ensureBuilt } from '../../../src-main/cli/build.ts';

/** The window as it is built: what its bundle must and must not hold. */

const root = resolve(import.meta.dirname, '../../..');
const folder = join(root, 'out', 'renderer');

beforeAll(() => ensureBuilt({ root, say: () => {}, stop: new AbortController().signal }), 120_000);

function built(extension: string): [name: string, text: string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
}

describe('the built window', () => {
  test('holds no zod, no Node and nothing of the server', () => {
    const scripts = built('.js');
    expect(scripts.length).toBeGreaterThan(0);
    const traces = /ZodError|_zod\b|invalid_union|node:(fs|crypto|http)|better-sqlite3|fastify/;
    expect(scripts.filter(([, text]) => traces.test(text)).map(([name]) => name)).toEqual([]);
  });

  test('has a place for the nonce and no script of its own in the page', () => {
    const [[, html] = ['', '']] = built('index.html');
    expect(html).toContain('<meta property="csp-nonce" nonce="__CSP_NONCE__"');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test('asks the policy for no fonts from data: addresses', () => {
    expect(built('.css').filter(([, text]) => /url\(["']?data:(font|application)/.test(text))).toEqual([]);
  });

  test('is served whole: every file but the source maps', () => {
    const assets = readAssets(folder);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const unserved = files
      .map((entry) => entry.name)
      .filter((name) => ![...assets.keys()].some((path) => path.endsWith(`/${name}`)));
    expect(unserved.filter((name) => !name.endsWith('.map'))).toEqual([]);
  });
});

test('main, headless and the workers lie side by side', () => {
  const main = readdirSync(join(root, 'out', 'main'));
  for (const name of ['index.js', 'headless.js', 'query-worker.js', 'upkeep-worker.js']) expect(main).toContain(name);
});
