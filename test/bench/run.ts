/**
 * `npm run bench`: our endpoint as users run it (capture on, every write fsynced) beside the floor, in one run on one machine,
 * in turns, so that what else the machine does falls on both. Prints one JSON line a row, then a table.
 *
 *   --sizes 1000,100000   users in the directory (default: these); filled databases are kept in the temporary folder
 *   --full                adds 1,000,000 users
 *   --only TEXT           only rows whose name holds TEXT, e.g. "GET user by id"
 *   --seconds S           length of one load (default 3)
 *   --rounds N            loads of each server a row; figures are medians over them (default 3)
 *
 * NODE_OPTIONS='--cpu-prof --cpu-prof-dir=DIR' profiles the servers as well.
 */
import { killChildren } from './child.ts';
import { parseFlags } from './flags.ts';
import { openRunFolder } from './folders.ts';
import { printTable, type RowResult } from './report.ts';
import { measureSize } from './sides.ts';

const flags = parseFlags();
const run = openRunFolder();

async function cleanUp(): Promise<void> {
  await killChildren();
  run.remove();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp().then(() => process.exit(130)));
}
try {
  const results: RowResult[] = [];
  for (const size of flags.sizes) results.push(...(await measureSize(size, flags, run)));
  printTable(results);
} finally {
  await cleanUp();
}
