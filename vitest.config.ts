import { defineConfig } from 'vitest/config';

/** Browser tests drive a real Chromium and share two cores: fewer at once, more time each. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a loaded machine does late is not wrong.
    expect: { poll: { timeout: 10_000 } },
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
  },
});
