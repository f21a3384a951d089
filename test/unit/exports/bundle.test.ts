import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { CallDetail } from '../../../src-main/contract/index.ts';
import { type BundleAbout, readBundle, writeBundle } from '../../../src-renderer/exports/bundle.ts';
import { bodyOf, callOf } from './support.ts';

const never = new AbortController().signal;
const about: BundleAbout = {
  format: 'scim-pilot-support-bundle',
  version: 1,
  createdAt: Date.UTC(2026, 10, 27),
  redacted: true,
  calls: 3,
  note: 'Ada is missing',
};
const calls = [1, 2, 3].map((position) =>
  callOf({
    position,
    code: `C${position}`,
    requestBody: bodyOf({ title: 'é'.repeat(position) }),
    answerGone: position === 2,
    changesGone: position === 2,
  }),
);
const lines = (some: readonly CallDetail[]) => some.map((call) => JSON.stringify(call)).join('\n');
const pages = new Blob([lines(calls)]);

const fileOf = (content: BlobPart, name = 'bundle.zip') => new File([content], name);
const open = (content: BlobPart, name?: string) => readBundle(fileOf(content, name), never);
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const written = () => writeBundle(about, pages, { settings: { tunnel: 'none' }, versions: { app: '1' } }, never);

describe('a bundle', () => {
  test('is a plain zip, and comes back as it was', async () => {
    const blob = await written();
    const files = unzipSync(await bytesOf(blob));
    expect(Object.keys(files).toSorted()).toEqual([
      'README.txt',
      'bundle.json',
      'calls.ndjson',
      'settings.json',
      'versions.json',
    ]);
    expect(Buffer.from(files['README.txt'] ?? []).toString()).toContain('Ada is missing');
    expect(await open(blob)).toEqual({
      name: 'bundle.zip',
      about,
      calls: calls.toReversed(),
      facts: { settings: { tunnel: 'none' }, versions: { app: '1' } },
      problems: [],
    });
  });

  test('can be given up while it is written', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(writeBundle(about, pages, {}, stop.signal)).rejects.toThrow();
  });
});

describe('what is no bundle, or a broken one', () => {
  const zipOf = (files: Record<string, string>) =>
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

  test.each([
    ['a text', 'hello', 'is no zip file'],
    ['nothing', '', 'is no zip file'],
    ['some zip', zipOf({ 'x.txt': 'x' }), 'no support bundle of SCIM Pilot'],
    ['another’s bundle.json', zipOf({ 'bundle.json': '{"format":"other"}' }), 'no support bundle of SCIM Pilot'],
    ['bundle.json that is none', zipOf({ 'bundle.json': '[' }), 'no support bundle of SCIM Pilot'],
  ])('%s is refused in a sentence', async (_, content, words) => {
    await expect(open(content as BlobPart, 'x.zip')).rejects.toThrow(words);
  });

  test('broken calls are left out, and told', async () => {
    const opened = await open(
      zipOf({
        'bundle.json': JSON.stringify({ ...about, calls: 9 }),
        'calls.ndjson': `${lines(calls)}\n{"position":1}\nnull\nno json\n`,
        'settings.json': '{',
        '../../evil.json': '{}',
        '__proto__.json': '{}',
      }),
    );
    expect(opened.calls).toHaveLength(3);
    expect(opened.problems).toEqual([
      'settings.json in it is not readable.',
      '3 calls in it are not readable.',
      '3 of its calls are missing.',
    ]);
    expect(opened.facts).toEqual({});
  });

  test('of a file that ends too early, what came is shown', async () => {
    const many = Array.from({ length: 2_000 }, (_, n) =>
      callOf({ position: n + 1, requestBody: bodyOf(Array.from({ length: 40 }, () => Math.random())) }),
    );
    const blob = await writeBundle({ ...about, calls: many.length }, new Blob([lines(many)]), {}, never);
    const opened = await open(blob.slice(0, Math.floor(blob.size * 0.6)));
    expect(opened.calls.length).toBeGreaterThan(100);
    expect(opened.problems.join(' ')).toMatch(/calls are missing/);
  });

  test('a bomb goes off unheard', async () => {
    const zeros = new Uint8Array(3_000_000);
    const bomb = zipSync({ 'bundle.json': strToU8(JSON.stringify(about)), 'a.json': zeros, 'b.json': zeros });
    expect(bomb.length).toBeLessThan(10_000);
    const most = 4 * 1024 * 1024;
    await expect(readBundle(fileOf(bomb), never, most)).rejects.toThrow('unpacks to more than 4 MB');
  });

  test('what nests deeper than any call of ours is left out, and told', async () => {
    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    const opened = await open(
      zipOf({
        'bundle.json': JSON.stringify({ ...about, calls: 1 }),
        'calls.ndjson': JSON.stringify({ ...calls[0], detail: 0 }).replace('"detail":0', `"detail":${deep}`),
        'settings.json': deep,
      }),
    );
    expect(opened).toMatchObject({ calls: [], facts: {} });
    expect(opened.problems).toEqual(['settings.json in it is not readable.', 'One call in it is not readable.']);
  });

  test('text that claims to be a call shows as text, whatever it holds', async () => {
    const odd = {
      ...calls[0],
      outcome: 'great',
      changes: [{ id: 1 }, 'x', null],
      requestHeaders: [['a'], 7],
      status: 1,
    };
    const opened = await open(
      zipOf({ 'bundle.json': JSON.stringify({ ...about, calls: 1 }), 'calls.ndjson': JSON.stringify(odd) }),
    );
    expect(opened.calls).toMatchObject([{ outcome: 'ok', changes: [], requestHeaders: [], status: 1 }]);
  });
});
