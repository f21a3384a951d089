import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../src-main/contract/index.ts';
import { azure, type Fixture, memberOp, openFixture, patchBody } from './support.ts';

/** Attributes by the path that both PATCH and drift use; a model of a document is a map of those that have a value. */
const attributes = ['title', 'nickName', 'name.givenName', 'emails[type eq "work"].value', 'active'] as const;
type Path = (typeof attributes)[number];
type Model = Map<Path, Json>;

type Act =
  | { by: 'azure' | 'hand'; kind: 'set'; values: [Path, string | null][] }
  | { by: 'azure'; kind: 'put'; values: [Path, string | null][] };

const values = fc.uniqueArray(
  fc.constantFrom<Path>(...attributes).chain((path) =>
    fc.tuple(
      fc.constant(path),
      // `active` has a value always: what removes it leaves it as it is.
      path === 'active' ? fc.constantFrom('True', 'False') : fc.constantFrom('a', 'b', null),
    ),
  ),
  { selector: ([path]) => path, minLength: 1, maxLength: 3 },
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ by: fc.constant('hand'), kind: fc.constant('set'), values }) },
  { weight: 3, arbitrary: fc.record({ by: fc.constant('azure'), kind: fc.constant('set'), values }) },
  { weight: 1, arbitrary: fc.record({ by: fc.constant('azure'), kind: fc.constant('put'), values }) },
);

const read = (path: Path, value: string): Json => (path === 'active' ? value === 'True' : value);

function apply(model: Model, { kind, values }: Act): void {
  if (kind === 'put') for (const path of attributes) if (path !== 'active') model.delete(path);
  for (const [path, value] of values) {
    if (value === null) model.delete(path);
    else model.set(path, read(path, value));
  }
}

function bodyOf(userName: string, given: [Path, string | null][]): JsonObject {
  const body: JsonObject = { userName };
  for (const [path, value] of given) {
    if (value === null) continue;
    if (path === 'name.givenName') body.name = { givenName: value };
    else if (path === 'emails[type eq "work"].value') body.emails = [{ type: 'work', value }];
    else body[path] = read(path, value);
  }
  return body;
}

async function perform(pilot: Fixture, id: string, act: Act): Promise<void> {
  if (act.by === 'hand') {
    await pilot.admin.editUser(
      id,
      act.values.map(([path, value]) => ({ path, value })),
    );
  } else if (act.kind === 'put') {
    await pilot.write((d) => d.users.replace(id, bodyOf(`${id}@x.example`, act.values), azure));
  } else {
    const operations = act.values.map(
      ([path, value]): JsonObject => (value === null ? { op: 'Remove', path } : { op: 'Replace', path, value }),
    );
    await pilot.write((d) => d.users.patch(id, patchBody(...operations), azure));
  }
}

test('drift is always the difference between what was last sent and what is here', async () => {
  const pilot = openFixture();
  let made = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 8 }), fc.boolean(), async (acts, back) => {
      const id = await pilot.user(`u${made++}@x.example`, { title: 'a' });
      await pilot.write((d) => d.users.replace(id, { userName: `${id}@x.example`, title: 'a' }, azure));
      const sent: Model = new Map<Path, Json>([
        ['title', 'a'],
        ['active', true],
      ]);
      const here: Model = new Map(sent);
      for (const one of acts) {
        await perform(pilot, id, one);
        apply(here, one);
        if (one.by === 'azure') apply(sent, one);
        const expected = attributes
          .filter((path) => sent.get(path) !== here.get(path))
          .map((path) => ({
            path,
            ...(sent.has(path) ? { sent: sent.get(path) } : {}),
            ...(here.has(path) ? { here: here.get(path) } : {}),
          }));
        const drift = (await pilot.directory.tables.user(id, 'http://x'))?.drift ?? null;
        const found = drift?.attributes.map(({ at: _at, callCode: _code, ...rest }) => rest) ?? [];
        expect(found.sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
          expected.sort((a, b) => (a.path < b.path ? -1 : 1)),
        );
        expect(drift === null).toBe(expected.length === 0);
      }
      const drifted = (await pilot.directory.tables.user(id, 'http://x'))?.drifted === true;
      if (back && drifted) {
        await pilot.admin.putBack('User', id);
        const resource = (await pilot.directory.tables.user(id, 'http://x'))?.resource;
        expect([resource?.title, resource?.nickName, resource?.active]).toEqual(
          (['title', 'nickName', 'active'] as const).map((path) => sent.get(path)),
        );
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

const only = (one: Set<string>, other: Set<string>) => [...one].filter((id) => !other.has(id)).sort();

test('so is the drift of members', async () => {
  const pilot = openFixture();
  const people = await Promise.all(['a', 'b', 'c', 'd'].map((name) => pilot.user(`${name}@x.example`)));
  const some = fc.subarray(people, { minLength: 1 });
  const edit = fc.record({
    by: fc.constantFrom('azure', 'hand'),
    kind: fc.constantFrom('Add', 'Remove', 'Replace', 'clear'),
    ids: some,
  });
  let made = 0;
  await fc.assert(
    fc.asyncProperty(some, fc.array(edit, { minLength: 1, maxLength: 8 }), async (first, edits) => {
      const group = await pilot.group(`Group ${made++}`, first);
      const sent = new Set(first);
      const here = new Set(first);
      for (const { by, kind, ids } of edits) {
        const sides = by === 'azure' ? [sent, here] : [here];
        if (by === 'hand') {
          const [add, remove] = kind === 'Add' ? [ids, []] : [[], ids];
          await pilot.admin.editGroup(group, { displayName: null, add, remove });
          for (const side of sides) for (const id of ids) kind === 'Add' ? side.add(id) : side.delete(id);
        } else {
          const operation = kind === 'clear' ? { op: 'Remove', path: 'members' } : memberOp(kind, ...ids);
          await pilot.patch('Group', group, operation);
          for (const side of sides) {
            if (kind === 'Replace' || kind === 'clear') side.clear();
            if (kind !== 'clear') for (const id of ids) kind === 'Remove' ? side.delete(id) : side.add(id);
          }
        }
        const drift = (await pilot.directory.tables.group(group, 'http://x'))?.drift ?? null;
        expect(drift?.membersHere.map(({ id }) => id).sort() ?? []).toEqual(only(here, sent));
        expect(drift?.membersSent.map(({ id }) => id).sort() ?? []).toEqual(only(sent, here));
        expect(drift === null).toBe(only(here, sent).length + only(sent, here).length === 0);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);
