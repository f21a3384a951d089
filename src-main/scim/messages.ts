import type { ScimType } from '../contract/catalogue/errors.ts';
import type { Reference, StoredRecord } from '../contract/store.ts';
import { isObject } from './json.ts';
import { type Projection, project, wants } from './projection.ts';

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
  const { projection } = options;
  const whole = projection === null || projection.textual;
  const meta = wants(projection, 'meta') ? `,"meta":${metaJson(record, options.baseUrl)}` : '';
  const text = `${record.json.slice(0, -1)}${referencesJson(record, options)}${meta}}`;
  if (whole) return text;
  const resource: unknown = JSON.parse(text);
  if (!isObject(resource)) throw new TypeError('A stored resource is not a JSON object.');
  return JSON.stringify(project(resource, projection));
}

/** `meta` of a record, as JSON text. */
export function metaJson(record: StoredRecord, baseUrl: string): string {
  const created = new Date(record.createdAt).toISOString();
  const modified = new Date(record.modifiedAt).toISOString();
  const location = JSON.stringify(`${baseUrl}/${record.resourceType}s/${encodeURIComponent(record.id)}`);
  return `{"resourceType":"${record.resourceType}","created":"${created}","lastModified":"${modified}","location":${location},"version":"W/\\"${record.revision}\\""}`;
}

/** `groups` of a user, left out when there are none; `members` of a group, `[]` when there are none. */
function referencesJson(record: StoredRecord, { baseUrl, references, projection }: RenderOptions): string {
  const name = record.resourceType === 'User' ? 'groups' : 'members';
  if (references === null || !wants(projection, name)) return '';
  if (references.length === 0) return name === 'groups' ? '' : ',"members":[]';
  const folder = name === 'groups' ? 'Groups' : 'Users';
  return `,"${name}":[${references.map((reference) => referenceJson(folder, reference, baseUrl)).join(',')}]`;
}

/** One group of a user or one member of a group, as JSON text. */
export function referenceJson(folder: 'Groups' | 'Users', { value, display }: Reference, baseUrl: string): string {
  const address = JSON.stringify(`${baseUrl}/${folder}/${encodeURIComponent(value)}`);
  const type = folder === 'Groups' ? 'direct' : 'User';
  return `{"value":${JSON.stringify(value)},"display":${JSON.stringify(display)},"$ref":${address},"type":"${type}"}`;
}

/** A ListResponse (RFC 7644 §3.4.2) around resources that are JSON text already. */
export function listResponse(list: { totalResults: number; startIndex: number; resources: readonly string[] }): string {
  const { resources } = list;
  return `${listHead({ ...list, itemsPerPage: resources.length })}${resources.join(',')}]}`;
}

/** A ListResponse up to its first resource. */
export function listHead(list: { totalResults: number; startIndex: number; itemsPerPage: number }): string {
  return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":${list.totalResults},"startIndex":${list.startIndex},"itemsPerPage":${list.itemsPerPage},"Resources":[`;
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
