import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { plainAppearance } from '../contract/catalogue/appearance.ts';
import { replaceFile } from '../storage/index.ts';

const port = z.int().min(1).max(65_535).nullable();

const schema = z.object({
  /** Null: the default. */
  scimPort: port.catch(null),
  /** Of the window in a browser; null: any free one. */
  windowPort: port.catch(null),
  appearance: z
    .object({
      theme: z.enum(['system', 'light', 'dark']),
      density: z.enum(['normal', 'compact']),
      labels: z.enum(['today', 'older']),
      presenter: z.boolean(),
    })
    .catch(plainAppearance),
});

/** What holds for every pilot of a data folder. */
export type Preferences = z.infer<typeof schema>;

const standard: Preferences = { scimPort: null, windowPort: null, appearance: plainAppearance };

/** The preferences in a data folder, in memory and in `host.json`. */
export interface PreferenceStore {
  readonly now: Preferences;
  /** On disk when it returns. Throws `StartError` when the folder can't be written. */
  set(change: Partial<Preferences>): void;
}

/** What can't be read there counts as never set: it costs the window its looks and nothing else. */
export function openPreferences(dataDir: string): PreferenceStore {
  const file = join(dataDir, 'host.json');
  let now = read(file);
  return {
    get now() {
      return now;
    },
    set(change) {
      const next = { ...now, ...change };
      replaceFile(file, `${JSON.stringify(next)}\n`);
      now = next;
    },
  };
}

function read(file: string): Preferences {
  if (!existsSync(file)) return standard;
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : standard;
  } catch (error) {
    if (error instanceof SyntaxError) return standard;
    throw error;
  }
}
