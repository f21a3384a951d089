import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { at, coreGroup, coreUser, createdId, enterprise, entraUser, expectError, patched, textAt } from './shapes.ts';

/**
 * Every attribute that /Schemas lists can be filtered on (RFC 7644 §3.4.2.2), and the answer is the one that a plain reading of
 * what GET shows gives. The reading below shares no code with the pilot.
 */

const extension = 'urn:example:params:scim:schemas:extension:Harbour:2.0:User';
let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
  for (const type of ['String', 'Integer', 'Boolean', 'DateTime'] as const) {
    await pilot.api.attributes.define({ label: type, type, attribute: `${extension}:some${type}` });
  }
  await fill();
  leaves.push(...(await describedLeaves('Users', [coreUser, enterprise, extension])));
  leaves.push(...(await describedLeaves('Groups', [coreGroup])));
  resources.Users = await readAll('Users');
  resources.Groups = await readAll('Groups');
});
afterAll(() => pilot.close());

type Kind = 'Users' | 'Groups';
const resources: Record<Kind, JsonObject[]> = { Users: [], Groups: [] };

const words = [
  'Ada',
  'ADA',
  'adalbert',
  'Éire',
  'E\u0301ire',
  'straße',
  '😀 ok',
  'x "y" \\ z',
  '100%',
  '_',
  '+353 91 555',
];
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** Twelve users and five groups whose values meet often, differ in letter case only, or are absent. */
async function fill(): Promise<void> {
  const ids: string[] = [];
  for (let n = 0; n < 12; n++) {
    const text = (salt: number) => pick(words, n * 3 + salt);
    const element = (salt: number, type: string) => ({
      value: text(salt),
      display: text(salt + 1),
      type,
      primary: n % 2 === 0,
    });
    const plural = (salt: number) =>
      n % 4 === 3
        ? {}
        : { list: [element(salt, 'work'), ...(n % 3 === 0 ? [{ ...element(salt + 4, 'Home'), primary: false }] : [])] };
    const listed = (name: string, salt: number) => {
      const { list } = plural(salt);
      return list === undefined ? {} : { [name]: list };
    };
    const optional = (salt: number, name: string) => ((n + salt) % 3 === 0 ? {} : { [name]: text(salt) });
    ids.push(
      await createdId(pilot, '/Users', {
        userName: `${text(0)}.${n}`,
        active: n % 5 !== 4,
        ...optional(1, 'externalId'),
        ...optional(2, 'displayName'),
        ...optional(3, 'nickName'),
        ...optional(4, 'profileUrl'),
        ...optional(5, 'title'),
        ...optional(6, 'userType'),
        ...optional(7, 'preferredLanguage'),
        ...optional(8, 'locale'),
        ...optional(9, 'timezone'),
        ...(n % 4 === 0 ? {} : { name: { familyName: text(2), givenName: text(5), ...optional(1, 'formatted') } }),
        ...listed('emails', 1),
        ...listed('phoneNumbers', 10),
        ...listed('ims', 3),
        ...listed('photos', 4),
        ...listed('roles', 5),
        ...listed('entitlements', 6),
        ...(n % 3 === 0 ? {} : { x509Certificates: [{ value: pick(['QUJD', 'qujd', 'REVG'], n), type: 'a' }] }),
        ...(n % 3 === 1
          ? {}
          : { addresses: [{ type: 'work', streetAddress: text(1), locality: text(2), country: 'IE' }] }),
        [enterprise]: {
          ...optional(2, 'department'),
          ...optional(3, 'costCenter'),
          ...optional(1, 'employeeNumber'),
          ...(n % 3 === 2 ? { manager: { value: pick(ids, n - 1) } } : {}),
        },
        [extension]: {
          ...optional(4, 'someString'),
          ...(n % 4 === 1 ? {} : { someInteger: n - 6, someBoolean: n % 2 === 1 }),
          ...(n % 4 === 2 ? {} : { someDateTime: pick(moments, n) }),
        },
      }),
    );
  }
  const groups: string[] = [];
  for (let n = 0; n < 5; n++) {
    groups.push(
      await createdId(pilot, '/Groups', {
        displayName: `${pick(words, n * 2)} ${n}`,
        ...(n % 2 === 0 ? {} : { externalId: pick(words, n) }),
        members: ids.filter((_, index) => n > 0 && index % (n + 1) === 0).map((value) => ({ value })),
      }),
    );
  }
  await patched(pilot, `/Users/${ids[0]}`, { op: 'replace', path: 'nickName', value: 'later' });
  await pilot.request('DELETE', `/Groups/${groups[4]}`);
  await pilot.request('DELETE', `/Users/${ids[11]}`);
}

