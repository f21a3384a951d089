import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallDetail, Json, JsonObject } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { at, createdId, enterprise, expectError, memberIds, patch, unique } from './shapes.ts';

/**
 * PATCH messages in Entra's shapes and the RFC's, mixed at random, against a model too simple to be wrong: what a user holds as
 * values by path, what a group holds as a set of ids.
 */

let pilot: TestPilot;
let people: string[];
beforeAll(async () => {
  pilot = await startTestPilot();
  people = [];
  for (let n = 0; n < 5; n++) people.push(await createdId(pilot, '/Users', { userName: unique('member') }));
});
afterAll(() => pilot.close());

/** Elements of a multi-valued attribute by their type, each without it. */
type Elements = Map<string, Map<string, Json>>;
interface Model {
  /** Values of what is not multi-valued, by path. */
  single: Map<string, Json>;
  lists: { emails: Elements; phoneNumbers: Elements };
  /** Lists of which a part was cleared in this message: elements without content go at its end. */
  cleared: Set<'emails' | 'phoneNumbers'>;
}
type List = keyof Model['lists'];

/** One operation: what it does to the model, and how it is written, which may depend on what is there. */
type Step = (model: Model) => JsonObject;

const values = fc.constantFrom('Ada', 'ada', 'Éa', 'x "y" z', '😀', ' lead', 'True', '0');
const singles = [
  ...['title', 'displayName', 'nickName', 'externalId', 'name.givenName', 'name.familyName', 'locale'],
  ...[`${enterprise}:department`, `${enterprise}:employeeNumber`, 'urn:example:x:2.0:User:badge', 'shoeColour'],
];
const anyCase = (op: 'add' | 'replace' | 'remove') =>
  fc.constantFrom(op, op.toUpperCase(), op.charAt(0).toUpperCase() + op.slice(1));
const addOrReplace = fc.oneof(anyCase('add'), anyCase('replace'));

/** `name.givenName` as the RFC nests it: `{name: {givenName: …}}`. */
function nested(path: string, value: Json): JsonObject {
  const mark = path.startsWith('urn:') ? path.lastIndexOf(':') : path.indexOf('.');
  return mark < 0 ? { [path]: value } : { [path.slice(0, mark)]: { [path.slice(mark + 1)]: value } };
}

const setSingle = fc
  .tuple(fc.constantFrom(...singles), values, addOrReplace, fc.constantFrom('path', 'key', 'nested'))
  .map(
    ([path, value, op, form]): Step =>
      (model): JsonObject => {
        model.single.set(path, value);
        if (form === 'path') return { op, path, value };
        return { op, value: form === 'key' ? { [path]: value } : nested(path, value) };
      },
  );

const clearSingle = fc
  .tuple(fc.constantFrom(...singles), anyCase('remove'), anyCase('replace'), fc.constantFrom('remove', '', null))
  .map(
    ([path, remove, replace, how]): Step =>
      (model): JsonObject => {
        model.single.delete(path);
        return how === 'remove' ? { op: remove, path } : { op: replace, path, value: how };
      },
  );

const setActive = fc.tuple(fc.boolean(), addOrReplace, fc.constantFrom('text', 'path', 'key')).map(
  ([active, op, form]): Step =>
    (model): JsonObject => {
      model.single.set('active', active);
      if (form === 'key') return { op, value: { active } };
      return { op, path: 'active', value: form === 'path' ? active : active ? 'True' : 'False' };
    },
);

const managerPath = `${enterprise}:manager`;
const setManager = fc.tuple(fc.nat(4), addOrReplace, fc.constantFrom('bare', 'object', 'list', 'key')).map(
  ([who, op, form]): Step =>
    (model): JsonObject => {
      const value = people[who] ?? '';
      model.single.set(`${managerPath}.value`, value);
      if (form === 'bare') return { op, path: managerPath, value };
      if (form === 'object') return { op, path: managerPath, value: { value } };
      if (form === 'list') return { op, path: 'manager', value: [{ $ref: `http://x/Users/${value}`, value }] };
      return { op, value: { [managerPath]: value } };
    },
);
const clearManager = fc.tuple(anyCase('replace'), fc.constantFrom<Json>('', { value: '' }, 'remove')).map(
  ([op, value]): Step =>
    (model): JsonObject => {
      model.single.delete(`${managerPath}.value`);
      return value === 'remove' ? { op: 'Remove', path: managerPath } : { op, path: managerPath, value };
    },
);

