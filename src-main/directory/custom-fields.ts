import { RequestError } from '../contract/catalogue/errors.ts';
import type { CustomField, NewField, SettledValues } from '../contract/index.ts';
import { fold, type SchemaRegistry, settleField, standardSchemas, withCustomAttributes } from '../scim/index.ts';
import { unwrapped } from '../storage/index.ts';
import type { DirectoryContext } from './context.ts';
import {
  deleteField,
  type FieldRow,
  insertField,
  markSettled,
  placeKey,
  placeOf,
  readFieldRows,
  standInUrn,
  updateField,
} from './custom-field-rows.ts';
import type { DriftBook } from './drift.ts';
import { type Settlement, settleRows, type UnsettledRows } from './field-values.ts';
import { noteRuleChange } from './rule-changes.ts';
import type { UnmappedPaths } from './unmapped.ts';

/** A field that was defined or moved, and what became of the values stored before. */
export interface FieldChange {
  field: CustomField;
  stored: SettledValues;
}

/** The custom fields of users. What can't be done is refused with a `RequestError`. */
export interface CustomFields {
  /** The schemas in force; another object after each change, the same one between. */
  registry(): SchemaRegistry;
  list(): CustomField[];
  rows(): readonly FieldRow[];
  define(field: NewField): Promise<FieldChange>;
  /** `attribute` null: only the name people use changes; else the values move to the new attribute. */
  rename(id: number, to: { label: string; attribute: string | null }): Promise<FieldChange>;
  /** Values stay where they are, unmapped from now on. */
  retire(id: number): Promise<void>;
  /** Stops settling values at the next step; the next start goes on with it. */
  close(): Promise<void>;
}

/** Users that change in one unit of work: some milliseconds, so that provisioning calls get in between. */
const rowsAtOnce = 20;
const rowsInMemory = 5_000;
const longestLabel = 100;
const noValues: SettledValues = { values: 0, wrong: 0, examples: [] };

