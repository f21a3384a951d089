import type { Entry } from './types.ts';

/** Filters and other parameters of a search. */
export const searchEntries = {
  'SP-MATCH-NOT-FILTERABLE': {
    severity: 'failed',
    title: 'A search by an attribute that is not known here',
    what: 'The search was refused (400): {why|the attribute it names is not known here}.',
    why: 'Azure searches by the attribute that is ticked for matching. A search that ignored it would give everybody, and Azure would see duplicates; so it is refused.',
    cure: [
      { side: 'azure', text: 'Match by userName or externalId, or another attribute that ServiceOps has.' },
      {
        side: 'here',
        text: 'If ServiceOps has the attribute as a custom field, define it in Attributes under its exact name.',
      },
    ],
    source: 'mapping',
    rfc: 'RFC 7644 §3.4.2.2',
  },
  'SP-FILTER-SYNTAX': {
    severity: 'failed',
    title: 'A filter can’t be read',
    what: 'The filter breaks off at position {position|unknown}: {why|it is not written as SCIM wants} (400).',
    why: 'Azure writes filters such as userName eq "ada@example.com". It warns itself that values with special characters in a matching attribute, often names of groups, can break them.',
    cure: [
      {
        side: 'azure',
        text: 'Take quotes and other special characters out of the value, or match by an attribute without them.',
      },
    ],
    source: 'known',
    rfc: 'RFC 7644 §3.4.2.2',
  },
  'SP-FILTER-VALUE': {
    severity: 'failed',
    title: 'A filter compares an attribute with a value of another type',
    what: 'The search was refused (400): {why|the value does not fit the attribute’s type}.',
    why: 'Azure puts the source value into the filter as it is in Entra, without looking at the type.',
    cure: [
      { side: 'azure', text: 'Match by an attribute that is text on both sides, such as userName or externalId.' },
      {
        side: 'here',
        text: 'If it is a custom field that ServiceOps holds as text, make its type String in Attributes.',
      },
    ],
    source: 'mapping',
    rfc: 'RFC 7644 §3.4.2.2',
  },
  'SP-FILTER-PARTS': {
    severity: 'failed',
    title: 'A filter asks for something that can’t be compared',
    what: 'The search was refused (400): {why|the attribute has parts, or is made up anew for each answer}.',
    why: 'Azure uses the matching attribute by its full name. An attribute made of parts, such as name, must be asked for by one of them.',
    cure: [
      {
        side: 'azure',
        text: 'Choose a target attribute that holds one value, such as userName or emails[type eq "work"].value.',
      },
    ],
    source: 'filter',
    rfc: 'RFC 7644 §3.4.2.2',
  },
  'SP-QUERY-PARAMETER': {
    severity: 'failed',
    title: 'A parameter of a search makes no sense',
    what: 'The search was refused (400): {why|one of its parameters has a value it can’t have}.',
    why: 'Azure sends filter and excludedAttributes only. This is another client, or something was added to the Tenant URL.',
    cure: [
      {
        side: 'azure',
        text: 'Look whether the Tenant URL has something after a question mark; only ?aadOptscim062020 has a meaning.',
      },
    ],
    source: 'retrieve',
    rfc: 'RFC 7644 §3.4.2.4',
  },
  'SP-QUERY-TWICE': {
    severity: 'failed',
    title: 'A search names a parameter twice',
    what: 'The search holds {parameter|a parameter} twice; which one counts is not clear, so it was refused (400).',
    why: 'Azure appends its own parameters to the Tenant URL. If the URL brings the same one, it comes twice.',
    cure: [{ side: 'azure', text: 'Take the parameter out of the Tenant URL, Test Connection, Save.' }],
    source: 'retrieve',
    rfc: 'RFC 7644 §3.4.2',
  },
  'SP-QUERY-PERCENT': {
    severity: 'failed',
    title: 'The question of a search is broken',
    what: 'The part after the question mark holds a percent sign that encodes no character (400).',
    why: 'Azure encodes it correctly. Something on the way has rewritten it, or it is another client.',
    cure: [{ side: 'here', text: 'If a proxy stands before this endpoint, have it pass queries on unchanged.' }],
    source: 'http',
    rfc: 'RFC 3986 §2.1',
  },
  'SP-SORT': {
    severity: 'failed',
    title: 'A search wants an order that can’t be had',
    what: 'The search was refused (400): {why|the attribute to sort by is not known here}.',
    why: 'Azure never asks for an order. It is another client.',
    cure: [{ side: 'here', text: 'Have the client sort by an attribute of the type it searches, or not at all.' }],
    source: 'retrieve',
    rfc: 'RFC 7644 §3.4.2.3',
  },
  'SP-MATCH-MANY': {
    severity: 'odd',
    title: 'More than one record was found where Azure wants one',
    note: '{hits|several} found: Azure wants one',
    what: '{Caller|Azure} looked for {value|a value} in {attribute|the matching attribute} and got {hits|several} records.',
    why: 'With two candidates Azure can’t know which one is meant. It skips the object and writes DuplicateTargetEntries.',
    cure: [
      {
        side: 'azure',
        text: 'Match by an attribute that is unique: userName, or externalId with objectId as its source.',
      },
      { side: 'here', text: 'Open both in Directory, and correct or purge the one that is not meant.' },
    ],
    source: 'mapping',
    rfc: 'RFC 7644 §3.4.2',
  },
  'SP-SEARCH-SCANNED': {
    severity: 'odd',
    title: 'A search looks at every record',
    note: 'not indexed: every record was looked at',
    what: 'The search {filter|by this attribute} was answered, but every record had to be looked at.',
    why: 'If this is the matching attribute, Azure asks so for each user of a cycle: thousands of slow searches.',
    cure: [
      { side: 'azure', text: 'Match by userName or externalId; for groups by displayName or externalId.' },
      { side: 'serviceops', text: 'If another one is needed, ask whether ServiceOps has an index on it.' },
    ],
    source: 'mapping',
    rfc: null,
  },
  'SP-MEMBERS-SHOWN': {
    severity: 'info',
    title: 'The members of a group were in an answer',
    what: 'The group was read with its members.',
    why: 'Azure asks with excludedAttributes=members. A server that shows them all the same makes Azure slow, or makes it replace whole lists of members. Here they were asked for, so it is probably not Azure’s provisioning.',
    cure: [{ side: 'here', text: 'Nothing, if you know the caller.' }],
    source: 'endpoint',
    rfc: 'RFC 7644 §3.9',
  },
  'SP-PROBE': {
    severity: 'info',
    title: 'A test of the connection',
    what: 'A search for a value that nobody has. The empty list in the answer is what Azure wants.',
    why: 'At Test Connection, at the start of a cycle and of each provision on demand, Azure looks for a user and a group with a random GUID. With objectId as matching attribute a new user’s search looks the same; if a create with that value follows, it was that.',
    cure: [{ side: 'here', text: 'Nothing.' }],
    source: 'endpoint',
    rfc: 'RFC 7644 §3.4.2',
  },
  'SP-NOT-FOUND': {
    severity: 'info',
    title: 'A search for somebody who is not here',
    what: 'Nobody matched, so the list in the answer is empty.',
    why: 'Azure looks before it creates. A create should follow; if none does, the user is out of scope, Create is unticked in the mapping, or a required value is missing.',
    cure: [
      {
        side: 'azure',
        text: 'Nothing, unless no create follows: then look in the provisioning logs at the steps of this user.',
      },
    ],
    source: 'how',
    rfc: 'RFC 7644 §3.4.2',
  },
} as const satisfies Record<string, Entry>;
