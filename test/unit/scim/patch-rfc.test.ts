import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src-main/contract/index.ts';
import { applyPatch } from '../../../src-main/scim/index.ts';
import { coreUser, enterprise, message, patched, patchOp, patchUser, refusal } from './support.ts';

const work = { type: 'work', value: 'a@b', primary: true };
const home = { type: 'home', value: 'h@b' };
const user = { userName: 'u', emails: [work, home] };

describe('RFC 7644 §3.5.2: the message', () => {
  const Operations = [{ op: 'replace', path: 'title', value: 't' }];

  it('names PatchOp, perhaps among others, in any letter case, or nothing at all', () => {
    for (const schemas of [[patchOp], [patchOp.toUpperCase()], ['urn:x:y', patchOp], null]) {
      expect(applyPatch('User', { userName: 'u' }, { schemas, Operations }).document.title).toBe('t');
    }
    expect(applyPatch('User', { userName: 'u' }, { Operations }).document.title).toBe('t');
  });

  it('that names something else is another message', () => {
    for (const schemas of [[], [coreUser], patchOp, {}, [null]]) {
      const refused = refusal(() => applyPatch('User', { userName: 'u' }, { schemas, Operations }));
      expect(refused).toMatchObject({ status: 400, scimType: 'invalidSyntax' });
    }
  });
});

describe('RFC 7644 §3.5.2.1: add', () => {
  it('sets a single value, and replaces the one there is', () => {
    expect(patched({ op: 'add', path: 'title', value: 'a' }, { op: 'add', path: 'title', value: 'b' })).toEqual({
      title: 'b',
    });
  });

  it('merges the parts of a complex value', () => {
    const document = { userName: 'u', name: { givenName: 'Orla', familyName: 'B' } };
    expect(
      patchUser(document, { op: 'add', path: 'name', value: { familyName: 'K', middleName: 'M' } }).document.name,
    ).toEqual({
      givenName: 'Orla',
      familyName: 'K',
      middleName: 'M',
    });
  });

  it('appends to a multi-valued attribute: a list or one object', () => {
    const other = { type: 'other', value: 'o@b' };
    expect(patchUser(user, { op: 'add', path: 'emails', value: [other] }).document.emails).toEqual([work, home, other]);
    expect(patchUser(user, { op: 'add', path: 'emails', value: other }).document.emails).toEqual([work, home, other]);
    expect(patchUser(user, { op: 'add', value: { emails: [other] } }).document.emails).toEqual([work, home, other]);
  });

  it('of what is there already has no effect', () => {
    const result = patchUser(
      user,
      { op: 'add', path: 'emails', value: [home] },
      { op: 'add', path: 'userName', value: 'u' },
    );
    expect(result).toMatchObject({ changes: [], noEffect: [0, 1] });
    expect(result.document).toBe(user);
  });

  it('§3.5.2: a new primary takes the mark from the others', () => {
    const added = patchUser(user, { op: 'add', path: 'emails', value: [{ value: 'n@b', primary: 'True' }] }).document
      .emails;
    expect(added).toEqual([{ ...work, primary: false }, home, { value: 'n@b', primary: true }]);
    const marked = patchUser(user, { op: 'replace', path: 'emails[type eq "home"].primary', value: true }).document
      .emails;
    expect(marked).toEqual([
      { ...work, primary: false },
      { ...home, primary: true },
    ]);
    const created = patchUser(user, { op: 'add', path: 'emails[type eq "x" and primary eq true].value', value: 'x@b' });
    expect(created.document.emails).toEqual([
      { ...work, primary: false },
      home,
      { type: 'x', primary: true, value: 'x@b' },
    ]);
  });
});

