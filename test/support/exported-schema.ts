/** A synchronisation schema as the portal exports it (docs/entra.md §9), of an invented company. */

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const fabrikvale = 'urn:ietf:params:scim:schemas:extension:Fabrikvale:2.0:User';

export const switchActive = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")';

export function attribute(name: string, target: string, more: Record<string, unknown> = {}) {
  const source = { type: 'Attribute', name, expression: `[${name}]`, parameters: [] };
  return mapping(target, source, more);
}

export function expression(text: string, target: string, more: Record<string, unknown> = {}) {
  return mapping(target, { type: 'Function', name: text.split('(')[0], expression: text, parameters: [] }, more);
}

function mapping(targetAttributeName: string, source: unknown, more: Record<string, unknown>) {
  return {
    targetAttributeName,
    matchingPriority: 0,
    flowType: 'Always',
    flowBehavior: 'FlowWhenChanged',
    defaultValue: null,
    exportMissingReferences: false,
    source,
    ...more,
  };
}

/** Mappings with nothing to say against them. */
export const soundUserMappings = [
  attribute('userPrincipalName', 'userName', { matchingPriority: 1 }),
  expression(switchActive, 'active'),
  attribute('objectId', 'externalId'),
  attribute('displayName', 'displayName'),
  expression('Coalesce([mail], [userPrincipalName])', 'emails[type eq "work"].value'),
  attribute('department', `${enterprise}:department`),
  attribute('manager', `${enterprise}:manager`),
];

interface Exported {
  users?: unknown[];
  user?: Record<string, unknown>;
  group?: Record<string, unknown>;
  target?: string;
}

export function exportedSchema({
  users = soundUserMappings,
  user = {},
  group = {},
  target = 'customappsso',
}: Exported) {
  return {
    id: 'scim.0b9d2c529a864a558c7a4f7b52e6a111.3c2b9a10-5f11-47d6-8d54-7a4f9f3f2222',
    version: 'Date:2026-03-04T09:00:00Z',
    directories: [
      { id: 'a', name: 'Azure Active Directory', objects: [{ name: 'User', attributes: [] }] },
      {
        id: 'b',
        name: target,
        objects: [
          {
            name: enterprise,
            attributes: [
              { name: 'id', type: 'String', anchor: true },
              { name: `${fabrikvale}:badge`, type: 'String', anchor: false },
            ],
          },
        ],
      },
    ],
    synchronizationRules: [
      {
        name: 'USERGROUP_OUTBOUND_USERGROUP',
        sourceDirectoryName: 'Azure Active Directory',
        targetDirectoryName: target,
        objectMappings: [
          {
            name: 'Provision Microsoft Entra ID Users',
            enabled: true,
            flowTypes: 'Add,Update,Delete',
            scope: null,
            sourceObjectName: 'User',
            targetObjectName: enterprise,
            attributeMappings: users,
            ...user,
          },
          {
            name: 'Provision Microsoft Entra ID Groups',
            enabled: true,
            flowTypes: 'Add, Update, Delete',
            scope: null,
            sourceObjectName: 'Group',
            targetObjectName: 'urn:ietf:params:scim:schemas:core:2.0:Group',
            attributeMappings: [
              attribute('displayName', 'displayName', { matchingPriority: 1 }),
              attribute('objectId', 'externalId'),
              attribute('members', 'members'),
            ],
            ...group,
          },
        ],
      },
    ],
  };
}
