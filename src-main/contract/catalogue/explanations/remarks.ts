import type { Entry } from './types.ts';

/** Well done, and worth a word: what Azure means by it, and what to know of it. */
export const remarkEntries = {
  'SP-ARCHIVED': {
    severity: 'info',
    title: 'A user was disabled',
    what: 'The user was archived: kept here with its groups, and inactive for SCIM.',
    why: 'The user was unassigned, no longer passes a scoping filter, may not sign in any more, or was deleted in Entra (for 30 days it lies in the recycle bin there). Azure’s provisioning log says which. If it was unassigned first and deleted later, no DELETE follows.',
    cure: [
      {
        side: 'azure',
        text: 'Nothing, if it was meant. Assigning the user again restores it, with the groups it is in.',
      },
    ],
    source: 'how',
    rfc: 'RFC 7643 §4.1.1',
  },
  'SP-RESTORED': {
    severity: 'info',
    title: 'A user was enabled again',
    what: 'The archived user is active again, under the same id and in the same groups.',
    why: 'The user was assigned again, passes the scoping filter again, may sign in again, or was restored from Entra’s recycle bin.',
    cure: [{ side: 'here', text: 'Nothing. Azure does not send memberships again; they were kept here.' }],
    source: 'how',
    rfc: 'RFC 7643 §4.1.1',
  },
  'SP-DELETED-USER': {
    severity: 'info',
    title: 'A user was deleted',
    what: 'The user is gone for SCIM, its name is free again, and it is kept in Directory as deleted.',
    why: 'It was removed from Entra’s recycle bin, after 30 days or by hand. Azure also deletes at once where the mapping of active is missing. From now on Azure does not know the id any more.',
    cure: [
      {
        side: 'azure',
        text: 'If people who only left should be archived, look that active is mapped.',
        expression: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
      },
    ],
    source: 'how',
    rfc: 'RFC 7644 §3.6',
  },
  'SP-DELETED-GROUP': {
    severity: 'info',
    title: 'A group was deleted',
    what: 'The group is gone for SCIM and kept in Directory as deleted, with the members it had.',
    why: 'Groups have no active: unassigning or deleting one in Entra deletes it here.',
    cure: [
      { side: 'azure', text: 'Nothing, if it was meant. Assigning the group again creates a new one, under a new id.' },
    ],
    source: 'how',
    rfc: 'RFC 7644 §3.6',
  },
  'SP-ACTIVE-TEXT': {
    severity: 'info',
    title: 'True and False come as text',
    what: 'active came as the text {sent|"False"} in place of true or false, and was understood.',
    why: 'Azure sends it so unless the Tenant URL ends in ?aadOptscim062020. Servers that take the text for true leave leavers active.',
    cure: [
      {
        side: 'azure',
        text: 'If ServiceOps does not understand the text, append ?aadOptscim062020 to the Tenant URL. Provision on demand does not apply it.',
      },
    ],
    source: 'compliance',
    rfc: 'RFC 7643 §2.3.2',
  },
  'SP-EXTERNAL-ID-NICKNAME': {
    severity: 'info',
    title: 'externalId holds a name, not Entra’s object id',
    what: 'externalId is {value|a name}, as the standard mapping of mailNickname gives it, and not the objectId (a GUID).',
    why: 'mailNickname is Microsoft’s standard source for users. It is not unique and can change; with objectId, rows of Azure’s log find their user here with certainty.',
    cure: [
      {
        side: 'azure',
        text: 'Map objectId to externalId in place of mailNickname, before the first full cycle.',
        expression: '[objectId]',
      },
    ],
    source: 'mapping',
    rfc: 'RFC 7643 §3.1',
  },
  'SP-EXTERNAL-ID-MISSING': {
    severity: 'info',
    title: 'No externalId came',
    what: 'The {type|record} was created without an externalId.',
    why: 'The standard mapping sends one. Without it rows of Azure’s log are matched by name and time only.',
    cure: [{ side: 'azure', text: 'Map objectId to externalId.', expression: '[objectId]' }],
    source: 'mapping',
    rfc: 'RFC 7643 §3.1',
  },
  'SP-EXTENSION-UNDECLARED': {
    severity: 'info',
    title: 'A custom field’s schema is not listed in “schemas”',
    what: 'The body holds {urn|an extension} but does not name it under “schemas”. It was taken all the same.',
    why: 'Azure names the two standard schemas only, also when custom attributes are mapped. A strict server refuses such bodies.',
    cure: [{ side: 'serviceops', text: 'If ServiceOps refuses it, report that Azure does not list extensions.' }],
    source: 'compliance',
    rfc: 'RFC 7643 §3',
  },
  'SP-CREATED-INACTIVE': {
    severity: 'info',
    title: 'A user was created archived',
    what: 'The user came with active false, and was created archived.',
    why: 'Azure does not create users who were disabled before they were ever provisioned. So active is mapped from something else, or it is another client.',
    cure: [
      {
        side: 'azure',
        text: 'Look at the mapping of active.',
        expression: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
      },
    ],
    source: 'how',
    rfc: 'RFC 7643 §4.1.1',
  },
  'SP-PUT': {
    severity: 'info',
    title: 'A record was replaced whole (PUT)',
    what: 'The call sent the whole record in place of its changes.',
    why: 'Azure sends changes (PATCH). This is probably another client, such as the SCIM Validator or Postman.',
    cure: [{ side: 'here', text: 'Nothing, if you know the caller.' }],
    source: 'endpoint',
    rfc: 'RFC 7644 §3.5.1',
  },
  'SP-BULK': {
    severity: 'info',
    title: 'A bulk request',
    what: 'One call carried many operations, and all went well.',
    why: 'Azure is not known to send any: this is probably another client.',
    cure: [{ side: 'here', text: 'Nothing, if you know the caller.' }],
    source: 'bulk',
    rfc: 'RFC 7644 §3.7',
  },
  'SP-PRACTICE': {
    severity: 'info',
    title: 'Practice, not from Azure',
    what: 'The simulator of this pilot sent this call. It shows what Azure would send.',
    why: 'Practice says how the endpoint and its rules behave. It does not verify anything about your tenant.',
    cure: [{ side: 'here', text: 'Nothing.' }],
    source: 'how',
    rfc: null,
  },
} as const satisfies Record<string, Entry>;