const moments = [
  '2026-03-01T08:00:00Z',
  '2026-03-01T09:00:00+01:00',
  '2026-03-01',
  '2025-12-31T23:59:59.5-02:00',
  '2026-03-01T08:00:00.0000000Z',
  '2026-03-01T08:00:00.0000001Z',
  '2026-03-01T08:00:00.00000015Z',
];

/** All of a type as GET shows them, members with the names that are shown on request only. */
async function readAll(kind: Kind): Promise<JsonObject[]> {
  const list = (await pilot.request('GET', `/${kind}`)).json.Resources as JsonObject[];
  if (kind === 'Users') return list;
  return Promise.all(
    list.map(async (group) => {
      const { members } = (await pilot.request('GET', `/Groups/${group.id}?attributes=members,members.display`)).json;
      return members === undefined ? group : { ...group, members };
    }),
  );
}

/** One attribute or sub-attribute as /Schemas describes it. */
interface Leaf {
  kind: Kind;
  /** With its schema's URN, and without it when that is enough. */
  names: string[];
  type: string;
  exact: boolean;
  /** Keys that lead to the values. */
  keys: string[];
}
const leaves: Leaf[] = [];

async function describedLeaves(kind: Kind, urns: string[]): Promise<Leaf[]> {
  const common: JsonObject[] = [
    { name: 'id', type: 'string', caseExact: true },
    {
      name: 'meta',
      type: 'complex',
      subAttributes: [
        { name: 'resourceType', type: 'string', caseExact: true },
        { name: 'created', type: 'dateTime' },
        { name: 'lastModified', type: 'dateTime' },
        { name: 'location', type: 'reference', caseExact: true },
        { name: 'version', type: 'string', caseExact: true },
      ],
    },
    { name: 'schemas', type: 'reference', caseExact: true },
  ];
  const found: Leaf[] = [];
  for (const urn of urns) {
    const schema = (await pilot.request('GET', `/Schemas/${urn}`)).json;
    const core = urn === urns[0];
    for (const attribute of [...(core ? common : []), ...(schema.attributes as JsonObject[])]) {
      const name = textAt(attribute, 'name');
      const add = (sub: JsonObject | null) => {
        const described = sub ?? attribute;
        const path = sub === null ? name : `${name}.${textAt(sub, 'name')}`;
        found.push({
          kind,
          names: core ? [path, `${urn}:${path}`] : [`${urn}:${path}`, path],
          type: textAt(described, 'type'),
          exact: described.caseExact === true || described.type === 'binary',
          keys: [...(core ? [] : [urn]), name, ...(sub === null ? [] : [textAt(sub, 'name')])],
        });
      };
      add(null);
      for (const sub of (attribute.subAttributes ?? []) as JsonObject[]) add(sub);
    }
  }
  return found;
}

/** Every value below `keys`, lists flattened, what is empty left out. */
function valuesAt(resource: Json | undefined, keys: readonly string[]): Json[] {
  if (Array.isArray(resource)) return resource.flatMap((one) => valuesAt(one, keys));
  const [first, ...rest] = keys;
  if (first !== undefined) return valuesAt(at(resource, first), rest);
  return resource === undefined || resource === null || resource === '' ? [] : [resource];
}

type Operator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le' | 'pr';
const legal: Record<string, Operator[]> = {
  boolean: ['eq', 'ne', 'pr'],
  integer: ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'pr'],
  dateTime: ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'co', 'sw', 'ew', 'pr'],
  binary: ['eq', 'ne', 'co', 'sw', 'ew', 'pr'],
  string: ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'],
  reference: ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'],
  complex: ['pr'],
};

/** In picoseconds since 1970. */
function timeOf(text: string): bigint {
  const [, seconds = '', fraction = '', zone = 'Z'] = /^(\S{19})(?:\.(\d+))?(\S+)$/.exec(text) ?? [];
  if (seconds === '') return timeOf(`${text}T00:00:00Z`);
  return BigInt(Date.parse(seconds + zone)) * 1_000_000_000n + BigInt(fraction.padEnd(12, '0'));
}

