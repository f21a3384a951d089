import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src-main/contract/index.ts';
import {
  applyPatch,
  diff,
  documentOf,
  parseProjection,
  project,
  readResource,
  resourceJson,
  ScimError,
} from '../../../src-main/scim/index.ts';
import { enterprise, message } from './support.ts';

/** Text any body may hold: no NUL, no lone surrogates. */
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((one) => !one.includes('\0'));
const type = fc.constantFrom('work', 'home', 'other');
const flag = fc.boolean();

const user: fc.Arbitrary<JsonObject> = fc.record(
  {
    userName: text.filter((one) => one.trim() !== ''),
    externalId: text,
    displayName: text,
    title: text,
    active: flag,
    name: fc.record({ givenName: text, familyName: text }),
    emails: fc.uniqueArray(fc.record({ type, value: text }), {
      selector: (one) => one.type,
      minLength: 1,
      maxLength: 3,
    }),
    addresses: fc.uniqueArray(fc.record({ type, locality: text }), {
      selector: (one) => one.type,
      minLength: 1,
      maxLength: 2,
    }),
    shoeSize: fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (one === 0 ? 1 : one)),
    [enterprise]: fc.record({ department: text, manager: fc.record({ value: text }) }),
  },
  { requiredKeys: ['userName'] },
);

const value: fc.Arbitrary<Json> = fc.oneof(text, flag, fc.constantFrom(null, '', 'True', 'False'));
const operation = fc.oneof(
  fc.record({
    op: fc.constantFrom('Add', 'Replace', 'add', 'replace', 'Remove'),
    path: fc.constantFrom(
      ...[
        'title',
        'displayName',
        'active',
        'name.givenName',
        'manager',
        'nope',
        'nope.deeper',
        `${enterprise}:department`,
      ],
      ...[
        'emails[type eq "work"].value',
        'emails[type eq "home"].primary',
        'emails.value',
        'roles[primary eq "True"].value',
      ],
      ...['addresses[type eq "work"].locality', 'emails[type eq "work"]', 'emails', 'urn:x:y:User:badge'],
    ),
    value,
  }),
  fc.record({
    op: fc.constantFrom('add', 'replace'),
    value: fc.record(
      {
        title: value,
        'name.familyName': text,
        emails: fc.array(fc.record({ type, value: text, primary: flag }), { maxLength: 3 }),
        [`${enterprise}:manager`]: text,
      },
      { requiredKeys: [] },
    ),
  }),
);

/** The result, or null where the engine refuses. */
function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof ScimError && error.status === 400) return null;
    throw error;
  }
}

describe('round trips', () => {
  it('quirk 32: what is sent is what is stored and comes back, character by character', () => {
    fc.assert(
      fc.property(user, text, (body, id) => {
        const { document } = readResource('User', body);
        expect(document).toEqual(body);
        const json = resourceJson('User', id, document);
        expect(json.startsWith('{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"')).toBe(true);
        expect(JSON.parse(json)).toMatchObject({ id, userName: body.userName });
        expect(documentOf(json)).toEqual(document);
      }),
      { numRuns: 300 },
    );
  });

  it('a pathless replace of a whole user gives that user; PATCH and POST read alike', () => {
    fc.assert(
      fc.property(user, (body) => {
        const { document } = applyPatch('User', { userName: 'before' }, message({ op: 'replace', value: body }));
        expect(document).toEqual(readResource('User', body).document);
      }),
      { numRuns: 300 },
    );
  });

  it('attribute names in any case mean the same', () => {
    fc.assert(
      fc.property(user, (body) => {
        const { shoeSize: _, ...known } = body;
        const shouted = Object.fromEntries(Object.entries(known).map(([key, one]) => [key.toUpperCase(), one]));
        expect(readResource('User', shouted).document).toEqual(readResource('User', known).document);
      }),
      { numRuns: 100 },
    );
  });
});

