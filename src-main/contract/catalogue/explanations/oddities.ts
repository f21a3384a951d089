import type { Entry } from './types.ts';

/** Accepted, but odd: Azure should not have sent it, or will send it again, or the real ServiceOps may see it otherwise. */
export const oddEntries = {
  'SP-UNMAPPED': {
    severity: 'odd',
    title: 'No field here holds {attributes|what was sent}',
    note: '{attributes|an attribute} {have|has} no field here',
    what: 'The call brought {attributes|an attribute} that ServiceOps has no field for, as far as this pilot knows. It was kept as it came, and is answered.',
    why: 'Azure sends every target attribute of the mapping. One that the attribute list was given by hand must be a custom field on the other side; the real ServiceOps may refuse or forget it.',
    cure: [
      { side: 'here', text: 'If it is a custom field of ServiceOps, make it one in Attributes, with one press.' },
      {
        side: 'azure',
        text: 'If it is a typing error, correct the name under Edit attribute list; if nobody needs it, delete the mapping.',
      },
    ],
    source: 'mapping',
    rfc: 'RFC 7643 §3.3',
  },
  'SP-URN-UNKNOWN': {
    severity: 'odd',
    title: 'Attributes of a schema that is not known here',
    note: '{attributes|an attribute} {have|has} no field here',
    what: 'The call brought {attributes|attributes} under the name {urn|of a schema} that no custom field here has. They were kept as they came.',
    why: 'The long name in front of an attribute is typed by hand in the attribute list: one wrong letter, and it is another schema. The real ServiceOps may refuse or forget such values.',
    cure: [
      {
        side: 'azure',
        text: 'Compare the name with the one that Attributes shows, letter by letter, and correct it under Edit attribute list.',
      },
      { side: 'here', text: 'If ServiceOps really prints this name, make the attribute a custom field in Attributes.' },
    ],
    source: 'mapping',
    rfc: 'RFC 7643 §3.3',
  },
  'SP-NOTHING-CHANGED': {
    severity: 'odd',
    title: 'What was sent was here already',
    note: 'nothing changed',
    what: 'The call was accepted, but the record already was as it wants it: nothing changed.',
    why: 'Azure compares before it sends. If the same call comes each cycle, Azure reads something else than it wrote: a value that is changed on the way, or one that is not returned. Once, after a restart or a test, it means nothing.',
    cure: [
      {
        side: 'azure',
        text: 'If it comes again each cycle: look at the attribute’s mapping, above all at expressions and types.',
      },
      { side: 'here', text: 'If it came once: nothing.' },
    ],
    source: 'known',
    rfc: 'RFC 7644 §3.5.2',
  },
  'SP-NO-EFFECT': {
    severity: 'odd',
    title: 'Some operations of a PATCH changed nothing',
    note: '{count|some} of {all|the} operations had no effect',
    what: 'The record was changed, but {count|some} of {all|the} operations had no effect: the value was here already, or the attribute can’t be set from outside.',
    why: 'Azure sends the attributes that it believes to differ. What it sends each cycle without effect, it reads back differently.',
    cure: [
      { side: 'azure', text: 'If the same operations come each cycle: look at the mappings of these attributes.' },
    ],
    source: 'known',
    rfc: 'RFC 7644 §3.5.2',
  },
  'SP-PASSWORD': {
    severity: 'odd',
    title: 'A password was sent',
    note: 'a password was sent; it was thrown away',
    what: 'The call brought a password. It was neither stored nor recorded.',
    why: 'Azure can’t read passwords of Entra. A fixed text or a random one was mapped to the attribute.',
    cure: [{ side: 'azure', text: 'Delete the mapping to password.' }],
    source: 'mapping',
    rfc: 'RFC 7643 §4.1.1',
  },
  'SP-EMAIL-MISSING': {
    severity: 'odd',
    title: 'A user was created without an e-mail address',
    note: 'no e-mail address came',
    what: 'The user was created, but no e-mail address came with it.',
    why: 'The standard mapping sends mail. Users without a mailbox, often those that live only in the cloud, have no mail in Entra, and Azure leaves out what is empty.',
    cure: [
      {
        side: 'azure',
        text: 'Map emails[type eq "work"].value with an expression that falls back to the user name.',
        expression: 'Coalesce([mail], [userPrincipalName])',
      },
      {
        side: 'serviceops',
        text: 'If ServiceOps requires the address, make it a rule in Attributes, so that the pilot refuses such users too.',
      },
    ],
    source: 'expressions',
    rfc: 'RFC 7643 §4.1.2',
  },
  'SP-EXTERNAL-ID-TWICE': {
    severity: 'odd',
    title: 'Two records have the same externalId',
    note: 'externalId {value|of another record} is used twice',
    what: 'The externalId {value|that came} is used by another {type|record} here as well. It was stored: SCIM allows it.',
    why: 'The standard source of externalId for users is mailNickname, which is not unique in Entra. If Azure matches by externalId, it will find two and stop with DuplicateTargetEntries.',
    cure: [
      { side: 'azure', text: 'Map objectId to externalId: it is unique and never changes.', expression: '[objectId]' },
    ],
    source: 'mapping',
    rfc: 'RFC 7643 §3.1',
  },
  'SP-GROUP-EXTERNAL-ID-TWICE': {
    severity: 'odd',
    title: 'Two groups have the same externalId',
    note: 'externalId {value|of another group} is used twice',
    what: 'The externalId {value|that came} is used by another group here as well. It was stored: SCIM allows it.',
    why: 'The standard source of externalId for groups is objectId, which is unique in Entra. The same group was created twice, or externalId is mapped from something else. If Azure matches by externalId, it will find two and stop with DuplicateTargetEntries.',
    cure: [
      {
        side: 'here',
        text: 'If one of the two groups is left over, from practice or an earlier job, purge it in Directory.',
      },
      { side: 'azure', text: 'Map objectId to externalId: it is unique and never changes.', expression: '[objectId]' },
    ],
    source: 'mapping',
    rfc: 'RFC 7643 §3.1',
  },
  'SP-MANAGER-UNKNOWN': {
    severity: 'odd',
    title: 'A manager is not a user here',
    note: 'a user not known here',
    what: 'The manager {id|that came} is an id that no user here has. It was stored as it came.',
    why: 'Azure sends the id it remembers of a user it manages. The manager was deleted here, or the id is from another pilot. Managers who come into scope later are not linked by themselves.',
    cure: [
      { side: 'azure', text: 'Assign the manager too, wait for a cycle, then Restart provisioning.' },
      { side: 'here', text: 'If the manager lies among the deleted in Directory, restore it: it keeps its id.' },
    ],
    source: 'known',
    rfc: 'RFC 7643 §4.3',
  },
  'SP-ROLES-TEXT': {
    severity: 'odd',
    title: 'Roles came as JSON inside a text',
    note: 'roles came as JSON text; removed ones stay',
    what: 'The call added roles as JSON packed into text. This pilot unpacked them; the real ServiceOps may store the text as it is.',
    why: 'AppRoleAssignmentsComplex sends them so in a PATCH, and only ever adds: a role that is taken away in Entra stays here.',
    cure: [
      {
        side: 'azure',
        text: 'Use the expression that sends whole lists of roles, and removes.',
        expression: 'AssertiveAppRoleAssignmentsComplex([appRoleAssignments])',
      },
      {
        side: 'azure',
        text: 'Or, for one role a user, the simple one.',
        expression: 'SingleAppRoleAssignment([appRoleAssignments])',
      },
    ],
    source: 'mapping',
    rfc: 'RFC 7643 §4.1.2',
  },
  'SP-GUEST-NAME': {
    severity: 'odd',
    title: 'A guest came under the long form of its name',
    note: 'a guest’s name with #EXT#',
    what: 'The user name holds #EXT#: it is the internal name of a guest (B2B) in Entra.',
    why: 'Mapped from userPrincipalName, Azure takes the #EXT# part out by itself. Mapped from originalUserPrincipalName, or by an expression, it stays.',
    cure: [
      {
        side: 'azure',
        text: 'Map userPrincipalName to userName, or mail for guests; or leave guests out by a scoping filter on userType.',
      },
    ],
    source: 'known',
    rfc: null,
  },
} as const satisfies Record<string, Entry>;