/** Below, at or above zero, in the attribute's own order. */
function order({ type, exact }: Leaf, stored: Json, wanted: Json): number {
  if (typeof stored === 'number' && typeof wanted === 'number') return stored - wanted;
  if (typeof stored === 'boolean') return stored === wanted ? 0 : 1;
  if (type === 'dateTime') return Number(timeOf(String(stored)) - timeOf(String(wanted)));
  return Buffer.from(plain(stored, exact)).compare(Buffer.from(plain(wanted, exact)));
}

/** Letter case and composition mean nothing unless the attribute is case-exact. */
function plain(value: Json, exact: boolean): string {
  return exact ? String(value) : String(value).normalize('NFC').toLowerCase();
}

function holdsFor(leaf: Leaf, op: Operator, stored: Json, wanted: Json): boolean {
  switch (op) {
    case 'pr':
      return true;
    case 'eq':
      return order(leaf, stored, wanted) === 0;
    case 'ne':
      return order(leaf, stored, wanted) !== 0;
    case 'co':
      return plain(stored, leaf.exact).includes(plain(wanted, leaf.exact));
    case 'sw':
      return plain(stored, leaf.exact).startsWith(plain(wanted, leaf.exact));
    case 'ew':
      return plain(stored, leaf.exact).endsWith(plain(wanted, leaf.exact));
    case 'gt':
      return order(leaf, stored, wanted) > 0;
    case 'ge':
      return order(leaf, stored, wanted) >= 0;
    case 'lt':
      return order(leaf, stored, wanted) < 0;
    case 'le':
      return order(leaf, stored, wanted) <= 0;
  }
}

/** A filter, and how it is decided by looking at a resource. */
interface Model {
  text: string;
  holds: (resource: JsonObject) => boolean;
}

function compare(leaf: Leaf, name: string, op: Operator, wanted: Json): Model {
  return {
    text: op === 'pr' ? `${name} pr` : `${name} ${op} ${JSON.stringify(wanted)}`,
    holds: (resource) => {
      const values = valuesAt(resource, leaf.keys);
      return (op === 'ne' && values.length === 0) || values.some((one) => holdsFor(leaf, op, one, wanted));
    },
  };
}

const casings = [(text: string) => text, (text: string) => text.toUpperCase(), (text: string) => text.toLowerCase()];
const spelling = ({ names }: Leaf) =>
  fc.tuple(fc.constantFrom(...names), fc.constantFrom(...casings)).map(([name, cased]) => cased(name));

/** Values that are there, pieces of them, in other letter case, and others. */
function literal(leaf: Leaf, op: Operator): fc.Arbitrary<Json> {
  const there = resources[leaf.kind].flatMap((resource) => valuesAt(resource, leaf.keys));
  const texts = there.filter((one) => typeof one === 'string');
  const substring = op === 'co' || op === 'sw' || op === 'ew';
  if (leaf.type === 'boolean') return fc.boolean();
  if (leaf.type === 'integer') return fc.oneof(fc.integer({ min: -8, max: 8 }), fc.constantFrom(...there, 0));
  if (leaf.type === 'dateTime' && !substring) return fc.constantFrom(...texts, ...moments);
  const text = fc.constantFrom(...texts, ...words);
  const piece = fc.tuple(text, fc.nat(3), fc.nat(6)).map(([one, skip, length]) => {
    const letters = [...one];
    const from =
      op === 'sw' ? 0 : op === 'ew' ? Math.max(0, letters.length - length - 1) : Math.min(skip, letters.length - 1);
    return letters.slice(from, op === 'ew' ? undefined : from + length + 1).join('');
  });
  const base = substring ? fc.oneof(text, piece) : text;
  return fc.tuple(base, fc.constantFrom(...casings)).map(([one, cased]) => (one.includes('ß') ? one : cased(one)));
}

/** What an answer makes up anew: `pr` alone is asked of it. */
const isMadeUp = ({ keys }: Leaf) =>
  keys.at(-1) === '$ref' || ['meta.location', 'meta.version'].includes(keys.join('.'));

async function expectAgreement(kind: Kind, model: Model): Promise<void> {
  const answer = await pilot.request('GET', `/${kind}?attributes=id&filter=${encodeURIComponent(model.text)}`);
  const found = answer.status === 200 ? (answer.json.Resources as JsonObject[]).map(({ id }) => id) : answer.text;
  const wanted = resources[kind].filter(model.holds).map(({ id }) => id);
  expect([model.text, found]).toEqual([model.text, wanted]);
}

