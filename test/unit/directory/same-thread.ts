import Database from 'better-sqlite3';
import type { NamedQueries, QueryOutput, QueryWorker } from '../../../src-main/storage/index.ts';

/**
 * The query worker's promises without its thread, which takes longer to start than most of this folder's tests run: a
 * read-only connection, one state of the database a query, values that are cloned on both ways. test/unit/storage covers the
 * thread itself.
 */
export function createSameThreadQueries<Queries extends NamedQueries>(
  queries: Queries,
  database: string,
): QueryWorker<Queries> {
  const db = new Database(database, { readonly: true, fileMustExist: true });
  const atOnce = db.transaction(<Name extends keyof Queries>(name: Name, input: unknown) => {
    const output = queries[name]?.(db, input as never);
    return isGenerator(output) ? lastOf(output) : output;
  });
  return {
    async run(name, input, { signal } = {}) {
      const sent = structuredClone(input);
      await new Promise((turn) => setImmediate(turn));
      signal?.throwIfAborted();
      // The function that `name` stands for in `Queries` gave it.
      return structuredClone(atOnce(name, sent)) as QueryOutput<Queries[typeof name]>;
    },
    async close() {
      db.close();
    },
  };
}

function isGenerator(output: unknown): output is Generator<void, unknown> {
  return Object.prototype.toString.call(output) === '[object Generator]';
}

/** What a scan answers, taken to its end. */
export function lastOf<Output>(steps: Generator<void, Output>): Output {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
