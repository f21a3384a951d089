import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { JsonObject, ResourceType } from '../../../src-main/contract/index.ts';
import { userColumns } from '../../../src-main/directory/documents.ts';
import { filtersSql } from '../../../src-main/directory/filter-sql.ts';
import { resourceOf } from '../../../src-main/directory/resources.ts';
import { type RecordRow, selectRecords } from '../../../src-main/directory/rows.ts';
import { addFunctions } from '../../../src-main/directory/sql-values.ts';
import {
  type Attribute,
  fold,
  matches,
  parseFilter,
  type SchemaRegistry,
  standardSchemas,
} from '../../../src-main/scim/index.ts';
import { migrations } from '../../../src-main/storage/migrations/index.ts';
import { enterprise } from './support.ts';

const db = new Database(':memory:');
for (const migration of migrations) db.exec(migration);
addFunctions(db);
afterAll(() => db.close());

const custom = 'urn:example:params:scim:schemas:extension:Custom:2.0:User';
const plain: Attribute = {
  name: '',
  type: 'string',
  multiValued: false,
  description: '',
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  subAttributes: new Map(),
};
const fields = (['string', 'integer', 'decimal', 'boolean', 'dateTime', 'binary'] as const).map((type) => ({
  ...plain,
  name: `${type}Field`,
  type,
}));
/** The standard schemas and an extension with a field of each type. */
const registry: SchemaRegistry = {
  ...standardSchemas,
  User: {
    ...standardSchemas.User,
    extensions: [
      ...standardSchemas.User.extensions,
      {
        id: custom,
        name: 'Custom',
        description: '',
        attributes: new Map(fields.map((field) => [field.name.toLowerCase(), field])),
      },
    ],
  },
};