describe('RFC 7644 §3.5.2.2: remove', () => {
  it('takes away attributes, parts, elements and parts of elements', () => {
    const document = { ...user, title: 't', name: { givenName: 'O', familyName: 'B' } };
    const result = patchUser(
      document,
      { op: 'remove', path: 'title' },
      { op: 'remove', path: 'name.givenName' },
      { op: 'remove', path: 'emails[type eq "home"]' },
      { op: 'remove', path: 'emails[type eq "work"].primary' },
    );
    expect(result.document).toEqual({
      userName: 'u',
      name: { familyName: 'B' },
      emails: [{ type: 'work', value: 'a@b' }],
    });
    expect(result.noEffect).toEqual([]);
  });

  it('of a whole multi-valued attribute or extension', () => {
    const document = { ...user, [enterprise]: { department: 'd' } };
    expect(patchUser(document, { op: 'remove', path: 'emails' }, { op: 'remove', path: enterprise }).document).toEqual({
      userName: 'u',
    });
  });

  it('of an extension no schema knows, by the URN it was sent under', () => {
    const document = { userName: 'u', 'urn:odd:ext': { a: 1 } };
    expect(patchUser(document, { op: 'remove', path: 'URN:odd:EXT' }).document).toEqual({ userName: 'u' });
  });

  it('with a list of values takes only these', () => {
    const remove = (value: Json) => patchUser(user, { op: 'Remove', path: 'emails', value }).document.emails;
    expect(remove([{ value: 'H@B' }])).toEqual([work]);
    expect(remove([{ type: 'home', value: 'a@b' }])).toEqual([work, home]);
    expect(remove([{ type: 'work' }, { type: 'home' }])).toBeUndefined();
    expect(remove([])).toEqual([work, home]);
  });

  it('leaves no empty shell: the last part takes the attribute along, the content its element', () => {
    const document = { ...user, name: { givenName: 'O' } };
    const result = patchUser(
      document,
      { op: 'remove', path: 'name.givenName' },
      { op: 'remove', path: 'emails.value' },
    );
    expect(result.document).toEqual({ userName: 'u' });
  });

  it('keeps an emptied element until the request ends: remove, add, replace of one attribute (§4.2)', () => {
    const path = 'emails[type eq "work"].value';
    const result = patchUser(
      user,
      { op: 'remove', path },
      { op: 'add', path, value: 'x@b' },
      { op: 'replace', path, value: 'y@b' },
    );
    expect(result.document.emails).toEqual([{ ...work, value: 'y@b' }, home]);
    expect(result.changes).toEqual([{ path, before: 'a@b', after: 'y@b' }]);
  });

  it('of something absent succeeds without effect', () => {
    const paths = [
      'title',
      'name.givenName',
      'emails[type eq "x"]',
      'emails[type eq "x"].value',
      'roles',
      'nope',
      `${enterprise}:manager`,
    ];
    const result = patchUser(user, ...paths.map((path) => ({ op: 'remove', path })));
    expect(result.document).toBe(user);
    expect(result.noEffect).toEqual(paths.map((_, index) => index));
  });
});

describe('RFC 7644 §3.5.2.3: replace', () => {
  it('of a complex value leaves the parts alone that are not sent', () => {
    const document = { userName: 'u', name: { givenName: 'O', familyName: 'B' } };
    expect(patchUser(document, { op: 'replace', path: 'name', value: { familyName: 'K' } }).document.name).toEqual({
      givenName: 'O',
      familyName: 'K',
    });
    expect(patchUser(document, { op: 'replace', value: { name: { familyName: null } } }).document.name).toEqual({
      givenName: 'O',
    });
  });

  it('of a multi-valued attribute replaces all values', () => {
    expect(patchUser(user, { op: 'replace', path: 'emails', value: [home] }).document.emails).toEqual([home]);
  });

  it('of an element replaces it, keeping what the filter says', () => {
    expect(
      patchUser(user, { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'n@b' } }).document.emails,
    ).toEqual([{ type: 'work', value: 'n@b' }, home]);
    expect(
      patchUser(user, { op: 'add', path: 'emails[type eq "work"]', value: { value: 'n@b' } }).document.emails,
    ).toEqual([{ ...work, value: 'n@b' }, home]);
  });

  it('of a part reaches each element the filter picks, all without one', () => {
    const all = patchUser(user, { op: 'replace', path: 'emails.display', value: 'd' }).document.emails;
    expect(all).toEqual([
      { ...work, display: 'd' },
      { ...home, display: 'd' },
    ]);
    const some = patchUser(user, {
      op: 'replace',
      path: 'emails[value ew "@b" and not (primary eq true)].display',
      value: 'd',
    });
    expect(some.document.emails).toEqual([work, { ...home, display: 'd' }]);
  });
});

