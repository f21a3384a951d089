/** `npm run build`: builds into `out/` when sources changed, as `npm start` does. */
import { resolve } from 'node:path';
import { ensureBuilt, isFresh } from './build.ts';
import { stopOnSignals } from './signals.ts';
import { failureWords } from './words.ts';

const root = resolve(import.meta.dirname, '../..');
try {
  if (isFresh(root)) console.log('out/ is built from these sources already.');
  else await ensureBuilt({ root, say: console.log, stop: stopOnSignals() });
} catch (error) {
  console.error(failureWords(error));
  process.exitCode = 1;
}
