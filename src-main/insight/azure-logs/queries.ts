import type Database from 'better-sqlite3';
import { callsAround, keptSpan } from '../../calls/index.ts';
import { azureCsv } from './csv.ts';
import { azureInsight, azureTimeline, matchedJobs } from './facts.ts';
import { matchEntries, measureSkew } from './match.ts';
import { azureRow, azureRows } from './rows.ts';
import { silentCalls } from './silent.ts';

/** What is asked of imported logs, over their tables and the captured calls, as named queries of the query worker. */
export const azureLogQueries = {
  'azure.rows': azureRows,
  'azure.row': azureRow,
  'azure.insight': azureInsight,
  'azure.timeline': azureTimeline,
  'azure.csv': azureCsv,
  'azure.match': matchEntries,
  'azure.skew': measureSkew,
  'azure.jobs': matchedJobs,
  'azure.silent': silentCalls,
  'azure.around': (db: Database.Database, { at }: { at: number }) => ({ kept: keptSpan(db), ...callsAround(db, at) }),
};