const word = fc.constantFrom(
  'a',
  'B',
  'ab',
  'É',
  'e\u0301',
  'é',
  '\u212a',
  'k',
  'x "y"',
  '\\',
  '%_',
  '\u{1f600}',
  '\uffee',
  'ß',
  '',
);
const instants = [
  '2026-03-01T08:00:00Z',
  '2026-03-01T09:00:00+01:00',
  '2026-03-01',
  '2025-12-31T23:59:59.5-02:00',
  '2026-03-01T08:00Z',
];
/** Of the clock's own instants, and between them. */
const finer = ['2026-03-01T08:00:00.000Z', '2026-03-01T08:00:00.0000001Z', '2026-03-01T09:00:00.00000015+01:00'];
const number = fc.oneof(
  fc.integer({ min: -2, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(2 ** 53, 1e18, 2 ** 60, 2 ** 63, 1e300, 0.1, -0),
);
/** Whatever may be stored where a schema was changed later, too. */
const anything = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 2, arbitrary: fc.constantFrom(...instants, ...finer, '1', 'true', 'True') },
  { weight: 2, arbitrary: number },
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom<JsonObject[string][]>([], {}, [''], [[], ['a']], { value: '' }, { deep: [{ x: null }, { y: 'z' }] }),
  fc.array(word, { maxLength: 3 }),
);
const element = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      { value: anything, type: word, primary: fc.boolean(), display: anything },
      { requiredKeys: [] },
    ),
  },
  anything,
);
const elements = fc.oneof({ weight: 5, arbitrary: fc.array(element, { maxLength: 3 }) }, element);
const document = fc.record(
  {
    displayName: word,
    nickName: anything,
    active: fc.oneof(fc.boolean(), anything),
    name: fc.oneof(fc.record({ familyName: anything, givenName: word }, { requiredKeys: [] }), anything, elements),
    emails: fc.array(
      fc.record({ value: word, type: word, primary: fc.boolean(), display: anything }, { requiredKeys: [] }),
      {
        maxLength: 3,
      },
    ),
    roles: elements,
    [enterprise]: fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record(
          { division: anything, manager: fc.record({ value: word }, { requiredKeys: [] }) },
          { requiredKeys: [] },
        ),
      },
      anything,
    ),
    [custom]: fc.record(Object.fromEntries(fields.map(({ name }) => [name, anything])), { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
const user = fc.record({
  userName: word.filter((one) => one !== ''),
  title: word,
  externalId: word,
  document,
  hidden: fc.boolean(),
  at: fc.constantFrom(...instants),
  groups: fc.uniqueArray(fc.constantFrom(1, 2, 3)),
});

const quoted = word.map((one) => JSON.stringify(one));
const textOp = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');
const orderOp = fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le');
const equalOp = fc.constantFrom('eq', 'ne');
const clause = (paths: string[], op: fc.Arbitrary<string>, literal: fc.Arbitrary<string>) =>
  fc.tuple(fc.constantFrom(...paths), op, literal).map((parts) => parts.join(' '));
const part = fc.oneof(
  clause(['value', 'type', 'display'], textOp, quoted),
  clause(['value', 'display'], equalOp, fc.constant('null')),
  fc.constantFrom('value pr', 'type pr', '$ref pr'),
);
const leafOf = (type: ResourceType) =>
  type === 'Group'
    ? fc.oneof(
        clause(['displayName', 'externalId', 'members', 'members.display', 'members.type'], textOp, quoted),
        part.map((inner) => `members[${inner}]`),
        fc.constantFrom('members pr', 'not (members pr)', 'externalId pr', 'meta pr'),
      )
    : fc.oneof(
        clause(
          [
            'userName',
            'title',
            'externalId',
            'displayName',
            'nickName',
            'name.familyName',
            'name.givenName',
            'emails',
            'emails.type',
            'emails.display',
            'roles.value',
            `${enterprise}:division`,
            `${enterprise}:manager`,
            'groups',
            'groups.display',
            'schemas',
            'meta.resourceType',
            `${custom}:stringField`,
          ],
          textOp,
          quoted,
        ),
        clause(
          [`${custom}:integerField`, `${custom}:decimalField`],
          orderOp,
          number.map((one) => String(one === 0 ? 0 : one).replace('e+', 'e')),
        ),
        clause(
          ['meta.created', 'meta.lastModified', `${custom}:dateTimeField`],
          orderOp,
          fc.constantFrom(...[...instants, ...finer].map((one) => `"${one}"`)),
        ),
        clause(
          ['meta.created', `${custom}:dateTimeField`],
          fc.constantFrom('co', 'sw', 'ew'),
          fc.constantFrom('"2026"', '"T08"', '"z"'),
        ),
        clause(
          ['active', 'emails.primary', `${custom}:booleanField`],
          equalOp,
          fc.constantFrom('true', 'False', '"True"'),
        ),
        clause(
          [
            'nickName',
            'emails',
            'name.familyName',
            'meta.created',
            `${enterprise}:manager`,
            `${custom}:integerField`,
            'groups',
          ],
          equalOp,
          fc.constant('null'),
        ),
        clause([`${custom}:binaryField`], equalOp, quoted),
        fc
          .constantFrom(
            'nickName',
            'emails',
            'emails.value',
            'name',
            'name.familyName',
            'title',
            'groups',
            'meta',
            'meta.created',
            'meta.location',
            'meta.version',
            'groups.$ref',
            'schemas',
            `${enterprise}:manager`,
          )
          .map((path) => `${path} pr`),
        fc
          .tuple(
            fc.constantFrom('emails', 'roles', 'groups', `${enterprise}:manager`),
            fc.array(part, { minLength: 1, maxLength: 2 }),
            fc.constantFrom(' and ', ' or '),
            fc.boolean(),
          )
          .map(([path, parts, link, not]) => {
            const inner =
              (path.endsWith('manager') ? parts.filter((one) => !/^(type|display|\$ref)/.test(one)) : parts).join(
                link,
              ) || 'value pr';
            const known = /^(emails|roles)$/.test(path) ? inner.replaceAll('$ref', 'type') : inner;
            return `${path}[${not ? `not (${known})` : known}]`;
          }),
        fc.constantFrom(
          'meta[created gt "2026-01-01" and version pr]',
          'name[familyName pr]',
          'name[not (givenName eq "a")]',
        ),
      );
const filterOf = (type: ResourceType) =>
  fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leafOf(type),
      tie('filter').map((inner) => `not (${inner})`),
      fc
        .tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter'))
        .map(([a, link, b]) => `(${a}) ${link} (${b})`),
    ),
  })).filter;

