import type Database from 'better-sqlite3';
import { callQueries } from '../../../src-main/calls/index.ts';
import type { QueryRunner } from '../../../src-main/storage/index.ts';

/**
 * Runs the named queries on the writer's own connection, with `between` at work after each step of a scan, as calls come in while
 * the worker scans; how the worker runs them is the storage room's matter.
 */
export function createSteppedQueries(
  db: () => Database.Database,
  between: () => Promise<void>,
): QueryRunner<typeof callQueries> {
  return {
    async run(name, input) {
      const answer: unknown = callQueries[name](db(), input as never);
      if (typeof (answer as Generator | null)?.next !== 'function') return answer as never;
      const scan = answer as Generator<void, unknown>;
      for (;;) {
        const { done, value } = scan.next();
        if (done === true) return value as never;
        await between();
      }
    },
  };
}
