import { expect } from 'vitest';
import {
  callEntries,
  type Entry,
  type ExplanationCode,
  plain,
} from '../../src-main/contract/catalogue/explanations/index.ts';
import type { CallDetail } from '../../src-main/contract/index.ts';
import type { TestPilot } from '../support/pilot.ts';

/** The record of the last call that `make` makes; `calls`: how many it makes. */
export async function recordOf(pilot: TestPilot, make: () => Promise<unknown>): Promise<CallDetail> {
  await settled(pilot);
  const before = pilot.api.status().callsStored;
  await make();
  for (let tries = 0; pilot.api.status().callsStored === before; tries += 1) {
    if (tries > 2_000) throw new Error('No call was stored.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await settled(pilot);
  const { calls } = await pilot.api.feed.page({ before: null, limit: 1, query: '' });
  const detail = calls[0] === undefined ? null : await pilot.api.feed.call(calls[0].code);
  if (detail === null) throw new Error('The call is not stored.');
  return detail;
}

/** Waits until the records of calls that were answered are stored. */
async function settled(pilot: TestPilot): Promise<void> {
  for (let before = -1; before !== pilot.api.status().callsStored; ) {
    before = pilot.api.status().callsStored;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/**
 * Demands that a call is explained by an entry: it is among its codes, the outcome is that of the gravest one, and the words
 * of the explanation hold `said` (what the slots got from the call).
 */
export function expectExplained(call: CallDetail, code: ExplanationCode, said: string | RegExp | null): void {
  expect(call.why, `${call.method} ${call.path}: ${call.status} ${call.detail}`).toContain(code);
  expect(call.explanations.map((one) => one.code)).toEqual(call.why);
  const [gravest] = call.explanations;
  expect(call.outcome).toBe(gravest?.severity === 'info' ? 'ok' : gravest?.severity);
  const explanation = call.explanations.find((one) => one.code === code);
  if (explanation === undefined) throw new Error('not explained');
  const { title, what, cure } = explanation;
  const words = [title, what, ...cure.map(({ text }) => text)].map(plain).join('\n');
  const expressions = cure.map(({ expression }) => expression ?? '').join('\n');
  if (said !== null) expect(`${words}\n${expressions}`).toMatch(said);
  const { note }: Entry = callEntries[code];
  // An amber row says why it is amber.
  if (call.outcome === 'odd' && gravest?.code === code && note !== undefined) {
    const start = note.split('{')[0] ?? '';
    expect(call.sentence.note).toContain(start);
  }
}
