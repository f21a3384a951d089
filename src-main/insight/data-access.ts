import type { CallStore } from '../calls/index.ts';
import type { Clock, DataAccess, Held } from '../contract/index.ts';
import { listBackups } from '../storage/index.ts';

export interface DataAccessOptions {
  clock: Clock;
  calls: Pick<CallStore, 'sources' | 'retention'>;
  held(signal?: AbortSignal): Promise<Held>;
  /** The pilot's folder. */
  folder: string;
}

/** Puts together what a security review asks for. Walks over all records and calls, in the query worker. */
export function createDataAccess({ clock, calls, held, folder }: DataAccessOptions) {
  return async (signal?: AbortSignal): Promise<DataAccess> => {
    const [holding, sources, backups] = await Promise.all([held(signal), calls.sources(), listBackups(folder)]);
    return { at: clock.now(), held: holding, sources, storage: { folder, kept: calls.retention.read(), backups } };
  };
}
