import type { HangUp, Query, QueryPage, ResourceRepository, ResourceType } from '../contract/index.ts';
import { type AttributePath, type Filter, parsePath, ScimError } from '../scim/index.ts';
import { QueryTooSlow } from '../storage/index.ts';
import { mentionsReferences, planOf, quickRows } from './candidates.ts';
import type { RepositoryContext } from './context.ts';
import { countVisible } from './counters.ts';
import { satisfies } from './resources.ts';
import { pageOf, type RecordRow, selectRecords } from './rows.ts';
import { bound, prepared } from './statements.ts';

/** Lists that begin later are walked in the query worker. */
const quickOffset = 5_000;
/** Records of a list that are read in one go, which is quicker; of more, only as many as the page can hold. */
const readAtOnce = 100;

/** `query` of a repository: at once when an index serves it with few rows, else in the query worker. */
export function createQuery(
  type: ResourceType,
  { db, queries, registry }: RepositoryContext,
): ResourceRepository<Filter>['query'] {
  function firstPages(query: Query<Filter>): QueryPage | null {
    const startIndex = Math.max(1, query.startIndex);
    if (startIndex > quickOffset) return null;
    const totalResults = countVisible(db, type);
    if (query.count === 0) return { totalResults, startIndex, records: [] };
    const select = prepared(
      db,
      `${selectRecords(type)} WHERE state <> 'deleted' ORDER BY row LIMIT ${bound} OFFSET ${bound}`,
    );
    const asked = [query.count, startIndex - 1];
    const rows = query.count > readAtOnce ? select.iterate(...asked) : select.all(...asked);
    return { totalResults, startIndex, records: pageOf(type, rows as Iterable<RecordRow>) };
  }

  function byIndex(filter: Filter, query: Query<Filter>): QueryPage | null {
    const plan = planOf(type, filter);
    if (plan === null || plan.residual.some(mentionsReferences)) return null;
    const found = plan.records(db);
    if (found.length > quickRows) return null;
    const hits =
      plan.residual.length === 0 ? found : found.filter((row) => satisfies(db, type, row, plan.residual, false));
    const startIndex = Math.max(1, query.startIndex);
    const page = hits.slice(startIndex - 1, startIndex - 1 + query.count);
    return { totalResults: hits.length, startIndex, records: pageOf(type, page) };
  }

  function atOnce(query: Query<Filter>): QueryPage | null {
    if (query.sortBy !== null) return null;
    return query.filter === null ? firstPages(query) : byIndex(query.filter, query);
  }

  async function inWorker(
    query: Query<Filter>,
    sortPath: AttributePath | null,
    hangUp: HangUp | undefined,
  ): Promise<QueryPage> {
    try {
      return await queries.run('directory.select', { type, query, sortPath }, { signal: hangUp?.() });
    } catch (error) {
      if (!(error instanceof QueryTooSlow)) throw error;
      throw new ScimError(400, 'The query takes too long here: filter on an indexed attribute too.', 'tooMany');
    }
  }

  return (query, hangUp) => {
    // Here rather than in the worker, which knows no custom fields and can't throw a ScimError.
    const sortPath = query.sortBy === null ? null : parsePath(query.sortBy, type, registry());
    return atOnce(query) ?? inWorker(query, sortPath, hangUp);
  };
}
