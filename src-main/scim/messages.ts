import type { ScimType } from '../contract/catalogue/errors.ts';
import type { Json } from '../contract/json.ts';
import type { Reference } from '../contract/resources.ts';
import type { StoredRecord } from '../contract/store.ts';
import { isoTime } from './dates.ts';
import { isObject } from './json.ts';
import { type Projection, project, wants } from './projection.ts';
import { remembered } from './remember.ts';

/** What of a stored record an answer is made of. */
export type RenderedRecord = Pick<
  StoredRecord,
  'resourceType' | 'id' | 'json' | 'revision' | 'createdAt' | 'modifiedAt'
>;

/** What an answer adds to a stored record. */
export interface RenderOptions {
  /** Without a trailing slash, e.g. `https://pilot.example/scim/v2`. */
  baseUrl: string;
  /** A user's groups (always: its version counts them) or a group's members; null when they were not read. */
  references: readonly Reference[] | null;
  projection: Projection | null;
}

/** A record as SCIM answers it, as JSON text. Without a projection, or one that only drops `members` or `groups`, costs no parse. */
export function renderRecord(record: RenderedRecord, options: RenderOptions): string {
  const { projection } = options;
  const whole = projection === null || projection.textual;
  const meta = wants(projection, 'meta') ? `,"meta":${metaJson(record, options)}` : '';
  const text = `${record.json.slice(0, -1)}${referencesJson(record, options)}${meta}}`;
  if (whole) return text;
  const resource: unknown = JSON.parse(text);
  if (!isObject(resource)) throw new TypeError('A stored resource is not a JSON object.');
  return JSON.stringify(project(resource, projection));
}

/** Where a record is found. Its id and the base are safe in a URL and in JSON: ids are UUIDs, the base is an origin's own text. */
function locationOf(record: Pick<RenderedRecord, 'resourceType' | 'id'>, baseUrl: string): string {
  return `${baseUrl}/${record.resourceType}s/${record.id}`;
}

/**
 * The version in an ETag (RFC 7644 §3.14), without quotes: the revision, and for a user in groups a hash over these, since they
 * change without the user being written.
 */
export function versionOf(
  record: Pick<RenderedRecord, 'resourceType' | 'revision'>,
  references: readonly Reference[] | null,
): string {
  const revision = String(record.revision);
  if (record.resourceType === 'Group' || references === null || references.length === 0) return revision;
  return `${revision}.${hashOf(references)}`;
}

/** FNV-1a, 32 bits: equal lists give equal text, and others hardly ever. Many users are in the same groups: one list for all. */
const hashOf = remembered((references: readonly Reference[]): string => {
  let hash = 0x811c9dc5;
  for (const { value, display } of references) {
    const text = `${value}\n${display}\n`;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(36);
});

/** `meta` of a record, as JSON text. */
export function metaJson(
  record: RenderedRecord,
  { baseUrl, references }: Pick<RenderOptions, 'baseUrl' | 'references'>,
): string {
  const created = isoTime(record.createdAt);
  const modified = record.modifiedAt === record.createdAt ? created : isoTime(record.modifiedAt);
  return `{"resourceType":"${record.resourceType}","created":"${created}","lastModified":"${modified}","location":"${locationOf(record, baseUrl)}","version":"W/\\"${versionOf(record, references)}\\""}`;
}

/** `groups` of a user or `members` of a group, left out when there are none (RFC 7643 §2.5). */
function referencesJson(record: RenderedRecord, { baseUrl, references, projection }: RenderOptions): string {
  const user = record.resourceType === 'User';
  const name = user ? 'groups' : 'members';
  if (references === null || references.length === 0 || !wants(projection, name)) return '';
  if (user) return groupsJson(references, baseUrl);
  return `,"members":[${references.map((member) => memberJson(member, baseUrl, projection)).join(',')}]`;
}

/** The text for the caller's base, which hardly ever changes from one call to the next. */
const groupsTexts = remembered((_groups: readonly Reference[]) => ({ baseUrl: '', text: '' }));

function groupsJson(groups: readonly Reference[], baseUrl: string): string {
  const known = groupsTexts(groups);
  if (known.baseUrl !== baseUrl) {
    known.baseUrl = baseUrl;
    known.text = `,"groups":[${groups.map((group) => groupJson(group, baseUrl)).join(',')}]`;
  }
  return known.text;
}

function groupJson({ value, display }: Reference, baseUrl: string): string {
  return `{"value":"${value}","display":${JSON.stringify(display)},"$ref":"${baseUrl}/Groups/${value}","type":"direct"}`;
}

/**
 * One member of a group, as JSON text. Its name only on request: nobody sends one, so that a caller who compares what it wrote
 * with what it reads would find a difference.
 */
export function memberJson({ value, display }: Reference, baseUrl: string, projection: Projection | null): string {
  const name = projection?.memberNames === true ? `"display":${JSON.stringify(display)},` : '';
  return `{"value":"${value}",${name}"$ref":"${baseUrl}/Users/${value}","type":"User"}`;
}

/** A ListResponse (RFC 7644 §3.4.2) around resources that are JSON text already. */
export function listResponse(list: { totalResults: number; startIndex: number; resources: readonly string[] }): string {
  const { totalResults, startIndex, resources } = list;
  const head = listHead({ totalResults, startIndex, itemsPerPage: resources.length });
  // What `join` makes of several is one flat text; anything put to its ends would have it copied once more before it is sent.
  const texts = [...resources];
  texts[0] = `${head}${texts[0] ?? ''}`;
  texts[texts.length - 1] += ']}';
  return texts.join(',');
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

/** The media type of every answer (RFC 7644 §3.1). It has no parameters (§8.1): JSON is UTF-8 (RFC 8259 §8.1). */
export const contentType = 'application/scim+json';

/** The entity tag of a version (`versionOf`): weak, since the same state may be written in several ways. */
export function etagOf(version: string): string {
  return `W/"${version}"`;
}

/**
 * What an answer about one record says of it: its entity tag and its address (RFC 7644 §3.14), and where it `shows` the record,
 * that what it shows is at that address too, as `meta.location` says (RFC 7643 §3.1).
 */
export function recordHeaders(
  record: Pick<RenderedRecord, 'resourceType' | 'id'>,
  baseUrl: string,
  version: string,
  shows: boolean,
): [string, string][] {
  const location = locationOf(record, baseUrl);
  const headers: [string, string][] = [
    ['etag', etagOf(version)],
    ['location', location],
  ];
  if (shows) headers.push(['content-location', location]);
  return headers;
}

/** The headers of an answer with a body of `bytes`, as they are captured; `others` besides type and length. */
export function bodyHeaders(bytes: number, others: readonly [string, string][]): [string, string][] {
  return [['content-type', contentType], ['content-length', String(bytes)], ...others];
}

/** Whether the `schemas` of a message name a URN, in any letter case. */
export function namesSchema(schemas: Json | undefined, urn: string): boolean {
  if (!Array.isArray(schemas)) return false;
  return schemas.some((one) => one === urn || (typeof one === 'string' && one.toLowerCase() === urn.toLowerCase()));
}
