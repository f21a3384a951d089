import type Database from 'better-sqlite3';
import type { CallSentence, Json, RecordChange } from '../../contract/index.ts';
import { addressOf, type CallFacts } from '../../contract/query/index.ts';
import { changeAt } from '../../directory/index.ts';
import { codeOf } from '../codes.ts';
import type { FeedRow } from '../rows.ts';
import { codesOf } from './kind-facts.ts';

interface TextRow {
  request_body: string | null;
  response_body: string | null;
  change_position: number | null;
  changes: string | null;
}

/** Reads the texts of stored calls. */
export interface TextReader {
  of(position: number): TextRow | undefined;
  changes(texts: TextRow, row: Pick<FeedRow, 'seq' | 'resource_name'>): RecordChange[];
}

export function createTextReader(db: Database.Database): TextReader {
  const read = db.prepare<[number], TextRow>(
    'SELECT request_body, response_body, change_position, changes FROM calls WHERE position = ?',
  );
  return {
    of: (position) => read.get(position),
    changes({ change_position: position, changes }, { seq, resource_name: name }) {
      if (position === null) return changes === null ? [] : (JSON.parse(changes) as RecordChange[]);
      const change = changeAt(db, position, seq, name ?? '');
      return change === null ? [] : [change];
    },
  };
}

/** Everything about a stored call that a query looks at. Its texts are read when one is asked for. */
export class StoredFacts implements CallFacts {
  readonly #row: FeedRow;
  readonly #reader: TextReader;
  #texts: TextRow | undefined;
  #changes: RecordChange[] | undefined;

  constructor(row: FeedRow, reader: TextReader) {
    this.#row = row;
    this.#reader = reader;
  }

  get code() {
    return codeOf(this.#row.seq);
  }
  get at() {
    return this.#row.at;
  }
  get durationMs() {
    return this.#row.duration_us / 1_000;
  }
  get method() {
    return this.#row.method;
  }
  get address() {
    return addressOf(this.#row.path, this.#row.query ?? '');
  }
  get status() {
    return this.#row.status;
  }
  get scimType() {
    return this.#row.scim_type;
  }
  get outcome() {
    return this.#row.outcome;
  }
  get practice() {
    return this.#row.practice === 1;
  }
  get via() {
    return this.#row.via;
  }
  get probe() {
    return this.#row.probe === 1;
  }
  get source() {
    return this.#row.source;
  }
  get resourceType() {
    return this.#row.resource_type;
  }
  get resourceId() {
    return this.#row.resource_id;
  }
  get resourceName() {
    return this.#row.resource_name;
  }
  get object() {
    const { sentence, resource_id: id } = this.#row;
    // One that is not kept names the record, or what the address tells.
    const object = sentence === null ? null : (JSON.parse(sentence) as CallSentence).object;
    return object === id ? null : object;
  }
  get totalResults() {
    return this.#row.total_results;
  }
  get changeKind() {
    return this.#row.change_kind;
  }
  get why() {
    return codesOf(this.#row.why);
  }
  get request() {
    return this.#text().request_body;
  }
  get response() {
    return this.#text().response_body;
  }
  get changedPaths() {
    return this.#changed().flatMap(({ attributes, membersAdded, membersRemoved }) => [
      ...attributes.map(({ path }) => path),
      ...(membersAdded.length + membersRemoved.length > 0 ? ['members'] : []),
    ]);
  }
  get changedValues() {
    return this.#changed()
      .flatMap(({ attributes, membersAdded, membersRemoved }) => [
        ...attributes.flatMap(({ before, after }) => [...plainValues(before), ...plainValues(after)]),
        ...[...membersAdded, ...membersRemoved].flatMap(({ id, name }) => [id, name]),
      ])
      .join('\n');
  }

  #text(): TextRow {
    this.#texts ??= this.#reader.of(this.#row.position) ?? {
      request_body: null,
      response_body: null,
      change_position: null,
      changes: null,
    };
    return this.#texts;
  }

  #changed(): RecordChange[] {
    this.#changes ??= this.#reader.changes(this.#text(), this.#row);
    return this.#changes;
  }
}

/** The simple values within one. */
function plainValues(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') return [String(value)];
  return Object.values(value).flatMap(plainValues);
}
