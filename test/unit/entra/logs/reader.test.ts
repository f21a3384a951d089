import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AzureEntry } from '../../../../src-main/contract/index.ts';
import { createLogReader, type LogItem } from '../../../../src-main/entra/logs/index.ts';
import { csvFiles, entry, graphRecord, hubRecord, monitorRecord } from '../../../support/azure-log.ts';

type Encoding = 'utf8' | 'utf8-bom' | 'utf16le' | 'utf16be' | 'utf16le-bare';

function bytesOf(text: string, encoding: Encoding = 'utf8'): Uint8Array {
  if (encoding === 'utf8') return Buffer.from(text);
  if (encoding === 'utf8-bom') return Buffer.from(`\uFEFF${text}`);
  const little = Buffer.from(encoding === 'utf16le-bare' ? text : `\uFEFF${text}`, 'utf16le');
  return encoding === 'utf16be' ? little.swap16() : little;
}

/** Reads the bytes in pieces of `size`. */
async function read(bytes: Uint8Array, size = 1_000) {
  const reader = createLogReader();
  const items: LogItem[] = [];
  for (let at = 0; at < bytes.length; at += size) items.push(...(await reader.write(bytes.subarray(at, at + size))));
  items.push(...(await reader.end()));
  return {
    items,
    entries: items.flatMap((item) => (item.kind === 'entry' ? [item.entry] : [])),
    format: reader.format,
    problems: reader.problems,
  };
}

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((text) => `${text.replaceAll('\0', '')}x`);
/** What a cell may hold: nothing that looks like a token, and no line ends that a form would change. */
const orNull = fc.option(words, { nil: null });
const identity = fc.record({
  id: orNull,
  name: orNull,
  userName: orNull,
  type: fc.constantFrom('User', 'Group', null),
});
const entries = fc.record<AzureEntry>({
  id: fc.uuid(),
  changeId: fc.uuid(),
  at: fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }),
  action: fc.constantFrom('create', 'update', 'disable', 'delete', 'stagedDelete', 'other'),
  status: fc.constantFrom('success', 'failure', 'skipped', 'warning'),
  durationMs: fc.option(fc.nat({ max: 1_000_000 }), { nil: null }),
  jobId: fc.uuid().map((id) => `scim.${id}`),
  cycleId: fc.option(fc.uuid(), { nil: null }),
  application: fc.record({ id: orNull, name: orNull }),
  sourceSystem: orNull,
  targetSystem: orNull,
  source: identity,
  target: identity.map((one) => ({ ...one, userName: null })),
  initiatedBy: orNull,
  error: fc.option(fc.record({ code: words, reason: orNull, details: orNull, category: orNull, recommended: orNull }), {
    nil: null,
  }),
  steps: fc.array(
    fc.record({
      name: words,
      type: fc.constantFrom('import', 'matching', 'export'),
      status: fc.constantFrom('success', 'failure', 'skipped', 'warning'),
      description: orNull,
      details: fc.constantFrom<[string, string][]>([], [['Assigned to the application', 'False']]),
    }),
    { maxLength: 3 },
  ),
  properties: fc.array(fc.record({ name: words, from: orNull, to: orNull }), { maxLength: 3 }),
  other: fc.constant([]),
});
const logs = fc.uniqueArray(entries, { minLength: 1, maxLength: 4, selector: (one) => one.changeId });
const sizes = fc.integer({ min: 1, max: 300 });

/** Steps and properties of the CSV's files, put to their entries. */
async function readTriple({ logs, steps, properties }: ReturnType<typeof csvFiles>): Promise<AzureEntry[]> {
  const all = (await read(Buffer.from(logs))).entries;
  for (const item of [...(await read(Buffer.from(steps))).items, ...(await read(Buffer.from(properties))).items]) {
    if (item.kind === 'entry') throw new Error('An entry among the parts');
    const of = all.find(({ changeId }) => changeId === item.changeId);
    if (item.kind === 'step') of?.steps.push(item.step);
    else of?.properties.push(item.property);
  }
  return all;
}

