/** The entry of the thread in which upkeep is done: one task, and it ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { toldError } from './thread-errors.ts';
import { doUpkeep, type UpkeepTask } from './upkeep-work.ts';

try {
  doUpkeep(workerData as UpkeepTask);
  parentPort?.postMessage(null);
} catch (error) {
  parentPort?.postMessage(toldError(error));
}