const lists = fc.constantFrom<List>('emails', 'phoneNumbers');
const types = fc.constantFrom('work', 'home', 'other');
const where = (list: List, type: string) => `${list}[type eq "${type}"]`;

const setPart = fc.tuple(lists, types, fc.constantFrom('value', 'display'), values, addOrReplace).map(
  ([list, type, part, value, op]): Step =>
    (model): JsonObject => {
      const elements = model.lists[list];
      elements.set(type, new Map(elements.get(type)).set(part, value));
      return { op, path: `${where(list, type)}.${part}`, value };
    },
);
const clearPart = fc.tuple(lists, types, fc.constantFrom('value', 'display'), fc.constantFrom('remove', '')).map(
  ([list, type, part, how]): Step =>
    (model): JsonObject => {
      const element = model.lists[list].get(type);
      if (element !== undefined) {
        const left = new Map(element);
        left.delete(part);
        model.lists[list].set(type, left);
        model.cleared.add(list);
      }
      const path = `${where(list, type)}.${part}`;
      return how === 'remove' ? { op: 'Remove', path } : { op: 'Replace', path, value: '' };
    },
);
const setElement = fc.tuple(lists, types, values, values, fc.constantFrom('add', 'replace')).map(
  ([list, type, value, display, op]): Step =>
    (model): JsonObject => {
      const old = op === 'add' ? model.lists[list].get(type) : undefined;
      model.lists[list].set(type, new Map(old).set('value', value).set('display', display));
      return { op, path: where(list, type), value: { value, display } };
    },
);
const removeElement = fc.tuple(lists, types, anyCase('remove')).map(
  ([list, type, op]): Step =>
    (model): JsonObject => {
      model.lists[list].delete(type);
      return { op, path: where(list, type) };
    },
);
const setList = fc
  .tuple(
    lists,
    fc.uniqueArray(fc.tuple(types, values, fc.boolean()), { selector: ([type]) => type, maxLength: 3 }),
    fc.constantFrom('path', 'key'),
  )
  .map(
    ([list, sent, form]): Step =>
      (model): JsonObject => {
        const marked = sent.findIndex(([, , primary]) => primary);
        const value = sent.map(([type, one], n) => ({ type, value: one, ...(n === marked ? { primary: true } : {}) }));
        model.lists[list] = new Map(
          value.map(({ type, ...rest }) => [type, new Map<string, Json>(Object.entries(rest))]),
        );
        return form === 'path' ? { op: 'replace', path: list, value } : { op: 'replace', value: { [list]: value } };
      },
  );
/** Only of an element that is there: else a title. The new primary takes the mark from the others. */
const setPrimary = fc.tuple(lists, types).map(
  ([list, type]): Step =>
    (model): JsonObject => {
      const elements = model.lists[list];
      if (elements.get(type) === undefined) {
        model.single.set('title', type);
        return { op: 'replace', path: 'title', value: type };
      }
      for (const [other, element] of elements) {
        if (other === type) elements.set(other, new Map(element).set('primary', true));
        else if (element.get('primary') === true) elements.set(other, new Map(element).set('primary', false));
      }
      return { op: 'Replace', path: `${where(list, type)}.primary`, value: 'True' };
    },
);

const userStep = fc.oneof(
  { weight: 4, arbitrary: setSingle },
  { weight: 2, arbitrary: clearSingle },
  setActive,
  setManager,
  clearManager,
  { weight: 3, arbitrary: setPart },
  { weight: 2, arbitrary: clearPart },
  setElement,
  removeElement,
  setList,
  { weight: 3, arbitrary: setPrimary },
);

function copyOf(model: Model): Model {
  const { emails, phoneNumbers } = model.lists;
  return {
    single: new Map(model.single),
    lists: { emails: new Map(emails), phoneNumbers: new Map(phoneNumbers) },
    cleared: new Set(),
  };
}

