import type Database from 'better-sqlite3';
import type { CapturedCall } from '../contract/index.ts';
import { type Kinds, kindPathOf } from './kinds.ts';
import { formOf, pageText, referencesText } from './shows.ts';
import type { CallMeaning } from './store.ts';
import { createTexts, type OnceCommitted } from './texts.ts';

type Bound = string | number | null;

/** Columns in the order of `valuesOf`; each that may be NULL is left out of the statement when it is. */
const columns = [
  'seq',
  'at',
  'duration_us',
  'kind',
  'failed',
  'path',
  'query',
  'resource_id',
  'resource_name',
  'total_results',
  'sentence',
  'detail',
  'request_headers_id',
  'request_headers',
  'request_body',
  'request_bytes',
  'request_cut',
  'shown_row',
  'shown_revision',
  'shown_modified_at',
  'shown_references',
  'shown_page',
  'response_headers',
  'response_body',
  'response_bytes',
  'response_cut',
  'change_position',
  'changes',
  'action',
];

export interface StoredCall {
  /** In the feed. */
  position: number;
  onceCommitted: OnceCommitted;
}

/** `action`: position of the first call of its action; null for that one itself. */
export type Insert = (call: CapturedCall, meaning: CallMeaning, action: number | null) => StoredCall;

/**
 * Prepares the insertion of calls, which runs inside the writer's transaction. Binding a value costs as much as storing it, and
 * most calls have few of the columns: there is a statement for each set of columns in use (a handful), which binds these alone.
 */
export function createInsert(db: Database.Database, kinds: Kinds): Insert {
  const texts = createTexts(db);
  const statements = new Map<number, Database.Statement<Bound[]>>();

  function statementFor(used: number): Database.Statement<Bound[]> {
    let statement = statements.get(used);
    if (statement === undefined) {
      const names = columns.filter((_, index) => ((used >>> index) & 1) === 1);
      statement = db.prepare(`INSERT INTO calls (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`);
      statements.set(used, statement);
    }
    return statement;
  }

  function valuesOf(
    call: CapturedCall,
    meaning: CallMeaning,
    action: number | null,
    onceCommitted: OnceCommitted,
  ): Bound[] {
    const { requestBody, shows } = call;
    const form = formOf(call);
    const path = kindPathOf(call);
    const headersId = texts.idOfList(call.requestHeaders, onceCommitted);
    const shown = form === 'record' || form === 'one' ? shows?.records[0] : undefined;
    const position = call.changes.length === 1 ? (call.changes[0]?.position ?? null) : null;
    const answer = form === null ? call.responseBody : null;
    return [
      call.seq,
      call.at,
      Math.round(call.durationMs * 1_000),
      kinds.idOf(call, meaning, path, form, onceCommitted),
      meaning.outcome === 'failed' ? 1 : null,
      path.path === null ? call.path : null,
      call.query === '' ? null : call.query,
      call.resourceId,
      call.resourceName,
      call.totalResults,
      meaning.plain ? null : JSON.stringify(meaning.sentence),
      call.detail,
      headersId,
      headersId === null ? JSON.stringify(call.requestHeaders) : null,
      requestBody?.text ?? null,
      requestBody?.bytes ?? null,
      requestBody?.cut === true ? 1 : null,
      shown?.row ?? null,
      shown?.revision ?? null,
      shown?.modifiedAt ?? null,
      shown === undefined || shows === null ? null : referencesText(shows.resourceType, shown.references),
      form === 'page' && shows !== null ? pageText(shows) : null,
      form === null ? JSON.stringify(call.responseHeaders) : null,
      answer?.text ?? null,
      answer?.bytes ?? null,
      answer?.cut === true ? 1 : null,
      position,
      call.changes.length === 0 || position !== null ? null : JSON.stringify(call.changes),
      action,
    ];
  }

  return (call, meaning, action) => {
    const onceCommitted: OnceCommitted = [];
    const bound: Bound[] = [];
    let used = 0;
    let bit = 1;
    for (const value of valuesOf(call, meaning, action, onceCommitted)) {
      if (value !== null) {
        bound.push(value);
        used |= bit;
      }
      bit <<= 1;
    }
    const { lastInsertRowid } = statementFor(used).run(...bound);
    return { position: Number(lastInsertRowid), onceCommitted };
  };
}
