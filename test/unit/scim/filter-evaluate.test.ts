import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src-main/contract/index.ts';
import { compareText, elementMatches, fold, matches, parseFilter } from '../../../src-main/scim/index.ts';
import { coreUser, enterprise } from './support.ts';

const orla: JsonObject = {
  schemas: [coreUser, enterprise],
  id: 'usr_9f21',
  externalId: 'orla.brandt',
  userName: 'Orla.Brandt@fabrikvale.example',
  active: true,
  displayName: 'Órla Brandt',
  name: { familyName: 'Brandt', givenName: 'Órla' },
  emails: [
    { type: 'work', primary: true, value: 'orla@fabrikvale.example' },
    { type: 'home', value: 'orla@home.example' },
  ],
  phoneNumbers: [{ type: 'work', value: '+353 91 555 0100' }],
  [enterprise]: { department: 'Hydrology', manager: { value: 'usr_0044' } },
  meta: {
    resourceType: 'User',
    created: '2026-02-03T08:10:00.000Z',
    lastModified: '2026-02-03T09:10:00.000+01:00',
  },
};

describe('RFC 7644 §3.4.2.2: operators', () => {
  it.each([
    ['userName eq "orla.brandt@FABRIKVALE.example"', true],
    ['userName eq "orla"', false],
    ['userName ne "orla"', true],
    ['userName ne "ORLA.brandt@fabrikvale.example"', false],
    ['userName co "BRANDT"', true],
    ['userName sw "orla"', true],
    ['userName sw "brandt"', false],
    ['userName ew "EXAMPLE"', true],
    ['displayName eq "o\u0301RLA brandt"', true],
    ['externalId eq "orla.brandt"', true],
    ['externalId eq "Orla.Brandt"', false],
    ['id eq usr_9f21 and manager eq usr_0044', true],
    ['manager eq usr_9f21 and id eq usr_0044', false],
    ['id eq USR_9F21', false],
    ['active eq true', true],
    ['active eq "True"', true],
    ['active ne "False"', true],
    ['name.familyName gt "Brand"', true],
    ['name.familyName ge "brandt"', true],
    ['name.familyName lt "BRANDT"', false],
    ['name.familyName le "BRANDT"', true],
    ['title pr', false],
    ['title eq "x"', false],
    ['title ne "x"', true],
    ['title lt "x"', false],
    ['title eq null', true],
    ['title ne null', false],
    ['userName eq null', false],
    ['emails pr', true],
    ['name pr', true],
    ['roles pr', false],
    ['not (title pr)', true],
    ['department eq hydrology', true],
    [`${enterprise}:department sw "Hydro"`, true],
    [`schemas eq "${enterprise}"`, true],
    ['schemas eq "urn:x"', false],
    ['meta.resourceType eq "User"', true],
  ])('%s is %s', (text, expected) => {
    expect(matches(parseFilter(text, 'User'), orla)).toBe(expected);
  });
});

describe('dates compare as points in time', () => {
  it.each([
    ['meta.created eq "2026-02-03T08:10:00Z"', true],
    ['meta.created eq "2026-02-03T09:10:00+01:00"', true],
    ['meta.lastModified eq "2026-02-03T08:10:00Z"', true],
    ['meta.created gt "2026-02-03T08:09:59.999Z"', true],
    ['meta.created gt "2026-02-03"', true],
    ['meta.created lt "2026-02-03T10:00:00+03:00"', false],
    ['meta.created sw "2026-02"', true],
  ])('%s is %s', (text, expected) => {
    expect(matches(parseFilter(text, 'User'), orla)).toBe(expected);
  });
});

describe('multi-valued attributes', () => {
  it.each([
    ['emails eq "ORLA@home.example"', true],
    ['emails.type eq "work"', true],
    ['emails.type ne "work"', true],
    ['not (emails.type eq "work")', false],
    ['roles.value ne "x"', true],
    ['emails.type eq "home" and emails.value co "fabrikvale"', true],
    ['emails[type eq "home" and value co "fabrikvale"]', false],
    ['emails[type eq "home" and value co "home."]', true],
    ['emails[type eq "work"].value eq "orla@fabrikvale.example"', true],
    ['emails[type eq "work"].value eq "orla@home.example"', false],
    ['emails[primary eq "True"].value ew "fabrikvale.example"', true],
    ['emails[not (type eq "work")]', true],
    ['roles[not (type eq "work")]', false],
    ['phoneNumbers[type eq "work" and not (primary pr)]', true],
  ])('%s is %s', (text, expected) => {
    expect(matches(parseFilter(text, 'User'), orla)).toBe(expected);
  });

  it('reads members of groups', () => {
    const group: JsonObject = { displayName: 'Crew', members: [{ value: 'a' }, { value: 'b', display: 'Bea' }] };
    expect(matches(parseFilter('members eq b', 'Group'), group)).toBe(true);
    expect(matches(parseFilter('members[value eq a and display pr]', 'Group'), group)).toBe(false);
  });

  it('matches one element by the inside of a value path', () => {
    const filter = parseFilter('members[display sw "b"]', 'Group');
    if (filter.kind !== 'valuePath') throw new Error('not a value path');
    expect(elementMatches(filter.filter, { value: 'b', display: 'Bea' })).toBe(true);
    expect(elementMatches(filter.filter, { value: 'a' })).toBe(false);
  });
});

it('RFC 7643 §2.5: empty values are no values', () => {
  const empty: JsonObject = { title: '', roles: [], name: { givenName: '' }, emails: [{}] };
  for (const name of ['title', 'roles', 'name', 'emails', 'name.givenName']) {
    expect(matches(parseFilter(`${name} pr`, 'User'), empty)).toBe(false);
  }
  expect(matches(parseFilter('active pr', 'User'), { active: false })).toBe(true);
});

it('sees own properties only', () => {
  const inherited: JsonObject = Object.create({ userName: 'x' });
  expect(matches(parseFilter('userName eq "x"', 'User'), inherited)).toBe(false);
});

it('orders text by code point, where JavaScript orders UTF-16 units', () => {
  const words = ['\u{1f600}', '\uffee', '', 'b', '\ue000', 'a', 'ab', '\ud7ff', '\u{10000}'];
  const byCodePoint = words.toSorted((a, b) => Buffer.from(a).compare(Buffer.from(b)));
  expect(words.toSorted(compareText)).toEqual(byCodePoint);
  expect(matches(parseFilter('title gt "\uffee"', 'User'), { title: '\u{1f600}' })).toBe(true);
});

it('folds by NFC and lower case, whatever the locale', () => {
  expect(fold('E\u0301VA')).toBe('éva');
  expect(fold('I')).toBe('i');
  expect(fold('Straße')).toBe('straße');
  // Lower case writes the last sigma of a word in another way than those before it.
  expect(fold('ΟΔΟΣ ΟΔΟΣΑΣ')).toBe('οδοσ οδοσασ');
});
