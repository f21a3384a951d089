import type { Refusal } from './refusals.ts';

const quote = '"(?:[^"\\\\]|\\\\.)*"';

/** Refusals of the request's form, by status; `bulk`: those of POST /Bulk and its operations, looked at first there. */
export const refusedRequests: { bulk: readonly Refusal[] } & Record<number, readonly Refusal[]> = {
  bulk: [
    [
      'SP-BULK-FORM',
      /^(?<why>A bulk request needs "Operations", a list of at least one|failOnErrors must be a whole number, 0 for none|The "schemas" of a bulk request must name \S+)\.$/,
    ],
    ['SP-BULK-FORM', /^(?<why>Operation \d+ is not an object)\.$/],
    ['SP-BULK-TOO-MANY', /^The request holds (?<count>\d+) operations; maxOperations is (?<most>\d+)/],
    ['SP-BULK-TWICE', new RegExp(`^Two operations have the bulkId (?<id>${quote})`)],
    [
      'SP-BULK-REFERENCE',
      /^(?<why>No POST of this request has the bulkId .*|The operation with the bulkId .* made nothing to refer to|Members and managers are users; .*)\.$/s,
    ],
    ['SP-BULK-CIRCLE', /^More than \d+ (?<why>operations refer to one another in a circle)/],
    ['SP-BULK-CIRCLE', /^Operations that refer to one another are stored together, and (?<why>one of these failed)/],
    [
      'SP-BULK-OPERATION',
      /^(?<why>(?:The method of an operation|An operation needs a "path"|The path of a|A POST needs a "bulkId"|The "(?:data|version)" of an operation|The path holds a percent sign|The data nests deeper|Nothing is served at .*; operations go).*)\.$/s,
    ],
  ],
  400: [
    ['SP-BODY-EMPTY', /^The body is empty/],
    ['SP-BODY-NOT-UTF8', /^The body is not UTF-8/],
    ['SP-BODY-NOT-JSON', /^The body is not JSON: (?<why>.*)\.$/s],
    ['SP-BODY-NOT-OBJECT', /^The body (?:must be|is not) a JSON object/],
    ['SP-BODY-TOO-DEEP', /nests deeper than (?<levels>\d+) levels/],
    ['SP-TEXT-BROKEN', new RegExp(`^(?<attribute>${quote}) holds a NUL character`)],
    ['SP-TEXT-BROKEN', /^The filter holds a NUL character/],
    ['SP-NUMBER-TOO-LARGE', new RegExp(`^(?<attribute>${quote}) holds a number that is too large`)],
    ['SP-NAME-FORBIDDEN', new RegExp(`^(?<attribute>${quote}) can't be the name of an attribute`)],
    ['SP-ADDRESS-BROKEN', /^The address holds a percent sign/],
    ['SP-QUERY-PERCENT', /^The query holds a percent sign/],
    ['SP-QUERY-TWICE', new RegExp(`^The query holds (?<parameter>${quote}) twice`)],
    ['SP-QUERY-PARAMETER', /^(?<why>(?:\w+ must be a (?:whole number|text|list of texts)|sortOrder must be).*)\.$/s],
    ['SP-SORT', /^sortBy: (?<why>.*)\.$/s],
    ['SP-SORT', /^(?<why>sortBy orders one type of resource).*$/s],
    ['SP-QUERY-TOO-SLOW', /^The query takes too long here/],
    ['SP-HTTP-LENGTHS', /^(?:Content-Length |Transfer-Encoding |The body is not chunked|The body's size is not)/],
    ['SP-HTTP-HEADER', /^A header line is broken/],
    ['SP-NOT-HTTP', /^This is not an HTTP request/],
    [
      'SP-MATCH-NOT-FILTERABLE',
      /^Filter, position \d+ \(.*?\): (?<why>.*(?:has no attribute|no schema of|has no sub-attribute|is not the name of an attribute).*)\.$/s,
    ],
    [
      'SP-FILTER-VALUE',
      /^Filter, position \d+ \(.*?\): (?<why>.*(?:is true or false|is a number|is a date such|is binary|null goes with).*)\.$/s,
    ],
    [
      'SP-FILTER-PARTS',
      /^Filter, position \d+ \(.*?\): (?<why>.*(?:is made of parts|is made up anew|is neither kept nor shown|has no parts to filter).*)\.$/s,
    ],
    ['SP-FILTER-SYNTAX', /^Filter, position (?<position>\d+) \(.*?\): (?<why>.*)\.$/s],
  ],
  403: [['SP-DISCOVERY-FILTER', /^Discovery can not be filtered/]],
  404: [
    ['SP-BASE-MISSING', /^The Tenant URL must end in/],
    ['SP-PATH-UNKNOWN', new RegExp(`^Nothing is served at (?<path>${quote})`)],
    ['SP-ID-TOO-LONG', /^There is nothing with an id that long/],
    ['SP-PURGED-KNOWN', /^This (?<type>user|group) was purged here on (?<when>[^.]+)\. Azure still knows its id/],
    ['SP-PURGED', /^This (?<type>user|group) was purged here on (?<when>[^.]+)\./],
    ['SP-USER-UNKNOWN', /^There is no (?:user|group) with the id /],
    ['SP-DISCOVERY-UNKNOWN', new RegExp(`^There is no (?<what>schema|resource type) (?<id>${quote})`)],
  ],
  408: [['SP-REQUEST-TIMEOUT', /^The request did not arrive in time/]],
  409: [
    [
      'SP-USERNAME-TAKEN-ARCHIVED',
      new RegExp(`^The userName (?<value>${quote}) is already used by the archived user (?<holder>${quote})`),
    ],
    [
      'SP-USERNAME-TAKEN',
      new RegExp(`^The userName (?<value>${quote}) is already used by the user (?<holder>${quote})`),
    ],
    [
      'SP-GROUP-NAME-TAKEN',
      new RegExp(`^The displayName (?<value>${quote}) is already used by the (?:archived )?group`),
    ],
    ['SP-TENANT-ADMIN', new RegExp(`^(?<name>${quote}) is a ServiceOps tenant admin`)],
  ],
  413: [
    ['SP-BODY-TOO-LARGE', /^The body is larger than 1 MB/],
    ['SP-HTTP-LENGTHS', /^The chunk extensions/],
  ],
  415: [
    ['SP-MEDIA-TYPE', new RegExp(`^The body must be application/scim\\+json(?:, not (?<type>${quote}))?`)],
    ['SP-BODY-ENCODED', new RegExp(`^The body must not be encoded \\((?<encoding>${quote})\\)`)],
  ],
  417: [['SP-EXPECT', /^Of Expect/]],
  431: [['SP-HEADERS-TOO-LARGE', /^The headers are too large/]],
  499: [
    ['SP-SLOW-READER', /^The caller took the answer too slowly/],
    ['SP-HUNG-UP', /^The caller hung up/],
  ],
  500: [['SP-INTERNAL', /^Something went wrong inside the pilot/]],
  501: [['SP-ME', /\/Me(?:\/.*)? is not supported here/]],
  503: [
    ['SP-STORAGE', /^The pilot can not write/],
    ['SP-QUERY-TOO-SLOW', /^This query took too long/],
  ],
};
