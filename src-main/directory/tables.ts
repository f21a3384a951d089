import type Database from 'better-sqlite3';
import type { GroupRow, Page, TableQuestion, UserRow } from '../contract/index.ts';
import { fold } from '../scim/index.ts';
import { readCounts } from './counters.ts';
import { prepared } from './statements.ts';
import { driftedColumn, type GroupTableRow, groupRow, type UserTableRow, userRow } from './table-rows.ts';

/** What a table is read from: both have `row`, `id`, `state` and `name_fold`, and an index (`…_table`) that covers them. */
interface TableSource {
  table: 'users' | 'groups';
  /** Text columns searched, each folded. */
  searched: readonly string[];
  /** How the rows of a tab are found: few of them differ, so the drifted ones are looked up one by one. */
  states: Record<TableQuestion['state'], string>;
}

const userSource: TableSource = {
  table: 'users',
  searched: ['name_fold', 'search'],
  states: {
    current: `INDEXED BY users_table WHERE state IN ('active', 'archived')`,
    archived: `INDEXED BY users_table WHERE state IN ('archived', 'deleted')`,
    drifted: `WHERE row IN (SELECT record_row FROM drift WHERE resource_type = 'User') AND state <> 'deleted'`,
  },
};

const groupSource: TableSource = {
  table: 'groups',
  searched: ['name_fold'],
  states: {
    current: `INDEXED BY groups_table WHERE state = 'active'`,
    archived: `INDEXED BY groups_table WHERE state = 'deleted'`,
    drifted: `WHERE row IN (SELECT record_row FROM drift WHERE resource_type = 'Group') AND state <> 'deleted'`,
  },
};

/** Ids are searched by their beginning, from this many characters on. */
const idPrefixLength = 4;
const idPrefixHits = 1_000;

/** A page of the Users table by name, for the query worker. */
export function usersPage(db: Database.Database, question: TableQuestion): Page<UserRow> {
  return tablePage(db, userSource, question, readCounts(db).users, (row) => {
    const found = prepared(
      db,
      `SELECT id, name, user_name, state, department, title, modified_at, changed_by,
        (SELECT count(*) FROM membership m JOIN groups g ON g.row = m.group_row
          WHERE m.user_row = users.row AND g.state <> 'deleted') AS groups, ${driftedColumn.users}
        FROM users WHERE row = ?`,
    ).get(row);
    return userRow(found as UserTableRow);
  });
}

/** A page of the Groups table by name, for the query worker. */
export function groupsPage(db: Database.Database, question: TableQuestion): Page<GroupRow> {
  return tablePage(db, groupSource, question, readCounts(db).groups, (row) => {
    const found = prepared(
      db,
      `SELECT id, name, external_id, state, members, modified_at, changed_by, ${driftedColumn.groups}
        FROM groups WHERE row = ?`,
    ).get(row);
    return groupRow(found as GroupTableRow);
  });
}

/**
 * How many groups are deleted: of all that is deleted, what are no users. No index finds deleted groups alone, and to walk over
 * all groups takes a tenth of a second where there are a million. For the query worker.
 */
export function deletedGroups(db: Database.Database, _: null): number {
  return Number(
    prepared(
      db,
      `SELECT (SELECT value FROM counters WHERE name = 'deleted')
        - (SELECT count(*) FROM users INDEXED BY users_deleted WHERE state = 'deleted')`,
    )
      .pluck()
      .get(),
  );
}

function tablePage<Row>(
  db: Database.Database,
  source: TableSource,
  question: TableQuestion,
  visible: number,
  read: (row: number) => Row,
): Page<Row> {
  const text = fold(question.search.trim());
  const from = `FROM ${source.table} ${source.states[question.state]}`;
  const where = text === '' ? from : `${from} AND ${searchCondition(source)}`;
  const searched = text === '' ? {} : { text, ids: JSON.stringify(rowsByIdPrefix(db, source.table, text)) };
  const total =
    text === '' && question.state === 'current'
      ? visible
      : Number(prepared(db, `SELECT count(*) ${where}`).pluck().get(searched));
  const cursor = readCursor(question.after);
  const rows = prepared(
    db,
    `SELECT row, name_fold ${where} AND name_fold >= $name AND (name_fold > $name OR row > $row)
      ORDER BY name_fold, row LIMIT $limit`,
  ).all({ ...searched, name: cursor.name, row: cursor.row, limit: question.limit + 1 }) as {
    row: number;
    name_fold: string;
  }[];
  const page = rows.slice(0, question.limit);
  const last = rows.length > question.limit ? page.at(-1) : undefined;
  return {
    rows: page.map(({ row }) => read(row)),
    next: last === undefined ? null : writeCursor(last.name_fold, last.row),
    total,
  };
}

function searchCondition({ searched }: TableSource): string {
  const columns = searched.map((column) => `instr(${column}, $text) > 0`);
  return `(${[...columns, 'row IN (SELECT value FROM json_each($ids))'].join(' OR ')})`;
}

/** Rows whose id begins with `text`, found by the id's own index. */
function rowsByIdPrefix(db: Database.Database, table: TableSource['table'], text: string): number[] {
  if (text.length < idPrefixLength || !/^[0-9a-f-]+$/.test(text)) return [];
  return prepared(db, `SELECT row FROM ${table} WHERE id >= ? AND id < ? LIMIT ?`)
    .pluck()
    .all(text, `${text}g`, idPrefixHits) as number[];
}

function writeCursor(name: string, row: number): string {
  return `${row}:${name}`;
}

/** A cursor from outside; anything else than what `writeCursor` gave begins at the top. */
function readCursor(after: string | null): { row: number; name: string } {
  const parts = /^(\d{1,15}):([\s\S]*)$/.exec(after ?? '');
  return parts === null ? { row: 0, name: '' } : { row: Number(parts[1]), name: parts[2] ?? '' };
}