describe('patches', () => {
  const operations = fc.array(operation, { minLength: 1, maxLength: 5 });

  it('never change the document they start from', () => {
    fc.assert(
      fc.property(user, operations, (document, list) => {
        const before = structuredClone(document);
        attempt(() => applyPatch('User', document, message(...list)));
        expect(document).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it('of replaces and removes have no effect the second time', () => {
    fc.assert(
      fc.property(user, operation, (document, one) => {
        fc.pre(one.op.toLowerCase() !== 'add');
        const first = attempt(() => applyPatch('User', document, message(one)));
        if (first === null) return;
        const second = applyPatch('User', first.document, message(one));
        expect(second.document).toBe(first.document);
        expect(second.changes).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('in one message equal patches one after another, cleared elements aside', () => {
    fc.assert(
      fc.property(user, operations, (document, list) => {
        const set = list.filter((one) => one.op.toLowerCase() !== 'remove' && one.value !== null && one.value !== '');
        fc.pre(set.length > 0 && !JSON.stringify(set).includes('""') && !JSON.stringify(set).includes('null'));
        const together = attempt(() => applyPatch('User', document, message(...set)));
        const apart = attempt(() =>
          set.reduce((current, one) => applyPatch('User', current, message(one)).document, document),
        );
        expect(together?.document ?? null).toEqual(apart);
      }),
      { numRuns: 500 },
    );
  });

  it('report changes exactly when the document changed, and only operations without effect', () => {
    fc.assert(
      fc.property(user, operations, (document, list) => {
        const result = attempt(() => applyPatch('User', document, message(...list)));
        if (result === null) return;
        expect(result.changes).toEqual(diff(document, result.document));
        expect(result.changes.length === 0).toBe(result.document === document);
        if (result.noEffect.length === list.length) expect(result.document).toBe(document);
        for (const change of result.changes) expect(change.before).not.toEqual(change.after);
      }),
      { numRuns: 500 },
    );
  });

  it('leave at most one primary, no empty value, and names in one spelling only', () => {
    fc.assert(
      fc.property(user, operations, (document, list) => {
        const result = attempt(() => applyPatch('User', document, message(...list)));
        if (result === null) return;
        const emails = result.document.emails ?? [];
        if (!Array.isArray(emails)) throw new Error('emails is no list');
        expect(JSON.stringify(emails).split('"primary":true').length).toBeLessThan(3);
        expect(Object.values(result.document)).not.toContain('');
        expect(Object.values(result.document)).not.toContain(null);
        expect(Object.keys(result.document).filter((key) => key.includes('.') && !key.startsWith('urn:'))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('prototypes stay untouched', () => {
  const before = Object.getOwnPropertyNames(Object.prototype).toSorted();
  afterEach(() => {
    expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(before);
    expect(Object.getOwnPropertyNames(Array.prototype)).not.toContain('polluted');
    expect('polluted' in {}).toBe(false);
  });

  const evil = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf');
  const piece = fc.oneof(
    evil,
    fc.constantFrom('polluted', 'name', 'emails', 'urn:x', `${enterprise}`, '[type eq "work"]', '$ref'),
  );
  const path = fc
    .tuple(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.constantFrom('.', ':', ''))
    .map(([pieces, link]) => pieces.join(link));
  /** Built as text: only JSON.parse makes an own `__proto__`. */
  const body = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('"polluted"', '{"polluted":true}', 'true', '""', 'null'),
      fc
        .array(fc.tuple(path, tie('node')), { maxLength: 3 })
        .map((pairs) => `{${pairs.map(([key, one]) => `${JSON.stringify(key)}:${one}`).join(',')}}`),
      fc.array(tie('node'), { maxLength: 2 }).map((all) => `[${all.join(',')}]`),
    ),
  })).node;
  const op = fc.constantFrom('add', 'replace', 'remove');

  it('by any path, key or value of a PATCH', () => {
    fc.assert(
      fc.property(op, fc.option(path), body, (name, where, sent) => {
        const list = [{ op: name, ...(where === null ? {} : { path: where }), value: JSON.parse(sent) }];
        const result = attempt(() => applyPatch('User', { userName: 'u' }, message(...list)));
        if (result !== null) expect(Object.getPrototypeOf(result.document)).toBe(Object.prototype);
        expect(JSON.stringify(result?.document ?? null)).not.toContain('"__proto__"');
        attempt(() => applyPatch('Group', { displayName: 'g' }, message(...list)));
      }),
      { numRuns: 2000 },
    );
  });

  it('by any body of a POST, nor by a projection', () => {
    fc.assert(
      fc.property(body, path, (sent, where) => {
        const parsed = JSON.parse(`{"userName":"u","extra":${sent}}`);
        const result = attempt(() =>
          readResource('User', { ...parsed, ...(Array.isArray(parsed.extra) ? {} : parsed.extra) }),
        );
        const projection = parseProjection('User', where, where);
        if (result !== null && projection !== null) project(result.document, projection);
      }),
      { numRuns: 1000 },
    );
  });

  it('names of Object.prototype are names like others', () => {
    const sent = { userName: 'u', constructor: 'c', toString: 's', hasOwnProperty: { valueOf: 1 } };
    const { document, unmapped } = readResource('User', JSON.parse(JSON.stringify(sent)));
    expect(JSON.parse(JSON.stringify(document))).toEqual(JSON.parse(JSON.stringify(sent)));
    expect(unmapped).toEqual(['constructor', 'toString', 'hasOwnProperty']);
    const patched = applyPatch(
      'User',
      { userName: 'u' },
      message({ op: 'add', path: 'constructor.prototype', value: 'x' }),
    );
    expect(JSON.stringify(patched.document)).toBe('{"userName":"u","constructor":{"prototype":"x"}}');
  });

  it('__proto__ is refused', () => {
    const refusedBody = JSON.parse('{"userName":"u","name":{"__proto__":{"polluted":true}}}');
    expect(attempt(() => readResource('User', refusedBody))).toBeNull();
    const value = JSON.parse('{"__proto__":{"polluted":true}}');
    const operations: Json[] = [
      { op: 'add', value },
      { op: 'add', path: 'x', value },
      { op: 'add', path: '__proto__.polluted', value: 1 },
    ];
    for (const list of operations) {
      expect(attempt(() => applyPatch('User', { userName: 'u' }, message(list)))).toBeNull();
    }
  });
});

describe('dotted keys below a URN that no schema has', () => {
  const urn = 'urn:x:2.0:User';
  const sent = fc
    .uniqueArray(fc.constantFrom('a', 'a.b', 'a.c', 'a.b.c', 'a.b.c.d', 'e.f', 'e', 'constructor', 'constructor.b'), {
      minLength: 1,
    })
    .map((keys) => keys.map((key): [string, Json] => [key, key]));
  const stored = (body: [string, Json][]) => {
    const result = readResource('User', { userName: 'a', [urn]: Object.fromEntries(body) });
    return result.document[urn] ?? null;
  };
  const leaves = (one: Json): Json[] =>
    typeof one === 'object' && one !== null ? Object.values(one).flatMap(leaves) : [one];

  it('lose nothing, in whatever order they come, and stay as they are when they are sent back', () => {
    fc.assert(
      fc.property(sent, (body) => {
        const kept = stored(body);
        expect(leaves(kept).sort()).toEqual(body.map(([, one]) => one).sort());
        expect(stored(body.toReversed())).toEqual(kept);
        expect(stored(Object.entries(kept as JsonObject))).toEqual(kept);
      }),
    );
  });
});
