import { describe, expect, it } from 'vitest';
import type { ResourceType } from '../../../src-main/contract/index.ts';
import { type Filter, parseFilter } from '../../../src-main/scim/index.ts';
import { coreUser, enterprise, refusal } from './support.ts';

/** A parsed filter as a fully bracketed line: what was understood. */
function shown(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${shown(filter.left)} ${filter.kind} ${shown(filter.right)})`;
    case 'not':
      return `not ${shown(filter.operand)}`;
    case 'present':
      return `${filter.path.canonical} pr`;
    case 'valuePath':
      return `${filter.path.canonical}[${shown(filter.filter)}]`;
    case 'compare':
      return `${filter.path.canonical} ${filter.op} ${JSON.stringify(filter.value)}`;
  }
}

const read = (text: string, type: ResourceType = 'User') => shown(parseFilter(text, type));
const refused = (text: string, type: ResourceType = 'User') => refusal(() => parseFilter(text, type));

describe('RFC 7644 §3.4.2.2: the examples of the RFC', () => {
  it.each([
    ['userName eq "bjensen"', 'userName eq "bjensen"'],
    ['name.familyName co "O\'Malley"', 'name.familyName co "O\'Malley"'],
    ['userName sw "J"', 'userName sw "J"'],
    [`${coreUser}:userName sw "J"`, 'userName sw "J"'],
    ['title pr', 'title pr'],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', 'meta.lastModified gt "2011-05-13T04:42:34Z"'],
    ['meta.lastModified le "2011-05-13T04:42:34Z"', 'meta.lastModified le "2011-05-13T04:42:34Z"'],
    ['title pr and userType eq "Employee"', '(title pr and userType eq "Employee")'],
    ['title pr or userType eq "Intern"', '(title pr or userType eq "Intern")'],
    [`schemas eq "${enterprise}"`, `schemas eq "${enterprise}"`],
    [
      'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
      '(userType eq "Employee" and (emails.value co "example.com" or emails.value co "example.org"))',
    ],
    [
      'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
      '(userType ne "Employee" and not (emails.value co "example.com" or emails.value co "example.org"))',
    ],
    ['userType eq "Employee" and (emails.type eq "work")', '(userType eq "Employee" and emails.type eq "work")'],
    [
      'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
      '(userType eq "Employee" and emails[(emails.type eq "work" and emails.value co "@example.com")])',
    ],
    [
      'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
      '(emails[(emails.type eq "work" and emails.value co "@example.com")] or ims[(ims.type eq "xmpp" and ims.value co "@foo.com")])',
    ],
  ])('%s', (text, meant) => {
    expect(read(text)).toBe(meant);
  });

  it('binds "not" before "and" before "or"', () => {
    expect(read('title pr or not (active eq true) and nickName pr')).toBe(
      '(title pr or (not active eq true and nickName pr))',
    );
  });

  it('takes names, operators and keywords in any case', () => {
    expect(read('USERNAME Eq "x" AND NOT(Emails.VALUE Pr) Or NAME.givenname SW "y"')).toBe(
      '((userName eq "x" and not emails.value pr) or name.givenName sw "y")',
    );
  });

  it('needs no more white space than tells words apart, and allows any amount', () => {
    expect(read('(title pr)and(userName eq"x")')).toBe('(title pr and userName eq "x")');
    expect(read('  (\ttitle   pr )  and  not  ( userName  eq  "x" ) ')).toBe('(title pr and not userName eq "x")');
  });

  it('reads JSON escapes in strings', () => {
    expect(read(String.raw`displayName eq "say \"hi\" \\ \u00e9 ]) and"`)).toBe(
      `displayName eq ${JSON.stringify('say "hi" \\ é ]) and')}`,
    );
  });

  it('resolves extension attributes by URN in any case, and by short name', () => {
    const meant = `${enterprise}:department eq "x"`;
    expect(read(`${enterprise}:department eq "x"`)).toBe(meant);
    expect(read(`${enterprise.toUpperCase()}:DEPARTMENT eq "x"`)).toBe(meant);
    expect(read('department eq "x"')).toBe(meant);
    expect(read(`${enterprise}:manager.value eq "x"`)).toBe(`${enterprise}:manager.value eq "x"`);
    expect(read(`${enterprise}:MANAGER.value pr`)).toBe(`${enterprise}:manager.value pr`);
  });

  it('compares a complex attribute by its value', () => {
    expect(read('emails eq "x"')).toBe('emails.value eq "x"');
    expect(read('manager eq "x"')).toBe(`${enterprise}:manager.value eq "x"`);
    expect(read('groups eq "x"')).toBe('groups.value eq "x"');
    expect(read('members eq "x"', 'Group')).toBe('members.value eq "x"');
    expect(read('emails pr')).toBe('emails pr');
  });

  it('keeps chains shallow: a thousand clauses are no deep tree', () => {
    const depth = (filter: Filter): number =>
      filter.kind === 'or' ? 1 + Math.max(depth(filter.left), depth(filter.right)) : 1;
    const clauses = Array.from({ length: 1000 }, (_, index) => `userName eq "${index}"`);
    const filter = parseFilter(clauses.join(' or '), 'User');
    expect(depth(filter)).toBeLessThan(13);
    expect(shown(filter).match(/"\d+"/g)).toEqual(clauses.map((clause) => clause.slice(12)));
  });
});

describe("Entra's liberties", () => {
  it('unquoted literals (entra: filter=externalId eq jyoung)', () => {
    expect(read('externalId eq jyoung')).toBe('externalId eq "jyoung"');
    expect(read('userName eq orla.brandt@fabrikvale.example')).toBe('userName eq "orla.brandt@fabrikvale.example"');
    expect(read('externalId eq 0044')).toBe('externalId eq "0044"');
    expect(read('displayName eq true')).toBe('displayName eq "true"');
    expect(read('(externalId eq jyoung)')).toBe('externalId eq "jyoung"');
  });

  it('the reference query of §1.12, clauses in either order', () => {
    expect(read('id eq usr_9f21 and manager eq usr_0044')).toBe(
      `(id eq "usr_9f21" and ${enterprise}:manager.value eq "usr_0044")`,
    );
    expect(read('manager eq usr_0044 and id eq usr_9f21')).toBe(
      `(${enterprise}:manager.value eq "usr_0044" and id eq "usr_9f21")`,
    );
  });

  it('emails[type eq "work"].value eq "x" asks both of one element', () => {
    expect(read('emails[type eq "work"].value eq "x"')).toBe('emails[(emails.type eq "work" and emails.value eq "x")]');
    expect(read('emails[type eq work].value pr')).toBe('emails[(emails.type eq "work" and emails.value pr)]');
  });

  it('quirk 10: "True" against a boolean is true', () => {
    expect(read('active eq "True"')).toBe('active eq true');
    expect(read('active eq False')).toBe('active eq false');
    expect(read('roles[primary eq "True"].value eq "Editor"')).toBe(
      'roles[(roles.primary eq true and roles.value eq "Editor")]',
    );
    expect(read('displayName eq "True"')).toBe('displayName eq "True"');
  });

  it('quirk 19: what is compared is folded, save for case-exact attributes', () => {
    expect(parseFilter('userName eq "ÉVA"', 'User')).toMatchObject({ value: 'ÉVA', comparable: 'éva' });
    expect(parseFilter('emails.value eq "A@B"', 'User')).toMatchObject({ comparable: 'a@b' });
    expect(parseFilter('externalId eq "ABC"', 'User')).toMatchObject({ comparable: 'ABC' });
    expect(parseFilter('id eq "ABC"', 'User')).toMatchObject({ comparable: 'ABC' });
    expect(parseFilter('displayName eq "ABC"', 'Group')).toMatchObject({ comparable: 'abc' });
    expect(parseFilter('members.value eq "ABC"', 'Group')).toMatchObject({ comparable: 'ABC' });
  });

  it('null says "no value"', () => {
    expect(parseFilter('title eq null', 'User')).toMatchObject({ value: null, comparable: null });
    expect(parseFilter('title eq "null"', 'User')).toMatchObject({ value: 'null' });
  });
});

describe('refusals are 400 invalidFilter with a position and what was expected', () => {
  it.each([
    ['', 1, 'the name of an attribute'],
    ['   ', 4, 'the name of an attribute'],
    ['userName', 9, 'an operator'],
    ['userName is "x"', 10, 'eq, ne, co, sw, ew, gt, ge, lt, le or pr'],
    ['userName eq', 12, 'a value'],
    ['userName eq )', 13, 'a value'],
    ['userName eq "x', 13, 'closing double quote'],
    ['userName eq "x\\', 13, 'closing double quote'],
    [String.raw`userName eq "\q"`, 13, 'escape'],
    ["userName eq 'x'", 13, 'double quotes'],
    ['displayName eq Estuary Crew', 24, 'double quotes'],
    ['userName eq "x" title pr', 17, '"and", "or"'],
    ['userName eq "x" and', 20, 'the name of an attribute'],
    ['and userName eq "x"', 1, 'no attribute "and"'],
    ['(userName eq "x"', 17, '")"'],
    ['userName eq "x")', 16, '"and", "or" or the end'],
    ['not userName eq "x"', 5, '"("'],
    ['emails[type eq "work"', 22, '"]"'],
    ['emails[]', 8, 'the name of an attribute'],
    ['emails[type eq "work" and emails[value pr]]', 33, "can't hold another"],
    ['emails[type eq "work"].foo eq "x"', 24, 'no sub-attribute "foo"'],
    ['emails[nope eq "x"]', 8, 'no sub-attribute "nope"'],
    ['userName[value eq "x"]', 1, 'no parts'],
    ['nope eq "x"', 1, 'no attribute "nope"'],
    ['name.nope eq "x"', 1, 'no sub-attribute "nope"'],
    ['userName.nope eq "x"', 1, 'no sub-attributes'],
    ['name eq "x"', 1, 'made of parts'],
    ['addresses eq "x"', 1, 'made of parts'],
    ['urn:example:2.0:User:badge eq "x"', 1, 'no schema of User'],
    [`${enterprise}:nope eq "x"`, 1, 'no attribute'],
    [`${enterprise} eq "x"`, 1, 'not the name of an attribute'],
    ['"x" eq userName', 1, 'the name of an attribute'],
    ['active gt true', 11, 'only eq and ne'],
    ['active co "tr"', 11, 'only eq and ne'],
    ['active eq "maybe"', 11, 'true or false'],
    ['x509Certificates.value gt "x"', 27, 'no order'],
    ['meta.created gt "yesterday"', 17, 'a date'],
    ['meta.created gt 5', 17, 'a date'],
    ['title gt null', 10, 'eq and ne only'],
    ['password eq "x"', 1, 'no attribute "password"'],
    ['constructor eq "x"', 1, 'no attribute "constructor"'],
    ['__proto__ pr', 1, 'not the name of an attribute'],
    ['emails.__proto__ pr', 1, 'no sub-attribute'],
  ])('%s', (text, position, expected) => {
    const { status, scimType, detail } = refused(text);
    expect({ status, scimType }).toEqual({ status: 400, scimType: 'invalidFilter' });
    expect(detail).toContain(`position ${position} `);
    expect(detail).toContain(expected);
  });

  it('depth over 64', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}title pr${')'.repeat(depth)}`;
    expect(read(nested(64))).toBe('title pr');
    expect(refused(nested(65)).detail).toContain('deeper than 64');
    expect(refused(`${'not('.repeat(5000)}title pr${')'.repeat(5000)}`).scimType).toBe('invalidFilter');
    expect(refused('('.repeat(100_000)).scimType).toBe('invalidFilter');
  });

  it('NUL and lone surrogates', () => {
    expect(refused('userName eq "a\0b"').scimType).toBe('invalidFilter');
    expect(refused('userName eq "a\ud800b"').scimType).toBe('invalidFilter');
  });

  it('users have no members, groups no userName', () => {
    expect(refused('members eq "x"').scimType).toBe('invalidFilter');
    expect(refused('userName eq "x"', 'Group').scimType).toBe('invalidFilter');
    expect(refused('manager eq "x"', 'Group').scimType).toBe('invalidFilter');
  });

  it('quotes no more of a long text than a reader wants', () => {
    expect(refused(`${'x'.repeat(100_000)} eq "y"`).detail.length).toBeLessThan(300);
  });
});