describe('atomic and in order', () => {
  it('a refusal leaves the document as it was, and says which operation it was', () => {
    const document = { userName: 'u', emails: [{ ...work }], [enterprise]: { department: 'd' } };
    const before = structuredClone(document);
    const { detail } = refusal(() =>
      patchUser(
        document,
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'x' },
        { op: 'replace', path: `${enterprise}:department`, value: 'e' },
        { op: 'replace', path: 'userName', value: 5 },
      ),
    );
    expect(detail).toMatch(/^Operation 3: userName wants text, not 5\.$/);
    expect(document).toEqual(before);
  });

  it('shares what it does not change', () => {
    const document = { ...user, name: { givenName: 'O' } };
    const result = patchUser(document, { op: 'replace', path: 'title', value: 't' });
    expect(result.document.emails).toBe(document.emails);
    expect(result.document.name).toBe(document.name);
  });

  it('a change that is taken back leaves nothing to tell', () => {
    const result = patchUser(user, { op: 'add', path: 'title', value: 't' }, { op: 'remove', path: 'title' });
    expect(result).toMatchObject({ changes: [], noEffect: [] });
    expect(result.document).toBe(user);
  });
});

describe('attributes no schema knows', () => {
  it('are kept verbatim where they were sent, and named', () => {
    const value = { deep: [{ er: false }], n: 1.5 };
    const result = patchUser(
      user,
      { op: 'add', path: 'shoeSize', value },
      { op: 'add', path: 'name.nick', value: 'x' },
      { op: 'add', path: 'desk.floor', value: 3 },
      { op: 'add', path: `${enterprise}:desk`, value: 'y' },
      { op: 'add', path: 'emails[type eq "work"].seen', value: true },
      { op: 'add', value: { 'favourite colour': 'teal' } },
    );
    expect(result.document).toEqual({
      ...user,
      shoeSize: value,
      name: { nick: 'x' },
      desk: { floor: 3 },
      [enterprise]: { desk: 'y' },
      emails: [{ ...work, seen: true }, home],
      'favourite colour': 'teal',
    });
    expect(result.unmapped).toEqual([
      'shoeSize',
      'name.nick',
      'desk.floor',
      `${enterprise}:desk`,
      'emails.seen',
      'favourite colour',
    ]);
  });

  it('are found again in any case, changed and cleared', () => {
    const document = { userName: 'u', shoeSize: 42, desk: { floor: 3, room: 'a' } };
    const result = patchUser(
      document,
      { op: 'replace', path: 'SHOESIZE', value: 43 },
      { op: 'remove', path: 'Desk.Floor' },
    );
    expect(result.document).toEqual({ userName: 'u', shoeSize: 43, desk: { room: 'a' } });
    expect(patchUser(document, { op: 'replace', path: 'shoeSize', value: '' }).document.shoeSize).toBeUndefined();
  });

  it('with a filter are lists of their own', () => {
    const path = 'badges[kind eq "door"].code';
    const result = patchUser({ userName: 'u' }, { op: 'add', path, value: '1' }, { op: 'replace', path, value: '2' });
    expect(result.document).toEqual({ userName: 'u', badges: [{ kind: 'door', code: '2' }] });
    expect(result.unmapped).toEqual(['badges.code']);
    expect(refusal(() => patchUser({ userName: 'u', badges: 'x' }, { op: 'add', path, value: '1' })).scimType).toBe(
      'invalidPath',
    );
  });
});

