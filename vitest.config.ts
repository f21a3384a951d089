import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that put a module in another's place, or take what belongs to the whole process: each runs in a process of its own. */
export const ownProcess = ['test/shell/desktop.test.ts', 'test/unit/api/transport.test.ts'];

/** Where the files are that take longest. */
const longFolders = /\/test\/(window|tunnel|faults|e2e)\//;

/** Begins with what takes longest, also where no earlier run has told: no worker is left alone with it at the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      if (ownProcess.some((file) => moduleId.endsWith(file))) return 0;
      return longFolders.test(moduleId) ? 1 : 2;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

/** Browser tests drive a real Chromium and share two cores: fewer at once, more time each. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a loaded machine does late is not wrong.
    expect: { poll: { timeout: 10_000 } },
    sequence: { sequencer: LongFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          // Loading the pilot costs more processor time than most files' tests: one process does it once for all its files.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ownProcess,
        },
      },
      { extends: true, test: { name: 'own process', include: ownProcess } },
    ],
  },
});