describe('One log in all its forms', () => {
  test('the same entries come out of the download, Graph, Azure Monitor, event hubs and the CSV triple', async () => {
    await fc.assert(
      fc.asyncProperty(logs, sizes, async (log, size) => {
        const forms = [
          JSON.stringify(log.map((one) => graphRecord(one, true))),
          JSON.stringify({ value: log.map((one) => graphRecord(one)), '@odata.context': 'x' }, null, 2),
          log.map((one) => JSON.stringify(monitorRecord(one))).join('\r\n'),
          JSON.stringify({ records: log.map(hubRecord) }),
        ];
        for (const form of forms) {
          const { entries: found, problems } = await read(Buffer.from(form), size);
          expect(found).toEqual(log);
          expect(problems).toEqual([]);
        }
        expect(await readTriple(csvFiles(log))).toEqual(log);
        expect(await readTriple(csvFiles(log, ';'))).toEqual(log);
      }),
      { numRuns: 30 },
    );
  });

  test.each<Encoding>(['utf8', 'utf8-bom', 'utf16le', 'utf16be', 'utf16le-bare'])('in %s', async (encoding) => {
    const one = entry({
      at: 1_000,
      jobId: 'scim.1',
      changeId: 'c1',
      source: { id: 'a', name: 'Zoë Ångström 😀', userName: null, type: null },
    });
    for (const text of [JSON.stringify([graphRecord(one)]), csvFiles([one]).logs]) {
      const { entries: found, problems } = await read(bytesOf(text, encoding), 7);
      expect(found).toEqual([one]);
      expect(problems).toEqual([]);
    }
  });

  test('no bytes make a reader throw', async () => {
    const log = JSON.stringify([graphRecord(entry({ changeId: 'c1', jobId: 'scim.1' }))]);
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .constantFrom('[', ']', '{', '}', '"', '\\', ',', ':', '\n', 'Change ID,Action,Status\n', '"value":[', log)
        .map(bytesOf),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), sizes, async (pieces, size) => {
        await read(Buffer.concat(pieces), size);
      }),
      { numRuns: 500 },
    );
  });

  test('a token that stands in a log is not kept', async () => {
    const one = entry({
      jobId: 'scim.1',
      error: {
        code: 'X',
        reason: 'sent Bearer abcdefgh.ijkl and scimpilot_abc-123',
        details: null,
        category: null,
        recommended: null,
      },
    });
    const { entries: found } = await read(Buffer.from(JSON.stringify([graphRecord(one)])));
    expect(found[0]?.error?.reason).toBe('sent Bearer … and scimpilot_…');
  });

  test('an answer that is quoted as JSON stays a text', async () => {
    const reason = '{"status":"400","detail":"[call 7K2Q9] path"}';
    const one = entry({
      jobId: 'scim.1',
      error: { code: 'X', reason, details: null, category: null, recommended: null },
    });
    const { entries: found } = await read(Buffer.from(JSON.stringify([graphRecord(one)])));
    expect(found[0]?.error?.reason).toBe(reason);
  });
});

