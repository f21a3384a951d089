import type { Json, JsonObject } from '../contract/json.ts';
import type { Reference } from '../contract/resources.ts';
import type { StoredRecord } from '../contract/store.ts';
import { isObject } from './json.ts';
import { listHead, memberJson, metaJson, type RenderOptions } from './messages.ts';
import { type Projection, project, wants } from './projection.ts';

type PieceOptions = Pick<RenderOptions, 'baseUrl' | 'projection'>;

/**
 * What `renderRecord` gives for a group, in pieces of one page of members each, so that a group of any size is never one
 * string. `pages` is read as the pieces are asked for; the projection must want `members`.
 */
export function groupPieces(
  record: StoredRecord,
  options: PieceOptions,
  pages: Iterable<readonly Reference[]>,
): Generator<string, void> {
  const { projection } = options;
  return projection === null || projection.textual
    ? wholePieces(record, options, pages)
    : projectedPieces(record, projection, options.baseUrl, pages);
}

function* wholePieces(
  record: StoredRecord,
  { baseUrl, projection }: PieceOptions,
  pages: Iterable<readonly Reference[]>,
): Generator<string, void> {
  yield record.json.slice(0, -1);
  let before = ',"members":[';
  for (const page of pages) {
    yield before + page.map((member) => memberJson(member, baseUrl, projection)).join(',');
    before = ',';
  }
  if (before === ',') yield ']';
  yield wants(projection, 'meta') ? `,"meta":${metaJson(record, { baseUrl, references: null })}}` : '}';
}

/** `id` and `schemas` always show, so that there is a member before `members` and a comma in front of each further part. */
function* projectedPieces(
  record: StoredRecord,
  projection: Projection,
  baseUrl: string,
  pages: Iterable<readonly Reference[]>,
): Generator<string, void> {
  const shown = JSON.stringify(project(parsed(record.json), projection));
  yield shown.slice(0, -1);
  let before = ',"members":[';
  for (const page of pages) {
    const resource = `{"members":[${page.map((member) => memberJson(member, baseUrl, projection)).join(',')}]}`;
    const { members: list } = project(parsed(resource), projection);
    if (!Array.isArray(list) || list.length === 0) continue;
    yield before + list.map((one) => JSON.stringify(one)).join(',');
    before = ',';
  }
  if (before === ',') yield ']';
  const { meta } = project(parsed(`{"meta":${metaJson(record, { baseUrl, references: null })}}`), projection);
  yield meta === undefined ? '}' : `,"meta":${JSON.stringify(meta)}}`;
}

/** What `listResponse` gives, around resources that come in pieces. */
export function* listPieces(
  list: { totalResults: number; startIndex: number; itemsPerPage: number },
  resources: Iterable<Iterable<string>>,
): Generator<string, void> {
  yield listHead(list);
  let first = true;
  for (const resource of resources) {
    if (!first) yield ',';
    first = false;
    yield* resource;
  }
  yield ']}';
}

function parsed(text: string): JsonObject {
  const value: Json = JSON.parse(text);
  if (!isObject(value)) throw new TypeError('A stored resource is not a JSON object.');
  return value;
}
