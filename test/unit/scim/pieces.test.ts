import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reference, StoredRecord } from '../../../src-main/contract/index.ts';
import {
  groupPieces,
  listPieces,
  listResponse,
  parseProjection,
  renderRecord,
  resourceJson,
} from '../../../src-main/scim/index.ts';

const baseUrl = 'https://pilot.example/scim/v2';

function groupOf(displayName: string): StoredRecord {
  return {
    resourceType: 'Group',
    row: 1,
    id: 'g-1',
    name: displayName,
    json: resourceJson('Group', 'g-1', { displayName, externalId: 'é"\\', colour: { main: 'red', other: 1.5 } }),
    revision: 7,
    groups: [],
    state: 'active',
    members: 0,
    createdAt: Date.UTC(2026, 1, 3, 8, 10),
    modifiedAt: Date.UTC(2026, 1, 4, 8, 10, 0, 5),
  };
}

function pagesOf(references: readonly Reference[], size: number): Reference[][] {
  const pages: Reference[][] = [];
  for (let from = 0; from < references.length; from += size) pages.push(references.slice(from, from + size));
  return pages;
}

const references = fc.array(fc.record({ value: fc.uuid(), display: fc.string({ unit: 'binary' }) }), {
  maxLength: 12,
});
const projection = fc.constantFrom<[string | null, string | null]>(
  [null, null],
  [null, 'meta'],
  [null, 'members.display'],
  [null, 'members.value,members.display,members.$ref,members.type'],
  [null, 'displayName,meta.location'],
  ['members', null],
  ['members.value', null],
  ['members.nothing', null],
  ['members,members.display', null],
  ['members.display', null],
  ['displayName,members.$ref', null],
  ['members', 'members.type,displayName'],
  ['colour.main,members.display,meta.version', null],
);

describe('a group in pieces', () => {
  test('is the same text as in one string, whatever is shown and however it is paged', () => {
    fc.assert(
      fc.property(
        references,
        projection,
        fc.integer({ min: 1, max: 5 }),
        fc.string(),
        (members, [only, without], size, name) => {
          const record = groupOf(name);
          const options = { baseUrl, projection: parseProjection('Group', only, without) };
          const pieces = [...groupPieces(record, options, pagesOf(members, size))].join('');
          expect(pieces).toBe(renderRecord(record, { ...options, references: members }));
        },
      ),
    );
  });

  test('so is a list', () => {
    const shown = [['{"a":', '1}'], ['{}'], ['{"b":2', '}']];
    for (const resources of [shown, shown.slice(0, 1), []]) {
      const head = { totalResults: 9, startIndex: 3 };
      const pieces = [...listPieces({ ...head, itemsPerPage: resources.length }, resources)].join('');
      expect(pieces).toBe(listResponse({ ...head, resources: resources.map((resource) => resource.join('')) }));
    }
  });

  test('a page is read only when its piece is asked for', () => {
    let read = 0;
    function* pages(): Generator<Reference[]> {
      for (;;) {
        read += 1;
        yield [{ value: 'x', display: 'X' }];
      }
    }
    const pieces = groupPieces(groupOf('Endless'), { baseUrl, projection: null }, pages());
    for (let i = 0; i < 4; i += 1) pieces.next();
    expect(read).toBe(3);
  });
});