describe('Broken files', () => {
  const one = (n: number) => JSON.stringify(graphRecord(entry({ changeId: `c${n}`, jobId: 'scim.1' })));
  const ids = (found: AzureEntry[]) => found.map(({ changeId }) => changeId);

  test.each<[what: string, text: string, kept: string[], words: RegExp, line: number | null]>([
    ['cut off in a record', `[\n${one(1)},\n${one(2).slice(0, 90)}`, ['c1'], /ends in the middle of record 2/, 3],
    ['cut off between records', `[${one(1)},\n`, ['c1'], /before its list of records is closed/, 2],
    ['a record that is no JSON', `[${one(1)},\n{"jobId":tru},\n${one(3)}]`, ['c1', 'c3'], /Record 2 is not JSON/, 2],
    [
      'an unclosed quote in one of many lines',
      `${one(1)}\n{"jobId":"x\n${one(3)}\n`,
      ['c1', 'c3'],
      /quote that is not closed/,
      2,
    ],
    [
      'an unclosed line among many',
      `${one(1)}\n{"jobId":1\n${one(3)}\n`,
      ['c1', 'c3'],
      /not closed at the end of its line/,
      2,
    ],
    [
      'something between the records',
      `[${one(1)},\n 12,${one(2)}]`,
      ['c1', 'c2'],
      /"1" stands where a record should/,
      2,
    ],
    ['records of another log', `[{"id":"1","status":"x"},${one(2)}]`, ['c2'], /none of a provisioning log/, 1],
    ['empty', '', [], /is empty/, null],
    ['blank', ' \n ', [], /is empty/, null],
    ['a web page', '<!doctype html><title>Sign in</title>', [], /web page/, null],
    ['a spreadsheet of something else', 'Fruit,Price\nPear,3\n', [], /Neither JSON nor a CSV/, null],
    ['an archive', 'PK\u0003\u0004abc', [], /ZIP archive or an Excel workbook/, null],
    ['more pages', `{"value":[${one(1)}],"@odata.nextLink":"https://x.example"}`, ['c1'], /further pages/, null],
    [
      'a CSV quote that never closes',
      'Change ID,Action,Status\nc1,Create,Success\nc2,"Create,Success\nc3,Create,Success',
      ['c1'],
      /never closed/,
      3,
    ],
    ['an unknown column', 'Change ID,Action,Status,Mood\nc1,Create,Success,fine', ['c1'], /not understood: “Mood”/, 1],
    ['no change id', 'Step name,Step type,Description\na,b,c', [], /no column with the change id/, 1],
    [
      'a record without an end',
      `[${one(1)},{"a":"${'x'.repeat(8_100_000)}`,
      ['c1'],
      /does not end within 8 million/,
      1,
    ],
  ])('%s: what could be read is kept, and the place is told', async (_what, text, kept, words, line) => {
    const { entries: found, problems } = await read(Buffer.from(text), 100_000);
    expect(ids(found)).toEqual(kept);
    const told = problems.find((problem) => words.test(problem.words));
    expect(problems.map((problem) => problem.words).join('\n')).toMatch(words);
    expect(told?.line ?? null).toBe(line);
  });

  test('a replacement character that the file itself holds is no damage', async () => {
    const { entries: found, problems } = await read(Buffer.from(`[{"jobId":"scim.1","changeId":"M\uFFFDller"}]`));
    expect(ids(found)).toEqual(['M\uFFFDller']);
    expect(problems.map((problem) => problem.words).join()).not.toMatch(/not UTF-8/);
  });

  test('bytes of another encoding are told of, and the rest is read', async () => {
    const text = `[${one(1).replace('"action":', '"action":')}, {"jobId":"scim.1","changeId":"M\u00fcller"}]`;
    const { entries: found, problems } = await read(Buffer.from(text, 'latin1'));
    expect(ids(found)).toEqual(['c1', 'M\uFFFDller']);
    expect(problems.map((problem) => problem.words).join()).toMatch(/not UTF-8/);
  });

  test('a column that is not known is kept with its entry', async () => {
    const { entries: found } = await read(Buffer.from('Change ID,Action,Status,Mood\nc1,Create,Success,fine'));
    expect(found[0]?.other).toEqual([['Mood', 'fine']]);
  });

  test('a long log keeps no more than a record', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const reader = createLogReader();
    const part = Buffer.from(`${Array.from({ length: 200 }, (_, n) => one(n)).join(',')},`);
    await reader.write(Buffer.from('['));
    collect();
    const before = process.memoryUsage().heapUsed;
    let count = 0;
    for (let n = 0; n < 60; n += 1) count += (await reader.write(part)).length;
    expect(count).toBe(12_000);
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10 * part.length);
  });
});
