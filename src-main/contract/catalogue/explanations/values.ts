import type { Entry } from './types.ts';

/** Values that the schema or ServiceOps refuses. */
export const valueEntries = {
  'SP-VALUE-TYPE': {
    severity: 'failed',
    title: '{attribute|An attribute} got a value of another type',
    what: '{attribute|The attribute} wants {wanted|another type}, {caller|Azure} sent {sent|something else} (400). Nothing was stored.',
    why: 'Azure checks no types: it sends the source value, or what the expression gives, as it is. It tries again next cycle, then less and less often.',
    cure: [
      { side: 'azure', text: 'Look at the mapping of this attribute: its source, and the type in the attribute list.' },
    ],
    source: 'mapping',
    rfc: 'RFC 7643 §2.3',
  },
  'SP-FIELD-NUMBER': {
    severity: 'failed',
    title: '{field|A custom field} wants a number',
    what: '{field|The custom field} wants {wanted|a number}, {caller|Azure} sent {sent|something else} (400). Nothing was stored.',
    why: 'Azure checks no types: the source value goes out as it stands. It tries again next cycle, then less and less often.',
    cure: [
      {
        side: 'azure',
        text: 'Map an expression that leaves only the number, with your own source attribute in it.',
        expression: 'Replace([extensionAttribute1], "{prefix|CC-}", , , "", , )',
      },
      { side: 'here', text: 'Or make the field’s type String in Attributes, if ServiceOps’ own field is text.' },
    ],
    source: 'expressions',
    rfc: 'RFC 7643 §2.3',
  },
  'SP-FIELD-DATE': {
    severity: 'failed',
    title: '{field|A custom field} wants a date',
    what: '{field|The custom field} wants {wanted|a date and time}, {caller|Azure} sent {sent|something else} (400). Nothing was stored.',
    why: 'Azure checks no types: the source value goes out in the form it has in Entra.',
    cure: [
      {
        side: 'azure',
        text: 'Map an expression that writes the date as ISO 8601, with your own source attribute and form in it.',
        expression: 'FormatDateTime([extensionAttribute1], , "dd.MM.yyyy", "yyyy-MM-ddTHH:mm:ssZ")',
      },
      { side: 'here', text: 'Or make the field’s type String in Attributes, if ServiceOps’ own field is text.' },
    ],
    source: 'expressions',
    rfc: 'RFC 7643 §2.3.5',
  },
  'SP-FIELD-BOOLEAN': {
    severity: 'failed',
    title: '{field|A custom field} wants true or false',
    what: '{field|The custom field} wants {wanted|true or false}, {caller|Azure} sent {sent|something else} (400). Nothing was stored.',
    why: 'Azure checks no types: the source value goes out as it stands. “True” and “False” are taken, as text too; “yes” or “1” are not.',
    cure: [
      {
        side: 'azure',
        text: 'Map an expression that gives True or False, with your own source attribute and words in it.',
        expression: 'IIF([extensionAttribute1]="yes", "True", "False")',
      },
      { side: 'here', text: 'Or make the field’s type String in Attributes, if ServiceOps’ own field is text.' },
    ],
    source: 'expressions',
    rfc: 'RFC 7643 §2.3.2',
  },
  'SP-FIELD-TEXT': {
    severity: 'failed',
    title: '{field|A custom field} wants text',
    what: '{field|The custom field} wants text, {caller|Azure} sent {sent|something else} (400). Nothing was stored.',
    why: 'The attribute’s type in Azure’s attribute list is probably not String, so the value goes out as a number or as true or false.',
    cure: [
      { side: 'azure', text: 'Make the attribute’s type String under Edit attribute list.' },
      { side: 'here', text: 'Or give the field the other type in Attributes, if ServiceOps’ own field has it.' },
    ],
    source: 'mapping',
    rfc: 'RFC 7643 §2.3.1',
  },
  'SP-NUMBER-SPELLING': {
    severity: 'failed',
    title: '{attribute|A number} is written in a way that would not come back',
    what: '{attribute|The attribute} is a number, and {caller|Azure} sent {sent|it in another spelling}: it would be read back as {read|another text} (400). Nothing was stored.',
    why: 'Azure compares what it reads with what it sends. A number with leading zeros or a trailing .0 comes back shorter, and Azure would send it again each cycle.',
    cure: [
      { side: 'here', text: 'If the zeros matter, it is text: make the field’s type String in Attributes.' },
      {
        side: 'azure',
        text: 'Otherwise map an expression that takes the zeros away.',
        expression: 'NumFromText([extensionAttribute1])',
      },
    ],
    source: 'expressions',
    rfc: 'RFC 7643 §2.3',
  },
  'SP-REQUIRED': {
    severity: 'failed',
    title: '{attribute|A required attribute} is missing',
    what: '{attribute|A required attribute} did not come, and without it there is no such record (400). Nothing was stored.',
    why: 'Azure leaves out attributes that have no value in Entra, or no mapping.',
    cure: [
      {
        side: 'azure',
        text: 'Restore the mapping: userPrincipalName to userName, for groups displayName to displayName.',
      },
    ],
    source: 'mapping',
    rfc: 'RFC 7643 §4.1',
  },
  'SP-REQUIRED-EMPTIED': {
    severity: 'failed',
    title: '{attribute|A required attribute} was to be emptied',
    what: 'The call would have left {attribute|a required attribute} without a value (400). Nothing was stored.',
    why: 'The source value in Entra became empty, or an expression gave nothing.',
    cure: [
      {
        side: 'azure',
        text: 'Fill the source attribute, or map an expression with a second choice.',
        expression: 'Coalesce([userPrincipalName], [mail])',
      },
    ],
    source: 'expressions',
    rfc: 'RFC 7644 §3.5.2',
  },
  'SP-READ-ONLY': {
    severity: 'failed',
    title: '{attribute|A read-only attribute} was to be removed',
    what: '{attribute|The attribute} is set by this endpoint alone and can’t be removed (400). Nothing was stored.',
    why: 'Azure never removes id, meta or groups. A mapping has one of them as its target, or it is another client.',
    cure: [{ side: 'azure', text: 'Delete the mapping whose target is this attribute.' }],
    source: 'mapping',
    rfc: 'RFC 7643 §2.2',
  },
  'SP-TOO-MANY-VALUES': {
    severity: 'failed',
    title: '{attribute|An attribute} holds too many values',
    what: '{attribute|The attribute} came with more than {most|the allowed number of} values (400). Nothing was stored.',
    why: 'Azure sends at most one value for each type. A multi-valued source was mapped whole, or it is another client.',
    cure: [{ side: 'azure', text: 'Map an expression that takes one value.', expression: 'Item([proxyAddresses], 1)' }],
    source: 'expressions',
    rfc: null,
  },
  'SP-RECORD-TOO-LARGE': {
    severity: 'failed',
    title: 'The {type|record} would be too large',
    what: 'With what came the {type|record} would be larger than 2 MB (400). Nothing was stored.',
    why: 'Azure sends some kilobytes for a user. A photo or a document was mapped, or it is another client.',
    cure: [{ side: 'azure', text: 'Remove the mapping whose value is that large.' }],
    source: 'mapping',
    rfc: null,
  },
  'SP-PROFILE-EMAIL': {
    severity: 'failed',
    title: 'ServiceOps requires an e-mail, and this user has none',
    what: 'ServiceOps requires {attribute|an e-mail}, and {caller|Azure} sent no value (400). Nothing was stored.',
    why: 'The standard mapping sends mail. Users without a mailbox, often those that live only in the cloud, have no mail in Entra, and Azure leaves out what is empty.',
    cure: [
      {
        side: 'azure',
        text: 'Map emails[type eq "work"].value with an expression that falls back to the user name.',
        expression: 'Coalesce([mail], [userPrincipalName])',
      },
      { side: 'here', text: 'Or take the rule out in Attributes, if ServiceOps does not require it after all.' },
    ],
    source: 'expressions',
    rfc: null,
  },
  'SP-PROFILE-REQUIRED': {
    severity: 'failed',
    title: 'ServiceOps requires {attribute|an attribute}, and nothing came',
    what: 'ServiceOps requires {attribute|an attribute}, and {caller|Azure} sent no value (400). Nothing was stored.',
    why: 'Azure leaves out attributes that have no value in Entra, or no mapping. “Default value if null” works at the creation only.',
    cure: [
      {
        side: 'azure',
        text: 'Fill the source attribute for this user, or map an expression with a fixed second choice.',
        expression: 'IIF(IsNullOrEmpty([department]), "unknown", [department])',
      },
      { side: 'here', text: 'Or take the rule out in Attributes, if ServiceOps does not require it after all.' },
    ],
    source: 'expressions',
    rfc: null,
  },
  'SP-PROFILE-LENGTH': {
    severity: 'failed',
    title: '{attribute|An attribute} is longer than ServiceOps takes',
    what: 'ServiceOps takes at most {most|so many} characters in {attribute|this attribute}, {caller|Azure} sent {sent|more} (400). Nothing was stored.',
    why: 'Azure knows no lengths: the value goes out as it stands.',
    cure: [
      { side: 'azure', text: 'Map an expression that cuts it.', expression: 'Mid([{source|jobTitle}], 1, {most|64})' },
      { side: 'here', text: 'Or change the rule in Attributes, if ServiceOps takes more.' },
    ],
    source: 'expressions',
    rfc: null,
  },
  'SP-PROFILE-ALLOWED': {
    severity: 'failed',
    title: 'ServiceOps does not take this value of {attribute|an attribute}',
    what: 'ServiceOps takes only {allowed|certain values} in {attribute|this attribute}, {caller|Azure} sent {sent|another one} (400). Nothing was stored.',
    why: 'Azure sends the value as it stands in Entra. Letter case counts.',
    cure: [
      {
        side: 'azure',
        text: 'Map an expression that turns Entra’s values into ServiceOps’.',
        expression: 'Switch([{source|department}], "Other", "Human Resources", "HR")',
      },
      { side: 'serviceops', text: 'Or add the value to the list of the field; then add it to the rule here.' },
    ],
    source: 'expressions',
    rfc: null,
  },
  'SP-PILOT-LIMIT': {
    severity: 'failed',
    title: 'More users came than this pilot expects',
    what: 'The pilot expects {expected|fewer} users and takes {most|a few more} at most; they are here, so this one was refused (400).',
    why: 'Often the scope is “Sync all users and groups”, and Azure is about to send the whole company. It tries refused users again each cycle.',
    cure: [
      {
        side: 'azure',
        text: 'Stop provisioning, set Scope to “Sync only assigned users and groups”, Save, start again.',
      },
      { side: 'here', text: 'Or raise the number in Set-up, step Assign, if more are meant to come.' },
    ],
    source: 'setup',
    rfc: null,
  },
} as const satisfies Record<string, Entry>;
