import type { Entry } from './types.ts';

/** The form of PATCH messages. */
export const patchEntries = {
  'SP-PATCH-OPERATIONS': {
    severity: 'failed',
    title: 'A PATCH holds no operations',
    what: 'The message has no list of operations, or an entry in it is no object (400). Nothing was stored.',
    why: 'Azure always sends at least one. It is another client, or the message was written by hand.',
    cure: [
      {
        side: 'here',
        text: 'Have the client send “Operations”, a list of objects with op, path and value.',
      },
    ],
    source: 'patch',
    rfc: 'RFC 7644 §3.5.2',
  },
  'SP-PATCH-SCHEMA': {
    severity: 'failed',
    title: 'A PATCH says that it is another message',
    what: 'The “schemas” of the message do not name {urn|that of a PATCH} (400). Nothing was stored.',
    why: 'Azure always names it. It is another client, or the message was written by hand.',
    cure: [{ side: 'here', text: 'Have the client name it in “schemas”, or leave “schemas” out.' }],
    source: 'patch',
    rfc: 'RFC 7644 §3.5.2',
  },
  'SP-PATCH-OP': {
    severity: 'failed',
    title: 'A PATCH asks for an operation that does not exist',
    what: 'Operation {operation|one of them} is {op|something else} in place of add, replace or remove (400). Nothing was stored.',
    why: 'Azure writes Add, Replace and Remove, in capitals or not; both are taken. It is another client.',
    cure: [{ side: 'here', text: 'Look at the source of the call.' }],
    source: 'patch',
    rfc: 'RFC 7644 §3.5.2',
  },
  'SP-PATCH-NO-VALUE': {
    severity: 'failed',
    title: 'A PATCH sets an attribute without a value',
    what: 'Operation {operation|one of them} ({op|add or replace}) came without “value” (400). Nothing was stored.',
    why: 'Azure sends a value with every add and replace, if need be an empty one. It is another client.',
    cure: [{ side: 'here', text: 'To clear an attribute, the client sends remove, or an empty value.' }],
    source: 'patch',
    rfc: 'RFC 7644 §3.5.2.1',
  },
  'SP-PATCH-PATH': {
    severity: 'failed',
    title: 'A PATCH names an attribute in a way that can’t be read',
    what: 'The path {path|of an operation} can’t be read: {why|it is broken} (400). Nothing was stored.',
    why: 'Azure takes the path from the target attribute of the mapping, letter by letter: a typing error in the attribute list ends up here.',
    cure: [
      {
        side: 'azure',
        text: 'Correct the name under Edit attribute list. Old jobs write dots in place of colons: then make a new enterprise application.',
      },
      { side: 'here', text: 'Attributes shows the exact name of each custom field, with a copy button.' },
    ],
    source: 'mapping',
    rfc: 'RFC 7644 §3.5.2',
  },
  'SP-PATCH-PATH-FILTER': {
    severity: 'failed',
    title: 'The brackets of a path can’t be read',
    what: 'The path breaks off at position {position|unknown}: {why|what stands in the brackets is no filter} (400). Nothing was stored.',
    why: 'Azure takes the path from the target attribute of the mapping, letter by letter, for example emails[type eq "work"].value.',
    cure: [
      {
        side: 'azure',
        text: 'Correct the target attribute under Edit attribute list: the text in the brackets needs straight double quotes.',
      },
    ],
    source: 'mapping',
    rfc: 'RFC 7644 §3.5.2',
  },
  'SP-PATCH-NO-TARGET': {
    severity: 'failed',
    title: 'A PATCH changes an entry that is not there',
    what: 'No value of {attribute|the attribute} fits what stands in the brackets, and a new one can’t be made from it (400). Nothing was stored.',
    why: 'For [type eq "work"] a missing entry is made, as Azure expects. Other conditions do not say what the new entry would be.',
    cure: [
      { side: 'azure', text: 'Use a target attribute with [type eq "…"] or [primary eq "True"] in its brackets.' },
    ],
    source: 'patch',
    rfc: 'RFC 7644 §3.5.2.3',
  },
  'SP-PATCH-REMOVE-ALL': {
    severity: 'failed',
    title: 'A PATCH would remove everything',
    what: 'A remove came without a path: it would have emptied the whole record (400). Nothing was stored.',
    why: 'Azure names what it removes. It is another client.',
    cure: [{ side: 'here', text: 'The client must name the attribute, or use DELETE.' }],
    source: 'patch',
    rfc: 'RFC 7644 §3.5.2.2',
  },
  'SP-PATCH-BELOW': {
    severity: 'failed',
    title: 'A PATCH reaches into a value that has no parts',
    what: '{attribute|The path} lies below a value without parts, or filters something that is no list (400). Nothing was stored.',
    why: 'Two mappings contradict each other: one writes the attribute as one value, the other writes a part of it.',
    cure: [{ side: 'azure', text: 'Look for two target attributes that begin alike, and keep one.' }],
    source: 'mapping',
    rfc: 'RFC 7644 §3.5.2',
  },
  'SP-PATCH-TOO-COSTLY': {
    severity: 'failed',
    title: 'A PATCH holds too much work for one message',
    what: 'The operations of this message cost too much together (400 tooMany). Nothing was stored.',
    why: 'Azure’s messages are a hundred times smaller. It is another client, or an import.',
    cure: [{ side: 'here', text: 'Have the client send several smaller messages.' }],
    source: 'patch',
    rfc: 'RFC 7644 §3.12',
  },
} as const satisfies Record<string, Entry>;