describe('refusals', () => {
  const refused = (...operations: Json[]) => refusal(() => patchUser(user, ...operations));

  it.each<[string, Json]>([
    ['no Operations', {}],
    ['Operations is no list', { Operations: {} }],
    ['empty Operations', { Operations: [] }],
    ['an operation that is no object', { Operations: ['x'] }],
    ['no op', { Operations: [{ path: 'title', value: 'x' }] }],
    ['an unknown op', { Operations: [{ op: 'move', path: 'title', value: 'x' }] }],
    ['an op that is no text', { Operations: [{ op: 5, path: 'title', value: 'x' }] }],
  ])('invalidSyntax: %s', (_, body) => {
    const object = JSON.parse(JSON.stringify(body));
    expect(refusal(() => applyPatch('User', user, object))).toMatchObject({ status: 400, scimType: 'invalidSyntax' });
  });

  it.each(['groups', 'groups[value eq "x"]', 'id', 'meta', 'meta.created', 'META.Version', `${coreUser}:groups`])(
    'mutability: what only we set can not be removed (%s), and is left alone by add and replace',
    (path) => {
      expect(refused({ op: 'remove', path })).toMatchObject({ status: 400, scimType: 'mutability' });
      expect(patchUser(user, { op: 'replace', path, value: 'x' }, { op: 'add', path, value: 'x' }).document).toBe(user);
    },
  );

  it('names of members in any case', () => {
    expect(
      applyPatch('User', { userName: 'u' }, { operations: [{ OP: 'add', Path: 'title', VALUE: 'x' }] }).document,
    ).toEqual({
      userName: 'u',
      title: 'x',
    });
  });

  it.each([
    'name.',
    '.name',
    'name..givenName',
    'name.givenName.x',
    'name.nick.x',
    'userName.x',
    '1abc',
    'a b',
    'emails[type eq "work"',
    'emails[type eq "work"]value',
    'emails[type eq "work"].',
    'emails[type eq "work"].a.b',
    'emails.value[type eq "work"]',
    'userName[value eq "x"]',
    'name[givenName eq "x"]',
    'urn:x',
    `${enterprise}:`,
    `${enterprise}[a eq "b"]`,
    '__proto__',
    'name.__proto__',
    '__proto__.polluted',
  ])('invalidPath: %s', (path) => {
    expect(refused({ op: 'replace', path, value: 'x' })).toMatchObject({ status: 400, scimType: 'invalidPath' });
  });

  it('invalidPath: a path that is no text', () => {
    expect(refused({ op: 'replace', path: 5, value: 'x' }).scimType).toBe('invalidPath');
  });

  it.each([
    'emails[]',
    'emails[type is "x"]',
    'emails[nope eq "x"].value',
    'emails[type eq "x" and].value',
    'roles[primary eq "x"].value',
  ])('invalidFilter: %s', (path) => {
    const { status, scimType, detail } = refused({ op: 'replace', path, value: 'x' });
    expect({ status, scimType }).toEqual({ status: 400, scimType: 'invalidFilter' });
    expect(detail).toMatch(/^Path, position \d+ /);
  });

  it.each<[string, Json, string]>([
    ['title', 5, 'title wants text, not 5.'],
    ['title', true, 'title wants text, not true.'],
    ['title', { x: 1 }, 'title wants text, not an object.'],
    ['title', ['a', 'b'], 'title wants text, not a list of 2.'],
    ['active', 'maybe', 'active wants true or false, not the text "maybe".'],
    ['active', 1, 'active wants true or false, not 1.'],
    ['name', 'Orla', 'name wants an object, not the text "Orla".'],
    ['emails', 'a@b', 'emails wants a list of objects, not the text "a@b".'],
    ['emails', ['a@b'], 'emails wants a list of objects, and this list holds the text "a@b".'],
    ['emails', [{ value: 5 }], 'emails.value wants text, not 5.'],
    ['emails[type eq "work"]', 'a@b', 'emails wants an object, not the text "a@b".'],
    ['emails[type eq "work"].primary', 'x', 'emails.primary wants true or false, not the text "x".'],
    ['name.givenName', [1], 'name.givenName wants text, not 1.'],
    ['manager', 5, 'manager wants an object or an id, not 5.'],
    [enterprise, 'x', 'wants an object of attributes'],
    [`${enterprise}:department`, 5, ':department wants text, not 5.'],
  ])('invalidValue, in words: %s %j', (path, value, words) => {
    const { status, scimType, detail } = refused({ op: 'replace', path, value });
    expect({ status, scimType }).toEqual({ status: 400, scimType: 'invalidValue' });
    expect(detail).toContain(words);
  });

  it('invalidValue: no value, or nothing to take attributes from', () => {
    expect(refused({ op: 'replace', path: 'title' }).scimType).toBe('invalidValue');
    expect(refused({ op: 'add', path: 'title' }).scimType).toBe('invalidValue');
    for (const value of ['x', [{}], null, 5]) expect(refused({ op: 'add', value }).scimType).toBe('invalidValue');
  });

  it('invalidValue: a required attribute set to nothing; mutability: removed', () => {
    for (const value of ['', '  ', null, []])
      expect(refused({ op: 'replace', path: 'userName', value }).scimType).toBe('invalidValue');
    expect(refused({ op: 'replace', value: { userName: '' } }).scimType).toBe('invalidValue');
    expect(refused({ op: 'remove', path: 'userName' }).scimType).toBe('mutability');
    expect(
      refusal(() => applyPatch('Group', { displayName: 'g' }, message({ op: 'remove', path: 'displayName' }))).scimType,
    ).toBe('mutability');
  });

  it('noTarget: a remove without path', () => {
    expect(refused({ op: 'remove' }).scimType).toBe('noTarget');
    expect(refused({ op: 'remove', path: '', value: { title: 'x' } }).scimType).toBe('noTarget');
  });

  it('NUL and lone surrogates behind an escape: in a filter, in JSON inside a string', () => {
    const path = String.raw`emails[type eq "\u0000"].value`;
    expect(refused({ op: 'add', path, value: 'x' }).scimType).toBe('invalidFilter');
    expect(refused({ op: 'add', path: path.replace('0000', 'd800'), value: 'x' }).scimType).toBe('invalidFilter');
    const value = String.raw`{"value":"a\u0000"}`;
    expect(refused({ op: 'add', path: 'roles', value: [{ value }] }).scimType).toBe('invalidValue');
  });

  it('more than any resource needs, before it costs anything', () => {
    const many = (count: number, one: (index: number) => Json) =>
      Array.from({ length: count }, (_, index) => one(index));
    const emails = many(1001, (index) => ({ value: `e${index}` }));
    expect(refused({ op: 'add', path: 'emails', value: emails }).detail).toContain('emails holds more than 1000');
    expect(patched({ op: 'add', path: 'emails', value: emails.slice(1) }).emails).toHaveLength(1000);
    const growing = (path: (index: number) => string) =>
      refused(...many(5000, (index) => ({ op: 'add', path: path(index), value: '1' })));
    const tooMany = /holds more than 1000|cost too much together/;
    expect(growing((index) => `emails[type eq "t${index}"].value`).detail).toMatch(tooMany);
    expect(growing((index) => `x${index}`).detail).toMatch(tooMany);
    expect(growing((index) => `x.y${index}`).detail).toMatch(tooMany);
    expect(growing((index) => `name.y${index}`).detail).toMatch(tooMany);
    expect(growing((index) => `${enterprise}:y${index}`).detail).toMatch(tooMany);
  });

  it('tooMany: operations that would keep others waiting; a thousand of them do not', () => {
    const emails = Array.from({ length: 900 }, (_, n) => ({ type: `t${n}`, value: `v${n}` }));
    const operations = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ op: 'replace', path: `emails[type eq "t${n}"].value`, value: 'x' }));
    let refusal: unknown;
    try {
      patchUser({ userName: 'u', emails }, ...operations(900));
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ status: 400, scimType: 'tooMany' });
    expect(
      patchUser({ userName: 'u', emails: emails.slice(0, 20) }, ...operations(1_000).slice(0, 20)).changes,
    ).toHaveLength(20);
    const titles = Array.from({ length: 1_000 }, (_, n) => ({ op: 'replace', path: 'title', value: `t${n}` }));
    expect(patchUser({ userName: 'u' }, ...titles).document.title).toBe('t999');
  });

  it('paths deeper than 64 levels', () => {
    expect(refused({ op: 'add', path: `a${'.b'.repeat(200_000)}`, value: 1 }).scimType).toBe('invalidPath');
    expect(refused({ op: 'add', value: { [`a${'.b'.repeat(64)}`]: 1 } }).scimType).toBe('invalidPath');
    expect(patched({ op: 'add', path: `a${'.b'.repeat(63)}`, value: 1 })).toHaveProperty(['a', 'b', 'b']);
  });

  it('NUL, lone surrogates, endless numbers, depth', () => {
    for (const value of ['a\0', '\ud800', { x: ['\udc00'] }]) {
      expect(refused({ op: 'add', path: 'x', value })).toMatchObject({ status: 400, scimType: 'invalidValue' });
    }
    expect(refused({ op: 'add', path: 'x', value: JSON.parse('1e999') }).scimType).toBe('invalidValue');
    const nest = (depth: number): Json => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);
    expect(refused({ op: 'add', path: 'x', value: nest(62) }).scimType).toBe('invalidSyntax');
    expect(patched({ op: 'add', path: 'x', value: nest(61) })).toHaveProperty('x');
  });
});
