import type { ScimType } from '../contract/catalogue/errors.ts';
import type { Reference, StoredRecord } from '../contract/store.ts';
import { ScimError } from './errors.ts';
import type { Projection } from './projection.ts';

/** What an answer adds to a stored record. */
export interface RenderOptions {
  /** Without a trailing slash, e.g. `https://pilot.example/scim/v2`. */
  baseUrl: string;
  /** A user's groups or a group's members; null when they were not read. An empty list shows for groups only. */
  references: readonly Reference[] | null;
  projection: Projection | null;
}

/** A record as SCIM answers it, as JSON text. Without a projection, or one that only drops `members` or `groups`, costs no parse. */
export function renderRecord(record: StoredRecord, options: RenderOptions): string {
  throw new ScimError(501, record.id + options.baseUrl);
}

/** A ListResponse (RFC 7644 §3.4.2) around resources that are JSON text already. */
export function listResponse(list: { totalResults: number; startIndex: number; resources: readonly string[] }): string {
  return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":${list.totalResults},"startIndex":${list.startIndex},"itemsPerPage":${list.resources.length},"Resources":[${list.resources.join(',')}]}`;
}

/** An Error message (RFC 7644 §3.12) as JSON text; `status` is a string there. */
export function errorMessage(status: number, detail: string, scimType?: ScimType): string {
  return JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    scimType,
    detail,
  });
}
