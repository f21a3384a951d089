import type Database from 'better-sqlite3';
import type { CapturedCall, Reference, ResourceType, ShownRecord, ShownRecords } from '../contract/index.ts';
import { recordAt } from '../directory/index.ts';
import { listResponse, recordHeaders, remembered, renderRecord, versionOf } from '../scim/index.ts';
import type { DetailRow } from './rows.ts';

/**
 * How an answer is kept that shows stored records: `record`: the record is the body; `one`: a list of one; `none`: an empty list;
 * `page`: any other list.
 */
export type AnswerForm = 'record' | 'one' | 'none' | 'page';

/** The form of an answer; null when its text is kept. */
export function formOf({ shows }: CapturedCall): AnswerForm | null {
  if (shows === null) return null;
  const { list, records } = shows;
  if (list === null) return 'record';
  if (list.startIndex !== 1 || list.totalResults !== records.length || records.length > 1) return 'page';
  return records.length === 1 ? 'one' : 'none';
}

type Page<References> = [totalResults: number, startIndex: number, ...records: ShownOnPage<References>[]];
type ShownOnPage<References> = [row: number, revision: number, modifiedAt: number, references: References];
type References = readonly StoredReference[] | null;
/** No answer that is kept so shows a member's name, so it is not kept either: a purge could not take it out. */
type StoredReference = Pick<Reference, 'value'> & Partial<Reference>;

/**
 * What the column `shown_page` holds. Written by hand, since each list of a directory writes one. Many users are in the same
 * groups: named again for each, these would be most of what a page takes on disk.
 */
export function pageText({ resourceType, list, records }: ShownRecords): string {
  let text = `[${list?.totalResults},${list?.startIndex}`;
  const places = new Map<string, number>();
  for (const [place, { row, revision, modifiedAt, references }] of records.entries()) {
    const named = referencesText(resourceType, references) ?? '[]';
    const first = places.get(named);
    if (first === undefined) places.set(named, place);
    text += `,[${row},${revision},${modifiedAt},${first ?? named}]`;
  }
  return `${text}]`;
}

/** What `pageText` wrote, each record with its references: where there is a number, those of the record at that place, from 0. */
export function readPage(text: string): Page<References> {
  const [totalResults, startIndex, ...stored] = JSON.parse(text) as Page<References | number>;
  const shown: ShownOnPage<References>[] = [];
  for (const [row, revision, modifiedAt, references] of stored) {
    const named = typeof references === 'number' ? (shown[references]?.[3] ?? null) : references;
    shown.push([row, revision, modifiedAt, named]);
  }
  return [totalResults, startIndex, ...shown];
}

const textOf = remembered((references: readonly Reference[]) => JSON.stringify(references));

/** References of a record of this type as text; null for an empty list. */
export function referencesText(type: ResourceType, references: ShownRecord['references']): string | null {
  if (references === null) return 'null';
  if (references.length === 0) return null;
  return type === 'User' ? textOf(references) : JSON.stringify(references.map(({ value }) => ({ value })));
}

/** An answer made again. */
export interface ShownAnswer {
  body: string;
  /** Besides the content type and length. */
  headers: [name: string, value: string][];
}

/** The answer that a row stands for; null when one of its records is no longer kept (purged, or its old text forgotten). */
export function answerOf(db: Database.Database, row: DetailRow): ShownAnswer | null {
  const { resource_type: type, base_url: baseUrl } = row;
  if (type === null || baseUrl === null) return null;
  const [totalResults, startIndex, ...shown] = pageOf(row);
  const resources: string[] = [];
  let headers: ShownAnswer['headers'] = [];
  for (const [key, revision, modifiedAt, references] of shown) {
    const record = recordAt(db, type, { row: key, revision, modifiedAt });
    if (record === null) return null;
    const named = references?.map(({ value, display = '' }) => ({ value, display })) ?? null;
    resources.push(renderRecord(record, { baseUrl, references: named, projection: null }));
    headers = recordHeaders(record, baseUrl, versionOf(record, named), true);
  }
  if (row.form === 'record') return { body: resources[0] ?? '', headers };
  return { body: listResponse({ totalResults, startIndex, resources }), headers: [] };
}

function pageOf(row: DetailRow): Page<References> {
  if (row.form === 'page') return readPage(row.shown_page ?? '[0,1]');
  if (row.form === 'none') return [0, 1];
  const references = JSON.parse(row.shown_references ?? '[]') as References;
  return [1, 1, [row.shown_row ?? 0, row.shown_revision ?? 0, row.shown_modified_at ?? 0, references]];
}
