import type { CallDetail } from '../../src-main/contract/index.ts';
import { curlOf } from './curl.ts';
import { harEntryOf, harHead, harTail } from './har.ts';
import { postmanHead, postmanItemOf, postmanTail } from './postman.ts';

/** A file of calls, written call by call so that any number fits. */
export interface ExportFormat {
  id: 'ndjson' | 'har' | 'postman' | 'curl';
  /** As a menu names it. */
  name: string;
  /** What it is for, in a few words. */
  use: string;
  /** Without a dot. */
  extension: string;
  type: string;
  head(): string;
  /** One call. */
  entry(call: CallDetail): string;
  /** Stands between two calls. */
  between: string;
  tail(): string;
}

export const exportFormats: readonly ExportFormat[] = [
  {
    id: 'ndjson',
    name: 'NDJSON',
    use: 'one call a line, for scripts',
    extension: 'ndjson',
    type: 'application/x-ndjson',
    head: () => '',
    entry: (call) => JSON.stringify(call),
    between: '\n',
    tail: () => '\n',
  },
  {
    id: 'har',
    name: 'HAR',
    use: 'for browsers and HTTP viewers',
    extension: 'har',
    type: 'application/json',
    head: harHead,
    entry: (call) => JSON.stringify(harEntryOf(call)),
    between: ',\n',
    tail: harTail,
  },
  {
    id: 'postman',
    name: 'Postman collection',
    use: 'to send the calls again',
    extension: 'postman_collection.json',
    type: 'application/json',
    head: postmanHead,
    entry: (call) => JSON.stringify(postmanItemOf(call)),
    between: ',\n',
    tail: postmanTail,
  },
  {
    id: 'curl',
    name: 'cURL commands',
    use: 'a shell script',
    extension: 'sh',
    type: 'text/x-shellscript',
    head: () => '#!/bin/sh\n# SECRET_TOKEN="…" sh this-file\n\n',
    entry: (call) => `# call ${call.code}${call.practice ? ', practice' : ''}\n${curlOf(call)}`,
    between: '\n\n',
    tail: () => '\n',
  },
];
