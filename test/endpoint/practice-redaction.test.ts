import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CallDetail, JsonObject } from '../../src-main/contract/index.ts';
import { createRedaction } from '../../src-renderer/exports/redact.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';

/** Everything that Entra sends, as the simulator plays it, leaves nothing of its invented people in a redacted export. */

let pilot: TestPilot;
let calls: CallDetail[];

beforeAll(async () => {
  pilot = await startTestPilot();
  await pilot.api.attributes.define({ label: 'Deputy', type: 'String', attribute: null });
  pilot.api.practice.start({ users: 12, groups: 3, seed: 7, compliant: false });
  await vi.waitUntil(() => pilot.api.practice.run()?.running === false, { timeout: 60_000 });
  const { calls: rows } = await pilot.api.feed.page({ before: null, limit: 500, query: '' });
  calls = await pilot.api.export.calls(rows.map(({ code }) => code));
}, 90_000);
afterAll(() => pilot?.close());

/** Every text in a record that could tell who it is. */
function textsOf(resource: JsonObject): string[] {
  const found: string[] = [];
  const walk = (value: JsonObject[string], key: string): void => {
    if (typeof value === 'string') {
      if (
        /^(userName|displayName|givenName|familyName|formatted|value|externalId|id|streetAddress|locality|title|nickName|employeeNumber)$/.test(
          key,
        )
      ) {
        found.push(value);
      }
    } else if (Array.isArray(value)) for (const one of value) walk(one, key);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, one] of Object.entries(value)) walk(one, name);
    }
  };
  walk(resource, '');
  return found.filter((text) => text.length > 3);
}

test('none of the invented people can be told', async () => {
  const redaction = createRedaction();
  for (const call of calls) redaction.learn(call);
  const text = decodeURIComponent(JSON.stringify(calls.map(redaction.redact)).replaceAll('%22', "'")).toLowerCase();
  const { rows } = await pilot.api.directory.users({ search: '', state: 'current', after: null, limit: 100 });
  expect(rows.length).toBeGreaterThan(5);
  const people = await Promise.all(rows.map(({ id }) => pilot.api.directory.user(id)));
  const texts = new Set(people.flatMap((one) => textsOf(one?.resource ?? {})));
  expect(texts.size).toBeGreaterThan(40);
  const survivors = [...texts].filter(
    (one) => text.includes(`"${one.toLowerCase()}`) || text.includes(`'${one.toLowerCase()}`),
  );
  expect(survivors).toEqual([]);
  for (const { name, userName } of rows) {
    expect(text).not.toContain(name.toLowerCase());
    expect(text).not.toContain(userName.toLowerCase());
  }
});

test('each of them has one number in all calls', () => {
  const redaction = createRedaction();
  for (const call of calls) redaction.learn(call);
  const numbers = new Map<string, Set<string>>();
  for (const call of calls) {
    if (call.resourceType !== 'User' || call.resourceId === null) continue;
    const to = redaction.redact(call);
    const seen = numbers.get(call.resourceId) ?? new Set();
    numbers.set(call.resourceId, seen.add(`${to.resourceId} ${to.sentence.object}`));
  }
  expect(numbers.size).toBeGreaterThan(5);
  expect([...numbers.values()].filter((seen) => seen.size !== 1)).toEqual([]);
  expect(new Set([...numbers.values()].flatMap((seen) => [...seen])).size).toBe(numbers.size);
});
