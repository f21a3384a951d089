/** A query worker that takes long to load. Says beside the database that it did. */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { serveQueries } from '../../../src-main/storage/serve-queries.ts';

await sleep(400);
const { database } = workerData as { database: string };
writeFileSync(`${database}-loaded`, '');
serveQueries({});