describe('a filter over HTTP decides as a plain reading of what GET shows', () => {
  test('for every attribute of /Schemas, each operator its type knows, in any spelling', async () => {
    expect(leaves.length).toBeGreaterThan(90);
    for (const leaf of leaves) {
      for (const op of legal[leaf.type] ?? []) {
        if (isMadeUp(leaf) && op !== 'pr') continue;
        const model = fc
          .tuple(spelling(leaf), literal(leaf, op))
          .map(([name, wanted]) => compare(leaf, name, op, wanted));
        await fc.assert(
          fc.asyncProperty(model, (one) => expectAgreement(leaf.kind, one)),
          { numRuns: op === 'pr' ? 1 : 2 },
        );
      }
    }
  });

  test('joined by and, or, not and value paths', async () => {
    const anyOf = (kind: Kind) => {
      const simple = leaves.filter((leaf) => leaf.kind === kind && !isMadeUp(leaf) && leaf.type !== 'complex');
      return fc
        .constantFrom(...simple)
        .chain((leaf) =>
          fc
            .constantFrom(...(legal[leaf.type] ?? []))
            .chain((op) =>
              fc.tuple(spelling(leaf), literal(leaf, op)).map(([name, wanted]) => compare(leaf, name, op, wanted)),
            ),
        );
    };
    const inElement = (kind: Kind) => {
      const lists = kind === 'Users' ? ['emails', 'roles', 'addresses', 'groups', 'phoneNumbers'] : ['members'];
      return fc.constantFrom(...lists).chain((list) => {
        const parts = leaves
          .filter((leaf) => leaf.kind === kind && leaf.keys[0] === list && leaf.keys.length === 2 && !isMadeUp(leaf))
          .map((leaf) => ({ ...leaf, sub: leaf.keys.at(-1) ?? '' }));
        const part = fc
          .constantFrom(...parts)
          .chain((leaf) =>
            fc
              .constantFrom(...(legal[leaf.type] ?? []))
              .chain((op) =>
                literal(leaf, op).map((wanted) => compare({ ...leaf, keys: [leaf.sub] }, leaf.sub, op, wanted)),
              ),
          );
        return fc.tuple(part, part, fc.boolean()).map(
          ([a, b, both]): Model => ({
            text: `${list}[${a.text} ${both ? 'and' : 'or'} not (${b.text})]`,
            holds: (resource) =>
              valuesAt(resource, [list]).some(
                (one) =>
                  typeof one === 'object' &&
                  one !== null &&
                  !Array.isArray(one) &&
                  (both ? a.holds(one) && !b.holds(one) : a.holds(one) || !b.holds(one)),
              ),
          }),
        );
      });
    };
    const anything = (kind: Kind) => fc.oneof({ weight: 3, arbitrary: anyOf(kind) }, inElement(kind));
    const joined = fc.constantFrom<Kind>('Users', 'Groups').chain((kind) =>
      fc
        .tuple(anything(kind), anything(kind), anything(kind), fc.boolean())
        .map(([a, b, c, negated]): { kind: Kind; model: Model } => ({
          kind,
          model: {
            text: `${a.text} and (${b.text}) or ${negated ? `not (${c.text})` : c.text}`,
            holds: (one) => (a.holds(one) && b.holds(one)) || c.holds(one) !== negated,
          },
        })),
    );
    await fc.assert(
      fc.asyncProperty(joined, ({ kind, model }) => expectAgreement(kind, model)),
      { numRuns: 150 },
    );
  });

  test('a fraction finer than the clock is not cut: .NET writes seven digits', async () => {
    const id = await createdId(pilot, '/Users', entraUser());
    const user = (await pilot.request('GET', `/Users/${id}`)).json;
    for (const name of ['created', 'lastModified']) {
      const just = textAt(user, 'meta', name).replace('Z', '9999Z');
      const finds = async (op: string, literal = just) => {
        const filter = `id eq "${id}" and meta.${name} ${op} "${literal}"`;
        const inside = `id eq "${id}" and meta[${name} ${op} "${literal}"]`;
        // By an index, and in a scan.
        const counts = [filter, inside, `(${filter}) or userName eq "nobody"`].map(async (text) => {
          const { json } = await pilot.request('GET', `/Users?count=0&filter=${encodeURIComponent(text)}`);
          return json.totalResults;
        });
        return Promise.all(counts);
      };
      for (const op of ['lt', 'le', 'ne']) expect([op, await finds(op)]).toEqual([op, [1, 1, 1]]);
      for (const op of ['gt', 'ge', 'eq']) expect([op, await finds(op)]).toEqual([op, [0, 0, 0]]);
      expect(await finds('eq', textAt(user, 'meta', name).replace('Z', '0000Z'))).toEqual([1, 1, 1]);
    }
  });

  test('a DateTime field is sorted by the very instant, whatever its zone and its fraction', async () => {
    const ordered = [
      '2027-01-01T00:00:00.1234566Z',
      '2027-01-01T00:00:00.12345661',
      '2027-01-01T01:00:00.1234567+01:00',
      '2027-01-01T00:00:00.1234568Z',
      '2027-01-01T00:00:01Z',
    ];
    const nickName = 'in order';
    for (const at of [3, 0, 4, 1, 2]) {
      await createdId(pilot, '/Users', entraUser({ nickName, [extension]: { someDateTime: ordered[at] ?? '' } }));
    }
    const name = encodeURIComponent(`${extension}:someDateTime`);
    const filter = encodeURIComponent(`nickName eq "${nickName}"`);
    const { json } = await pilot.request('GET', `/Users?filter=${filter}&sortBy=${name}`);
    const found = (json.Resources as JsonObject[]).map((one) => at(one, extension, 'someDateTime'));
    expect(found).toEqual(ordered);
  });

  test('a part of a Greek word is found in it, wherever its last sigma stands', async () => {
    const displayName = 'ΟΔΟΣΑΣ';
    const id = await createdId(pilot, '/Users', entraUser({ displayName }));
    for (const filter of ['co "οσ"', 'co "ΟΣ"', 'sw "ΟΔΟΣ"', 'sw "οδος"', 'ew "ΣΑΣ"', 'eq "οδοσασ"', 'eq "οδοσας"']) {
      const { json } = await pilot.request('GET', `/Users?filter=${encodeURIComponent(`displayName ${filter}`)}`);
      expect(json.Resources).toMatchObject([{ id, displayName }]);
    }
  });

  test('what answers make up anew is there, and comparing or ordering by it is refused with what to compare instead', async () => {
    for (const [kind, name, instead] of [
      ['Users', 'meta.location', 'id'],
      ['Users', 'meta.version', 'id or meta.lastModified'],
      ['Groups', `${coreGroup}:META.Location`, 'id'],
      ['Users', 'groups.$ref', 'groups.value'],
      ['Groups', 'members.$ref', 'members.value'],
    ] as const) {
      const refused = await pilot.request('GET', `/${kind}?filter=${encodeURIComponent(`${name} co "http"`)}`);
      expectError(refused, 400, 'invalidFilter');
      expect(refused.json.detail).toContain(`compare ${instead}`);
      expectError(await pilot.request('GET', `/${kind}?sortBy=${encodeURIComponent(name)}`), 400, 'invalidPath');
    }
    const inside = encodeURIComponent('members[$ref eq "http://127.0.0.1/Users/1"]');
    expectError(await pilot.request('GET', `/Groups?filter=${inside}`), 400, 'invalidFilter');
  });

  test('what is read and thrown away is refused, however it is asked for', async () => {
    for (const part of ['$ref', 'displayName']) {
      for (const name of [`manager.${part}`, `${enterprise}:MANAGER.${part}`]) {
        for (const filter of [`${name} eq "x"`, `${name} pr`, `userName pr and not (${name} co "x")`]) {
          const refused = await pilot.request('GET', `/Users?filter=${encodeURIComponent(filter)}`);
          expectError(refused, 400, 'invalidFilter');
          expect(refused.json.detail).toMatch(/manager\.\S+ is neither kept nor shown here: compare manager\.value\.$/);
          const root = await pilot.request('GET', `/?filter=${encodeURIComponent(filter)}`);
          expectError(root, 400, 'invalidFilter');
          expect(root.json.detail).toContain('compare manager.value');
        }
        const sorted = await pilot.request('GET', `/Users?sortBy=${encodeURIComponent(name)}`);
        expectError(sorted, 400, 'invalidPath');
        expect(sorted.json.detail).toContain('compare manager.value');
      }
      const inside = encodeURIComponent(`${enterprise}:manager[${part} pr]`);
      expectError(await pilot.request('GET', `/Users?filter=${inside}`), 400, 'invalidFilter');
    }
  });
});