export function createCustomFields(context: DirectoryContext, unmapped: UnmappedPaths, drift: DriftBook): CustomFields {
  const { db, queries, writer, clock, log } = context;
  let rows: readonly FieldRow[] = [];
  let registry: SchemaRegistry = standardSchemas;
  const closing = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  function reload(): void {
    rows = readFieldRows(db);
    const fields = rows.map((row) => row.schema);
    registry = withCustomAttributes(standardSchemas, fields);
  }

  /** One change at a time: the next begins when the values of the one before are settled. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  function existing(id: number): FieldRow {
    const found = rows.find((row) => row.id === id);
    if (found === undefined) throw new RequestError('unknown', 'This custom field does not exist any more.');
    return found;
  }

  function readLabel(text: string, except: number | null): string {
    const label = text.trim();
    if (label === '') throw new RequestError('invalid', 'Give the field the name it has in ServiceOps.');
    if (label.length > longestLabel || /\p{Cc}/u.test(label)) {
      throw new RequestError('invalid', `A field's name is one line of at most ${longestLabel} characters.`);
    }
    const taken = rows.some((row) => row.id !== except && fold(row.label) === fold(label));
    if (taken) throw new RequestError('taken', `There is a custom field ${JSON.stringify(label)} already.`);
    return label;
  }

  /** The attribute's full name as it will be used: a URN that other fields have too is spelled as theirs. */
  function readAttribute(text: string, except: number | null): string {
    const trimmed = text.trim();
    const { urn, name } = placeOf(trimmed);
    const key = placeKey(trimmed);
    const others = rows.filter((row) => row.id !== except);
    const holder = others.find((row) => placeKey(row.attribute) === key);
    if (holder !== undefined) {
      throw new RequestError('taken', `The custom field ${JSON.stringify(holder.label)} has this attribute already.`);
    }
    for (const { attribute, schema } of others) {
      if (schema.urn?.toLowerCase() === key || attribute.toLowerCase() === urn?.toLowerCase()) {
        throw new RequestError(
          'taken',
          `${attribute} and ${trimmed} can't both be attributes: one is part of the other.`,
        );
      }
    }
    const known = others.find((row) => row.schema.urn !== null && row.schema.urn.toLowerCase() === urn?.toLowerCase());
    return known === undefined ? trimmed : `${known.schema.urn}:${name}`;
  }

  /** A stand-in from the words of the label: "Cost centre" gives `…:costCentre`. */
  function standIn(label: string): string {
    const words =
      label
        .normalize('NFKD')
        .replaceAll(/\p{M}/gu, '')
        .match(/[a-z0-9]+/gi) ?? [];
    const camel = words.map((word, at) => (at === 0 ? word.toLowerCase() : upperFirst(word))).join('');
    const stem = /^[a-z]/.test(camel) ? camel : `field${upperFirst(camel)}`;
    const taken = new Set(rows.map((row) => placeKey(row.attribute)));
    for (let number = 1; ; number++) {
      const attribute = `${standInUrn}:${stem}${number === 1 ? '' : number}`;
      if (!taken.has(placeKey(attribute))) return attribute;
    }
  }

  /** Brings stored values into a field, step by step: a scan in the query worker, then small writes. */
  async function settle(row: FieldRow): Promise<SettledValues> {
    const settlement: Settlement = {
      field: row.schema,
      from: row.movingFrom === null ? null : placeOf(row.movingFrom),
    };
    const total: SettledValues = { ...noValues, examples: [] };
    let after: number | null = 0;
    while (after !== null) {
      const found: UnsettledRows = await queries.run(
        'directory.unsettledRows',
        { ...settlement, after, limit: rowsInMemory },
        closing,
      );
      total.values += found.values;
      total.wrong += found.wrong;
      total.examples.push(...found.examples.slice(0, 5 - total.examples.length));
      for (let at = 0; at < found.rows.length; at += rowsAtOnce) {
        closing.signal.throwIfAborted();
        const chunk = found.rows.slice(at, at + rowsAtOnce);
        await write(() => settleRows(db, settlement, chunk));
      }
      after = found.next;
    }
    await write(() => drift.rewrite('User', (sent) => settleField(sent, settlement.field, settlement.from).document));
    await write(() => markSettled(db, row.id));
    reload();
    return total;
  }

  function write<T>(work: () => T): Promise<T> {
    return writer.submit(work, unwrapped);
  }

  /** A change of what the fields are. */
  function change<T>(work: () => T): Promise<T> {
    return write(() => {
      noteRuleChange(db, 'custom fields', clock.now());
      return work();
    });
  }

  reload();
  for (const row of rows.filter((one) => !one.settled)) {
    inTurn(() => settle(row)).catch((error: unknown) => {
      if (!closing.signal.aborted)
        log.error(`Values of the custom field ${row.label} could not be settled.`, { error });
    });
  }

  return {
    registry: () => registry,
    list: () => rows.map(toField),
    rows: () => rows,

    define: (input) =>
      inTurn(async () => {
        const label = readLabel(input.label, null);
        const madeUp = input.attribute === null || input.attribute.trim() === '';
        const attribute = readAttribute(madeUp ? standIn(label) : (input.attribute ?? ''), null);
        const columns = { label, attribute, type: input.type, madeUp, movingFrom: null };
        const id = await change(() => insertField(db, columns, clock.now()));
        reload();
        const row = existing(id);
        return { field: toField(row), stored: await settle(row) };
      }),

    rename: (id, to) =>
      inTurn(async () => {
        const row = existing(id);
        // What an earlier change left behind first: a field has but one former attribute.
        if (!row.settled) await settle(row);
        const label = readLabel(to.label, id);
        const attribute = to.attribute === null ? row.attribute : readAttribute(to.attribute, id);
        const columns = {
          label,
          attribute,
          type: row.type,
          // Whoever pastes a name stands by it, even if it is the one that was made up.
          madeUp: row.madeUp && to.attribute === null,
          movingFrom: attribute === row.attribute ? null : row.attribute,
        };
        await change(() => updateField(db, id, columns));
        reload();
        const renamed = existing(id);
        return { field: toField(renamed), stored: renamed.settled ? noValues : await settle(renamed) };
      }),

    retire: (id) =>
      inTurn(async () => {
        const { schema } = existing(id);
        await change(() => {
          deleteField(db, id);
          unmapped.add('User', schema.urn === null ? schema.name : `${schema.urn}:${schema.name}`);
        });
        reload();
      }),

    async close() {
      closing.abort(new RequestError('unknown', 'The pilot is closing.'));
      await last;
    },
  };
}

function toField({ id, label, attribute, type, madeUp, definedAt }: FieldRow): CustomField {
  return { id, label, attribute, type, madeUp, definedAt };
}

function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}
