/**
 * The entry of the query worker: a thread of its own, given the named queries of the rooms that own tables. The one file of
 * this room that knows the rooms above.
 */
import { callQueries } from '../calls/index.ts';
import { directoryQueries } from '../directory/index.ts';
import { azureLogQueries } from '../insight/azure-logs/queries.ts';
import { fileQueries } from './pilot-files.ts';
import { serveQueries } from './serve-queries.ts';

serveQueries({ ...directoryQueries, ...callQueries, ...azureLogQueries, ...fileQueries });
