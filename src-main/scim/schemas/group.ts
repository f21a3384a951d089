import { attribute, byName } from './define.ts';
import type { Schema } from './types.ts';

/** The core Group (RFC 7643 §4.2, §8.7.1). Members are users only: Entra sends the first level of a group. */
export const groupSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'A group of users.',
  attributes: byName([
    attribute('displayName', 'string', 'The name shown to people. Unique, whatever its letter case.', {
      required: true,
      uniqueness: 'server',
    }),
    attribute('members', 'complex', 'The users in the group.', { multiValued: true }, [
      attribute('value', 'string', "The user's id.", { caseExact: true, mutability: 'immutable' }),
      attribute('$ref', 'reference', "The user's address.", {
        caseExact: true,
        mutability: 'immutable',
        referenceTypes: ['User'],
      }),
      attribute('display', 'string', "The user's display name; shown when asked for by `attributes`.", {
        mutability: 'readOnly',
        returned: 'request',
      }),
      attribute('type', 'string', 'The kind of member.', { mutability: 'immutable', canonicalValues: ['User'] }),
    ]),
  ]),
};