function endMessage(model: Model): void {
  for (const list of model.cleared) {
    for (const [type, element] of model.lists[list]) {
      if ([...element.keys()].every((key) => key === 'primary')) model.lists[list].delete(type);
    }
  }
}

/** Every value by the path that change lists use. */
function valuesOf(model: Model): Map<string, Json> {
  const all = new Map(model.single);
  for (const list of ['emails', 'phoneNumbers'] as const) {
    for (const [type, element] of model.lists[list]) {
      for (const [part, value] of element) all.set(`${where(list, type)}.${part}`, value);
    }
  }
  return all;
}

/** The same of a resource as GET shows it. */
function valuesShown(resource: JsonObject): Map<string, Json> {
  const found = new Map<string, Json>();
  const walk = (path: string, value: Json) => {
    if (Array.isArray(value)) {
      for (const one of value) {
        const { type, ...parts } = one as JsonObject;
        for (const [key, part] of Object.entries(parts)) walk(`${path}[type eq "${type}"].${key}`, part);
      }
    } else if (typeof value === 'object' && value !== null) {
      const link = path.startsWith('urn:') && !path.endsWith(':manager') ? ':' : '.';
      for (const [key, part] of Object.entries(value)) walk(`${path}${link}${key}`, part);
    } else found.set(path, value);
  };
  const { schemas: _schemas, id: _id, meta: _meta, groups: _groups, ...rest } = resource;
  for (const [key, value] of Object.entries(rest)) walk(key, value);
  return found;
}

const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
const sorted = (map: Map<string, Json>) => [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));

function changesBetween(before: Map<string, Json>, after: Map<string, Json>) {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .map((path) => ({
      path,
      ...(before.has(path) ? { before: before.get(path) } : {}),
      ...(after.has(path) ? { after: after.get(path) } : {}),
    }))
    .toSorted(byPath);
}

/** The stored call of the PATCH that was just answered: it was committed with the change. */
async function lastPatch(id: string): Promise<CallDetail> {
  const { calls } = await pilot.api.feed.page({ before: null, limit: 10, query: '' });
  const summary = calls.find((call) => call.method === 'PATCH' && call.resourceId === id);
  const detail = summary === undefined ? null : await pilot.api.feed.call(summary.code);
  if (detail === null) throw new Error('The call is not stored.');
  return detail;
}

const broken: JsonObject[] = [
  { op: 'replace', path: 'emails[type eq', value: 'x' },
  { op: 'replace', path: 'active', value: 'perhaps' },
  { op: 'remove', path: 'userName' },
  { op: 'wipe', path: 'title' },
  { op: 'remove' },
];

