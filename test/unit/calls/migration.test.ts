import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callQueries } from '../../../src-main/calls/index.ts';
import { openDatabase } from '../../../src-main/storage/index.ts';
import { migrations } from '../../../src-main/storage/migrations/index.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scim-pilot-migration-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('calls captured before they became lean are all there', () => {
  const before = openDatabase(dir, migrations.slice(0, 1));
  const insert = before.prepare(
    `INSERT INTO calls (seq, code, at, duration_ms, method, path, query, status, scim_type, detail, source, via, practice, stage,
      resource_type, resource_id, resource_name, total_results, probe, outcome, change_kind, sentence, request_headers,
      request_body, request_bytes, request_cut, response_headers, response_body, response_bytes, response_cut, changes)
      VALUES (?, 'X', 1800000000000, 1.25, 'POST', '/scim/v2/Users', '', ?, NULL, 'why', '127.0.0.1', 'public', 1, 'directory', 'User',
        'id-1', 'Ada', NULL, 0, ?, 'created', '{"verb":"Created","object":"Ada","note":null}', '[["host","x"]]', '{"a":1}', 7, 0,
        '[["etag","1"]]', '{"b":2}', 7, 1, '[{"kind":"created"}]')`,
  );
  insert.run(7, 201, 'ok');
  insert.run(8, 409, 'failed');
  before.close();

  const db = openDatabase(dir);
  const rows = callQueries['calls.find'](db, { before: null, limit: 10, query: 'not(probe)', now: 0 }).found;
  expect(rows.map(({ summary }) => [summary.status, summary.outcome])).toEqual([
    [409, 'failed'],
    [201, 'ok'],
  ]);
  expect(callQueries['calls.find'](db, { before: null, limit: 10, query: 'failed', now: 0 }).found).toHaveLength(1);
  const found = callQueries['calls.bySeq'](db, { seq: 7 });
  expect(found?.unspoken).toMatchObject({
    summary: {
      path: '/scim/v2/Users',
      query: '',
      durationMs: 1.25,
      via: 'public',
      practice: true,
      changeKind: 'created',
    },
    sentence: { verb: 'Created', object: 'Ada', note: null },
  });
  expect(found?.parts).toMatchObject({
    requestHeaders: [['host', 'x']],
    requestBody: { text: '{"a":1}', bytes: 7, cut: false },
    responseHeaders: [['etag', '1']],
    responseBody: { text: '{"b":2}', bytes: 7, cut: true },
    detail: 'why',
    changes: [{ kind: 'created' }],
  });
  db.close();
});

test('answers that showed members by name are kept no longer, others are', () => {
  const before = openDatabase(dir, migrations.slice(0, 7));
  before.exec(`
    INSERT INTO groups (row, id, name, name_fold, state, json, revision, members, changed_by, created_at, modified_at)
      VALUES (1, 'g', 'Crew', 'crew', 'active', '{"id":"g","displayName":"Crew"}', 1, 0, 'azure', 5, 5);
    INSERT INTO call_kinds (id, key, method, path, path_ends_in_id, status, outcome, stage, via, practice, probe, source,
        resource_type, form, base_url)
      SELECT value ->> 0, value, 'GET', '/Groups', 0, 200, 'ok', 'directory', 'local', 0, 0, '127.0.0.1', 'Group', value ->> 1, 'http://x'
      FROM json_each('[[1,"record"],[2,"page"]]');
  `);
  const insert = before.prepare(
    `INSERT INTO calls (seq, at, duration_us, kind, shown_row, shown_revision, shown_modified_at, shown_references, shown_page)
      VALUES (?, 9, 1, ?, ?, 1, 5, ?, ?)`,
  );
  const ada = '[{"value":"u","display":"Ada"}]';
  const answers: [kept: boolean, references: string | null, page: string | null][] = [
    [false, ada, null],
    [false, null, null],
    [true, 'null', null],
    [false, null, `[9,1,[1,1,5,[]],[1,1,5,${ada}]]`],
    [true, null, '[9,1,[1,1,5,null]]'],
    [true, null, '[9,10]'],
  ];
  for (const [index, [, references, page]] of answers.entries()) {
    insert.run(index, page === null ? 1 : 2, page === null ? 1 : null, references, page);
  }
  before.close();

  const db = openDatabase(dir);
  for (const [seq, [kept]] of answers.entries()) {
    const text = callQueries['calls.bySeq'](db, { seq })?.parts.responseBody?.text;
    expect(text === undefined).toBe(!kept);
    expect(text ?? '').not.toContain('members');
  }
  db.close();
});
