import { expect, test } from 'vitest';
import { pageText, readPage, referencesText } from '../../../src-main/calls/shows.ts';
import type { Reference, ShownRecords } from '../../../src-main/contract/index.ts';

const sales: Reference[] = [{ value: 'g1', display: 'Sales' }];
const both: Reference[] = [...sales, { value: 'g2', display: 'Zoë "Q"' }];

function pageOf(...references: (readonly Reference[] | null)[]): ShownRecords {
  return {
    baseUrl: 'http://127.0.0.1:8620/scim/v2',
    resourceType: 'User',
    list: { totalResults: 90, startIndex: 11 },
    records: references.map((one, row) => ({ row, revision: 2, modifiedAt: 1_800_000_000_000 + row, references: one })),
  };
}

test('a page names the references of its records once, and is read with those of each', () => {
  const page = pageOf(sales, both, [...sales], null, null, [], [], both);
  const text = pageText(page);
  const stored = (JSON.parse(text) as unknown[][]).slice(2).map((record) => record[3]);
  expect(stored).toEqual([sales, both, 0, null, 3, [], 5, 1]);
  expect(readPage(text)).toEqual([
    90,
    11,
    ...page.records.map(({ row, revision, modifiedAt, references }) => [row, revision, modifiedAt, references]),
  ]);
});

test('members are kept by their ids alone, for no answer shows more of them', () => {
  const members = [
    { value: 'u1', display: 'Ada' },
    { value: 'u2', display: 'Bo' },
  ];
  expect(referencesText('Group', members)).toBe('[{"value":"u1"},{"value":"u2"}]');
  expect(referencesText('User', sales)).toBe('[{"value":"g1","display":"Sales"}]');
  expect(pageText({ ...pageOf(members), resourceType: 'Group' })).not.toContain('Ada');
  for (const type of ['User', 'Group'] as const) {
    expect([referencesText(type, []), referencesText(type, null)]).toEqual([null, 'null']);
  }
});

test('a page without records, and one stored when each record named its own', () => {
  expect(readPage(pageText(pageOf()))).toEqual([90, 11]);
  const before = [90, 11, [1, 2, 3, sales], [2, 2, 3, sales], [3, 1, 3, []]];
  expect(readPage(JSON.stringify(before))).toEqual(before);
});
