import { attribute, byName, plural, primary } from './define.ts';
import type { Schema } from './types.ts';

const name = attribute('name', 'complex', "The parts of the user's name.", {}, [
  attribute('formatted', 'string', 'The whole name as it is shown, with titles and suffixes.'),
  attribute('familyName', 'string', 'The family name (last name).'),
  attribute('givenName', 'string', 'The given name (first name).'),
  attribute('middleName', 'string', 'The middle name or names.'),
  attribute('honorificPrefix', 'string', 'What stands before the name, such as "Dr.".'),
  attribute('honorificSuffix', 'string', 'What stands after the name, such as "III".'),
]);

const addresses = attribute('addresses', 'complex', 'Postal addresses.', { multiValued: true }, [
  attribute('formatted', 'string', 'The whole address as it is printed; may hold line breaks.'),
  attribute('streetAddress', 'string', 'Street, house number, P.O. box; may hold line breaks.'),
  attribute('locality', 'string', 'City or town.'),
  attribute('region', 'string', 'State, province or region.'),
  attribute('postalCode', 'string', 'Postal code.'),
  attribute('country', 'string', 'Country, as an ISO 3166-1 alpha-2 code where the sender keeps to the RFC.'),
  attribute('type', 'string', 'What the address is for.', { canonicalValues: ['work', 'home', 'other'] }),
  primary,
]);

const groups = attribute(
  'groups',
  'complex',
  'The groups the user is in. Changed through the groups, never here.',
  { multiValued: true, mutability: 'readOnly' },
  [
    attribute('value', 'string', "The group's id.", { caseExact: true, mutability: 'readOnly' }),
    attribute('$ref', 'reference', "The group's address.", {
      caseExact: true,
      mutability: 'readOnly',
      referenceTypes: ['Group'],
    }),
    attribute('display', 'string', "The group's display name.", { mutability: 'readOnly' }),
    attribute('type', 'string', 'How the user comes to be a member.', {
      mutability: 'readOnly',
      canonicalValues: ['direct'],
    }),
  ],
);

/** The core User (RFC 7643 §4.1, §8.7.1). `password` is left out: this endpoint never stores one. */
export const userSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'User Account',
  attributes: byName([
    attribute('userName', 'string', 'The name the user signs in with. Unique, whatever its letter case.', {
      required: true,
      uniqueness: 'server',
    }),
    name,
    attribute('displayName', 'string', 'The name shown to people.'),
    attribute('nickName', 'string', 'What the user is called in everyday life.'),
    attribute('profileUrl', 'reference', "The address of the user's profile page.", { referenceTypes: ['external'] }),
    attribute('title', 'string', 'Job title, such as "Vice President".'),
    attribute('userType', 'string', 'How the organisation relates to the user, such as "Employee" or "Contractor".'),
    attribute('preferredLanguage', 'string', 'The language the user prefers, such as "en-IE".'),
    attribute('locale', 'string', 'Where the user is, for formats of dates, numbers and currency.'),
    attribute('timezone', 'string', 'Time zone, such as "Europe/Dublin".'),
    attribute('active', 'boolean', 'False for an archived user.'),
    plural(
      'emails',
      'E-mail addresses.',
      attribute('value', 'string', 'The e-mail address.'),
      'What the address is for.',
      ['work', 'home', 'other'],
    ),
    plural(
      'phoneNumbers',
      'Telephone numbers, kept exactly as sent.',
      attribute('value', 'string', 'The number.'),
      'What the number is for.',
      ['work', 'home', 'mobile', 'fax', 'pager', 'other'],
    ),
    plural(
      'ims',
      'Instant messaging addresses.',
      attribute('value', 'string', 'The address.'),
      'The messaging service.',
      ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'],
    ),
    plural(
      'photos',
      'Addresses of pictures of the user.',
      attribute('value', 'reference', 'Where the picture is.', { referenceTypes: ['external'] }),
      'Its size.',
      ['photo', 'thumbnail'],
    ),
    addresses,
    groups,
    plural(
      'entitlements',
      'Things the user is entitled to.',
      attribute('value', 'string', 'The entitlement.'),
      'The kind of entitlement.',
    ),
    plural('roles', "The user's roles.", attribute('value', 'string', 'The role.'), 'The kind of role.'),
    plural(
      'x509Certificates',
      'Certificates issued to the user.',
      attribute('value', 'binary', 'The certificate, DER in base64.', { caseExact: true }),
      'What the certificate is for.',
    ),
  ]),
};