const deadGroup = 3;
const at = (text: string) => Date.parse(text);

function fill(users: readonly (typeof user extends fc.Arbitrary<infer T> ? T : never)[]): void {
  db.exec('DELETE FROM membership; DELETE FROM users; DELETE FROM groups');
  for (const row of [1, 2, deadGroup]) {
    const name = ['', 'a', 'É', 'x'][row] ?? '';
    db.prepare(
      `INSERT INTO groups (row, id, state, revision, created_at, modified_at, changed_by, name, name_fold, external_id, json)
        VALUES (?, ?, ?, ?, 0, 0, 'azure', ?, ?, ?, ?)`,
    ).run(
      row,
      `g${row}`,
      row === deadGroup ? 'deleted' : 'active',
      row,
      name,
      fold(name),
      row === 1 ? null : 'B',
      JSON.stringify({ schemas: [], id: `g${row}`, displayName: name, ...(row === 1 ? {} : { externalId: 'B' }) }),
    );
  }
  users.forEach((one, index) => {
    const row = index + 1;
    const id = `u${row}`;
    const { userName, title, externalId } = one;
    const json = { schemas: [enterprise], id, userName: `${userName}${row}`, title, externalId, ...one.document };
    const columns = userColumns(JSON.parse(JSON.stringify(json)));
    db.prepare(
      `INSERT INTO users (row, id, state, revision, created_at, modified_at, changed_by, name, name_fold, user_name,
        user_name_fold, external_id, manager_hidden, department, title, search, json)
        VALUES (?, ?, 'active', ?, ?, ?, 'azure', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      row,
      id,
      row,
      at(one.at),
      at(one.at) + 1,
      columns.name,
      columns.nameFold,
      columns.userName,
      columns.userNameFold,
      columns.externalId,
      one.hidden ? 1 : 0,
      columns.department,
      columns.title,
      columns.search,
      JSON.stringify(json),
    );
    for (const group of one.groups) db.prepare('INSERT INTO membership VALUES (?, ?)').run(group, row);
  });
}

function bySql(type: ResourceType, filter: string): number[] {
  const { condition, rest } = filtersSql(type, [parseFilter(filter, type, registry)]);
  expect(rest).toEqual([]);
  const table = type === 'User' ? 'users' : 'groups';
  const from = `SELECT row, ${condition.sql} AS holds FROM ${table} WHERE state <> 'deleted' ORDER BY row`;
  const rows = db.prepare(from).all(condition.parameters) as { row: number; holds: unknown }[];
  for (const { holds } of rows) expect([0, 1]).toContain(holds);
  return rows.filter(({ holds }) => holds === 1).map(({ row }) => row);
}

function byEvaluator(type: ResourceType, filter: string): number[] {
  const parsed = parseFilter(filter, type, registry);
  const rows = db.prepare(`${selectRecords(type)} WHERE state <> 'deleted' ORDER BY row`).all() as RecordRow[];
  return rows.filter((row) => matches(parsed, resourceOf(db, type, row, true))).map(({ row }) => row);
}

describe('a filter as SQL decides as the evaluator does', () => {
  for (const type of ['User', 'Group'] as const) {
    it(`on any ${type}`, () => {
      fc.assert(
        fc.property(
          fc.array(user, { minLength: 1, maxLength: 4 }),
          fc.array(filterOf(type), { minLength: 5, maxLength: 10 }),
          (users, filters) => {
            fill(users);
            for (const filter of filters)
              expect([filter, bySql(type, filter)]).toEqual([filter, byEvaluator(type, filter)]);
          },
        ),
        { numRuns: type === 'User' ? 400 : 100 },
      );
    });
  }

  it('and leaves to it what is too long for an expression', () => {
    const long = parseFilter(Array.from({ length: 300 }, (_, n) => `title eq "${n}"`).join(' or '), 'User');
    expect(filtersSql('User', [long])).toMatchObject({ condition: { sql: '1' }, rest: [long] });
  });
});
