import { Worker } from 'node:worker_threads';
import { findWorker } from '../storage/index.ts';
import { errorOf, type ToldError } from './thread-errors.ts';
import type { UpkeepTask } from './upkeep-work.ts';

/** Does upkeep in a thread of its own: a large database keeps it busy for seconds, in which the window must go on. */
export function upkeep(task: UpkeepTask): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(findWorker('upkeep-worker', import.meta.url), { workerData: task });
    let told: ToldError | null | undefined;
    worker.once('message', (answer: ToldError | null) => {
      told = answer;
    });
    worker.once('error', reject);
    // Only then are its files closed.
    worker.once('exit', (code) => {
      if (told === null) resolve();
      else reject(told === undefined ? new Error(`The upkeep ended without an answer (${code}).`) : errorOf(told));
    });
  });
}
