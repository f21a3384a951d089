import type { Actor } from '../../src-main/contract/index.ts';
import { createIds, openDirectory } from '../../src-main/directory/index.ts';
import { createWriter, openDatabase, openPilotFolder } from '../../src-main/storage/index.ts';

const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const log = { info() {}, warn: console.error, error: console.error };
const actor: Actor = { kind: 'azure', call: null };

/**
 * Puts `users` users and a group of all of them, `Everyone`, into a pilot's folder that nobody has open: creating a hundred
 * thousand by calls would take a test a minute. Gives their ids.
 */
export function fillCompany(dataDir: string, users: number): { group: string; users: string[] } {
  const folder = openPilotFolder(dataDir);
  const db = openDatabase(folder.path);
  const unused = () => {
    throw new Error('Filling reads nothing.');
  };
  try {
    const directory = openDirectory({
      db,
      writer: createWriter(db, { log }),
      log,
      queries: { run: unused },
      longReads: { open: unused, close() {} },
      clock,
      ids: createIds(clock),
    });
    return db.transaction(() => {
      const ids = Array.from(
        { length: users },
        (_, n) => directory.users.create({ userName: `u${n}@x.example`, displayName: `User ${n}` }, actor).record.id,
      );
      const members = ids.map((value) => ({ value }));
      const { record } = directory.groups.create({ displayName: 'Everyone', members }, actor);
      return { group: record.id, users: ids };
    })();
  } finally {
    db.close();
    folder.release();
  }
}
