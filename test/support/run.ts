/**
 * `npm test`: types, lint, then every test. Prints each part's own output and closes with `N passed, N failed`, where the
 * type check and the linter count as one each.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const require = createRequire(import.meta.url);

/** Path of a package's command, so that it runs on this very Node (the pinned one) on every platform. */
function command(packageName: string, name = packageName): string {
  const manifestPath = require.resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifestPath, 'utf8')) as { bin: string | Record<string, string> };
  const relative = typeof bin === 'string' ? bin : bin[name];
  if (relative === undefined) throw new Error(`${packageName} has no command ${name}`);
  return join(dirname(manifestPath), relative);
}

const typesCache = 'node_modules/.cache/scim-pilot/types.tsbuildinfo';

/** Threads and programs that tests start run TypeScript as it stands: with this each file is read and stripped of its types once. */
const env = { ...process.env, NODE_COMPILE_CACHE: resolve('node_modules/.cache/compile') };

function run(title: string, args: string[]): boolean {
  console.log(`\n── ${title}`);
  const started = Date.now();
  const { status, error } = spawnSync(process.execPath, args, { stdio: 'inherit', env });
  if (error) console.error(error.message);
  console.log(`── ${title}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return status === 0;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  success: boolean;
}

let passed = 0;
let failed = 0;
for (const [title, args] of [
  // What did not change since the last time is not looked at again.
  ['types', [command('typescript', 'tsc'), '-p', '.', '--incremental', '--tsBuildInfoFile', typesCache]],
  ['lint', [command('@biomejs/biome', 'biome'), 'check', '--error-on-warnings']],
] as const) {
  if (run(title, [...args])) passed++;
  else failed++;
}

const folder = mkdtempSync(join(tmpdir(), 'scim-pilot-test-'));
const report = join(folder, 'report.json');
const testsPassed = run('tests', [
  command('vitest'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
let skipped = 0;
try {
  const counts = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  passed += counts.numPassedTests;
  failed += counts.numFailedTests;
  skipped = counts.numPendingTests;
  // A file that can't be loaded, or an error outside any test, fails the run without a failed test.
  if (!testsPassed && counts.numFailedTests === 0) failed++;
} catch (error) {
  console.error('The test runner left no report:', error instanceof Error ? error.message : error);
  failed++;
}
rmSync(folder, { recursive: true, force: true });

console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
