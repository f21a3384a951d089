import { expect, test } from 'vitest';
import { leaving, stoppedWords } from '../../../src-main/contract/catalogue/leaving.ts';

const minute = 60_000;
const now = Date.UTC(2026, 2, 3, 8);

test('who was never called hears nothing of a job', () => {
  expect(stoppedWords(null, now)).toBe('SCIM Pilot has stopped.');
});

test('while Azure comes, the end tells what it does and what to do', () => {
  expect(stoppedWords(now - 40 * minute, now)).toBe(`SCIM Pilot has stopped. ${leaving.what} ${leaving.todo}`);
});

test('a job that was not seen for long is told of as one that may run', () => {
  expect(stoppedWords(now - 180 * minute, now)).toMatch(/Azure last called 3 hours ago\. Where its job still runs: /);
});
