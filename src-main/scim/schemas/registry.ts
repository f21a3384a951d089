import { attribute, byName } from './define.ts';
import { enterpriseUserSchema } from './enterprise.ts';
import { groupSchema } from './group.ts';
import type { SchemaRegistry } from './types.ts';
import { userSchema } from './user.ts';

/** The sender's own identifier: a common attribute that discovery lists with each resource's own, since Entra maps to it. */
export const externalId = attribute('externalId', 'string', "The sender's own identifier for the resource.", {
  caseExact: true,
});

/** Attributes every resource has (RFC 7643 §3, §3.1). */
const common = byName([
  attribute('schemas', 'reference', 'The schemas whose attributes the resource holds.', {
    multiValued: true,
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    referenceTypes: ['uri'],
  }),
  attribute('id', 'string', 'The identifier this endpoint gave the resource.', {
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  externalId,
  attribute('meta', 'complex', 'About the resource itself.', { mutability: 'readOnly' }, [
    attribute('resourceType', 'string', 'User or Group.', { caseExact: true, mutability: 'readOnly' }),
    attribute('created', 'dateTime', 'When it was created.', { mutability: 'readOnly' }),
    attribute('lastModified', 'dateTime', 'When it was last changed.', { mutability: 'readOnly' }),
    attribute('location', 'reference', 'Its address.', {
      caseExact: true,
      mutability: 'readOnly',
      referenceTypes: ['uri'],
    }),
    attribute('version', 'string', 'Its ETag.', { caseExact: true, mutability: 'readOnly' }),
  ]),
]);

/** The schemas of RFC 7643: User with the enterprise extension, and Group. */
export const standardSchemas: SchemaRegistry = {
  User: {
    resourceType: 'User',
    endpoint: '/Users',
    description: 'People with an account.',
    core: userSchema,
    common,
    extensions: [enterpriseUserSchema],
  },
  Group: {
    resourceType: 'Group',
    endpoint: '/Groups',
    description: 'Groups of users.',
    core: groupSchema,
    common,
    extensions: [],
  },
};
