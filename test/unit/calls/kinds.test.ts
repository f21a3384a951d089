import { rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKinds, type Kinds, kindPathOf } from '../../../src-main/calls/kinds.ts';
import type { CallMeaning } from '../../../src-main/calls/store.ts';
import { createTexts, type OnceCommitted } from '../../../src-main/calls/texts.ts';
import type { CapturedCall } from '../../../src-main/contract/index.ts';
import { openDatabase } from '../../../src-main/storage/index.ts';
import { temporaryFolder } from '../storage/support.ts';

let dir: string;
let db: Database.Database;
beforeEach(() => {
  dir = temporaryFolder();
  db = openDatabase(dir);
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

const call: CapturedCall = {
  seq: 1,
  code: '7K2Q9',
  at: 0,
  durationMs: 1,
  method: 'GET',
  path: '/scim/v2/Users/one',
  query: '',
  requestHeaders: [],
  requestBody: null,
  status: 200,
  responseHeaders: [],
  responseBody: null,
  shows: null,
  source: '127.0.0.1',
  via: 'local',
  practice: false,
  stage: 'directory',
  scimType: null,
  detail: null,
  resourceType: 'User',
  resourceId: 'one',
  resourceName: null,
  totalResults: null,
  changes: [],
};
const meaning: CallMeaning = {
  sentence: { verb: 'Read', object: null, note: null },
  outcome: 'ok',
  probe: false,
  plain: true,
  why: [],
};

/** The kind of a call whose group is then committed, or rolled back. */
function kindOf(kinds: Kinds, change: Partial<CapturedCall>, ending: 'COMMIT' | 'ROLLBACK' = 'COMMIT'): number {
  const one = { ...call, ...change };
  const onceCommitted: OnceCommitted = [];
  db.exec('BEGIN');
  const id = kinds.idOf(one, meaning, kindPathOf(one), null, onceCommitted);
  db.exec(ending);
  if (ending === 'COMMIT') for (const remember of onceCommitted) remember();
  return id;
}

const count = (table: string) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());

describe('how a path is kept', () => {
  test.each([
    ['with the kind, up to the id', {}, { path: '/scim/v2/Users/', endsInId: true }],
    [
      'with the kind, as a whole',
      { path: '/scim/v2/Users', resourceId: null },
      { path: '/scim/v2/Users', endsInId: false },
    ],
    ['with the call: a long one', { path: `/scim/v2/Users/${'x'.repeat(40)}`, resourceId: null }, null],
    ['with the call: one that addresses nothing', { path: '/favicon.ico', resourceType: null, resourceId: null }, null],
  ] as const)('%s', (_how, change, kept) => {
    expect(kindPathOf({ ...call, ...change })).toEqual(kept ?? { path: null, endsInId: false });
  });
});

describe('kinds', () => {
  test('calls that differ in what is their own only are of one kind', () => {
    const kinds = createKinds(db);
    const id = kindOf(kinds, {});
    expect(kindOf(kinds, { path: '/scim/v2/Users/two', resourceId: 'two', seq: 2, durationMs: 9 })).toBe(id);
    expect(count('call_kinds')).toBe(1);
  });

  test.each([
    ['method', { method: 'HEAD' }],
    ['path', { path: '/scim/v2//Users/one' }],
    ['status', { status: 404 }],
    ['source', { source: '20.190.128.1' }],
    ['way', { via: 'public' }],
    ['practice', { practice: true }],
    ['stage', { stage: 'scim' }],
    ['error', { scimType: 'noTarget' }],
    ['type', { resourceType: 'Group' }],
  ] as const)('another %s is another kind', (_what, change) => {
    const kinds = createKinds(db);
    expect(kindOf(kinds, change)).not.toBe(kindOf(kinds, {}));
    expect(kindOf(kinds, change)).not.toBe(kindOf(kinds, {}));
    expect(count('call_kinds')).toBe(2);
  });

  test('one that was rolled back is not remembered, one that was stored is found again after a restart', () => {
    const kinds = createKinds(db);
    kindOf(kinds, {}, 'ROLLBACK');
    expect(count('call_kinds')).toBe(0);
    const id = kindOf(kinds, {});
    db.prepare('INSERT INTO calls (seq, at, duration_us, kind) VALUES (1, 0, 0, ?)').run(id);
    expect(kindOf(createKinds(db), {})).toBe(id);
  });

  test('one that no call is of any more goes at the next start', () => {
    kindOf(createKinds(db), {});
    createKinds(db);
    expect(count('call_kinds')).toBe(0);
  });
});

describe('texts', () => {
  const headers = (value: string): [string, string][] => [['user-agent', value]];

  function idOf(texts: ReturnType<typeof createTexts>, list: [string, string][], committed = true): number | null {
    const onceCommitted: OnceCommitted = [];
    const id = texts.idOfList(list, onceCommitted);
    if (committed) for (const remember of onceCommitted) remember();
    return id;
  }

  test('a header set is stored when it comes the second time, and once', () => {
    const texts = createTexts(db);
    expect(idOf(texts, headers('a'))).toBeNull();
    expect(count('texts')).toBe(0);
    const id = idOf(texts, headers('a'));
    expect(id).not.toBeNull();
    const same = headers('a');
    expect([idOf(texts, same), idOf(texts, same)]).toEqual([id, id]);
    expect(idOf(texts, headers('b'))).toBeNull();
    expect(count('texts')).toBe(1);
    const again = createTexts(db);
    idOf(again, headers('a'));
    expect(idOf(again, headers('a'))).toBe(id);
  });

  test('one whose group was rolled back is stored anew', () => {
    const texts = createTexts(db);
    idOf(texts, headers('a'));
    db.exec('BEGIN');
    idOf(texts, headers('a'), false);
    db.exec('ROLLBACK');
    expect(idOf(texts, headers('a'))).not.toBeNull();
    expect(count('texts')).toBe(1);
  });
});