describe('PATCH against a model', () => {
  test('a user: what GET shows, what changed, and the ETag follow from the operations', async () => {
    const message = fc.record({
      steps: fc.array(userStep, { minLength: 1, maxLength: 6 }),
      fault: fc.option(fc.constantFrom(...broken), { freq: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 4 }), async (messages) => {
        const userName = unique('model');
        const path = `/Users/${await createdId(pilot, '/Users', { userName, active: true })}`;
        let model: Model = {
          single: new Map<string, Json>([
            ['userName', userName],
            ['active', true],
          ]),
          lists: { emails: new Map(), phoneNumbers: new Map() },
          cleared: new Set(),
        };
        let etag = (await pilot.request('GET', path)).headers.get('etag');
        for (const { steps, fault } of messages) {
          const next = copyOf(model);
          const operations = steps.map((step) => step(next));
          endMessage(next);
          const body = patch(...operations, ...(fault === null ? [] : [fault]));
          const answer = await pilot.request('PATCH', path, body);
          if (fault === null) {
            expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
            const changes = changesBetween(valuesOf(model), valuesOf(next));
            const call = await lastPatch(path.slice(7));
            expect(JSON.parse(call.requestBody?.text ?? '')).toEqual(body);
            expect((call.changes[0]?.attributes ?? []).toSorted(byPath)).toEqual(changes);
            expect(call.changes.length).toBe(changes.length === 0 ? 0 : 1);
          } else expectError(answer, 400, textOf(answer.json.scimType));
          const shown = await pilot.request('GET', path);
          const expected = fault === null ? next : model;
          expect(sorted(valuesShown(shown.json))).toEqual(sorted(valuesOf(expected)));
          const changed = fault === null && changesBetween(valuesOf(model), valuesOf(next)).length > 0;
          expect(shown.headers.get('etag') !== etag).toBe(changed);
          etag = shown.headers.get('etag');
          model = expected;
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a group: its members, who came and went, and the ETag follow from the operations', async () => {
    type GroupStep = (members: Set<string>) => JsonObject;
    const ids = (which: number[]) => which.map((n) => people[n] ?? '');
    const some = fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 4 });
    const listed = (which: number[]) => ids(which).map((value) => ({ $ref: null, value }));
    const add = fc.tuple(some, anyCase('add'), fc.boolean()).map(
      ([which, op, pathless]): GroupStep =>
        (members): JsonObject => {
          for (const id of ids(which)) members.add(id);
          return pathless ? { op, value: { members: listed(which) } } : { op, path: 'members', value: listed(which) };
        },
    );
    const remove = fc.tuple(some, anyCase('remove'), fc.constantFrom('values', 'filter', 'or', 'not')).map(
      ([which, op, form]): GroupStep =>
        (members): JsonObject => {
          const gone = form === 'values' || form === 'or' ? ids(which) : ids(which.slice(0, 1));
          if (form === 'not') for (const id of [...members]) if (id !== gone[0]) members.delete(id);
          if (form !== 'not') for (const id of gone) members.delete(id);
          if (form === 'values') return { op, path: 'members', value: listed(which) };
          const filter = gone.map((id) => `value eq "${id}"`).join(' or ');
          return { op, path: form === 'not' ? `members[not (${filter})]` : `members[${filter}]` };
        },
    );
    const replace = fc.tuple(fc.uniqueArray(fc.nat(4)), anyCase('replace'), fc.boolean()).map(
      ([which, op, pathless]): GroupStep =>
        (members): JsonObject => {
          members.clear();
          for (const id of ids(which)) members.add(id);
          return pathless ? { op, value: { members: listed(which) } } : { op, path: 'members', value: listed(which) };
        },
    );
    const clear = anyCase('remove').map(
      (op): GroupStep =>
        (members): JsonObject => {
          members.clear();
          return { op, path: 'members' };
        },
    );
    const step = fc.oneof({ weight: 4, arbitrary: add }, { weight: 4, arbitrary: remove }, replace, clear);
    const messages = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(messages, async (list) => {
        const path = `/Groups/${await createdId(pilot, '/Groups', { displayName: unique('model') })}`;
        let members = new Set<string>();
        let etag = (await pilot.request('GET', path)).headers.get('etag');
        for (const steps of list) {
          const next = new Set(members);
          const body = patch(...steps.map((one) => one(next)));
          const answer = await pilot.request('PATCH', path, body);
          expect([answer.status, answer.text]).toEqual([204, '']);
          const added = [...next].filter((id) => !members.has(id)).toSorted();
          const removed = [...members].filter((id) => !next.has(id)).toSorted();
          const call = await lastPatch(path.slice(8));
          expect(JSON.parse(call.requestBody?.text ?? '')).toEqual(body);
          const [change] = call.changes;
          expect((change?.membersAdded ?? []).map(({ id }) => id).toSorted()).toEqual(added);
          expect((change?.membersRemoved ?? []).map(({ id }) => id).toSorted()).toEqual(removed);
          expect(change?.attributes ?? []).toEqual([]);
          const shown = await pilot.request('GET', path);
          expect(memberIds(shown.json)).toEqual([...next].toSorted());
          expect(shown.headers.get('etag') !== etag).toBe(added.length + removed.length > 0);
          etag = shown.headers.get('etag');
          members = next;
        }
        const someone = [...members][0];
        const groups = someone === undefined ? [] : (await pilot.request('GET', `/Users/${someone}`)).json.groups;
        const named = Array.isArray(groups) ? groups.map((group) => at(group, 'value')) : [];
        expect(named.includes(path.slice(8))).toBe(someone !== undefined);
      }),
      { numRuns: 60 },
    );
  });
});

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
