import type { Entry } from './types.ts';

/** POST /Bulk. */
export const bulkEntries = {
  'SP-BULK-FAILED': {
    severity: 'failed',
    title: 'Some operations of a bulk request failed',
    what: '{failed|Some} of {all|the} operations of this request failed; the others were carried out, unless the request said to stop.',
    why: 'A bulk request is answered 200, with a result for each operation. Azure is not known to send any.',
    cure: [{ side: 'here', text: 'Look at the answer: each failed operation has its own status and detail.' }],
    source: 'bulk',
    rfc: 'RFC 7644 §3.7.3',
  },
  'SP-BULK-FORM': {
    severity: 'failed',
    title: 'A bulk request can’t be read',
    what: 'The request was refused as a whole (400): {why|its form is not that of a bulk request}. Nothing was stored.',
    why: 'Azure is not known to send bulk requests. It is another client.',
    cure: [
      {
        side: 'here',
        text: 'Have the client send “schemas”, which names the bulk request’s own, and “Operations”, each with method, path and, for POST, bulkId and data.',
      },
    ],
    source: 'bulk',
    rfc: 'RFC 7644 §3.7',
  },
  'SP-BULK-TOO-MANY': {
    severity: 'failed',
    title: 'A bulk request holds too many operations',
    what: 'The request holds {count|more} operations; {most|1,000} are allowed (413). Nothing was stored.',
    why: 'The limit is announced in /ServiceProviderConfig.',
    cure: [{ side: 'here', text: 'Have the client send several requests.' }],
    source: 'bulk',
    rfc: 'RFC 7644 §3.7.4',
  },
  'SP-BULK-TWICE': {
    severity: 'failed',
    title: 'Two operations of a bulk request have the same bulkId',
    what: 'The bulkId {id|of two operations} is there twice, so it is not clear what refers to which (400). Nothing was stored.',
    why: 'A bulkId names one operation of one request. It is the client’s to choose.',
    cure: [{ side: 'here', text: 'Have the client give each operation a bulkId of its own.' }],
    source: 'bulk',
    rfc: 'RFC 7644 §3.7.2',
  },
  'SP-BULK-OPERATION': {
    severity: 'failed',
    title: 'An operation of a bulk request can’t be read',
    what: 'One operation was refused: {why|its method, path or data is not what SCIM wants}.',
    why: 'Azure is not known to send bulk requests. It is another client.',
    cure: [
      {
        side: 'here',
        text: 'Have the client send method, path (/Users or /Groups, with an id save for POST) and data.',
      },
    ],
    source: 'bulk',
    rfc: 'RFC 7644 §3.7',
  },
  'SP-BULK-REFERENCE': {
    severity: 'failed',
    title: 'An operation refers to a bulkId that leads nowhere',
    what: 'One operation was refused: {why|what it refers to was not made}.',
    why: 'bulkId:… stands for the record that another operation of the same request makes. That one is missing, or failed itself.',
    cure: [{ side: 'here', text: 'Look in the answer at the operation that is referred to.' }],
    source: 'bulk',
    rfc: 'RFC 7644 §3.7.2',
  },
  'SP-BULK-CIRCLE': {
    severity: 'failed',
    title: 'Operations that refer to one another failed together',
    what: 'Operations that need one another are stored together or not at all, and {why|one of them failed}.',
    why: 'With half of a circle stored, references would lead nowhere.',
    cure: [{ side: 'here', text: 'Look in the answer for the operation with a detail of its own: it is the cause.' }],
    source: 'bulk',
    rfc: 'RFC 7644 §3.7.1',
  },
} as const satisfies Record<string, Entry>;
