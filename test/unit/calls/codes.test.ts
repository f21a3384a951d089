import { expect, test } from 'vitest';
import { codeOf, normaliseCode, seqOf } from '../../../src-main/calls/index.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function numberOf(code: string): number {
  return [...code].reduce((sum, letter) => sum * 32 + alphabet.indexOf(letter), 0);
}

test('every number of five letters has a code of its own', () => {
  const seen = new Uint8Array(2 ** 25);
  // A sample of five million: every 7th number.
  let walked = 0;
  for (let seq = 0; seq < 2 ** 25; seq += 7) {
    const code = codeOf(seq);
    if (code.length !== 5) throw new Error(`${seq} has the code ${code}`);
    const value = numberOf(code);
    if (seen[value] === 1) throw new Error(`${seq} shares its code ${code}`);
    seen[value] = 1;
    walked += 1;
  }
  expect(walked).toBe(Math.ceil(2 ** 25 / 7));
}, 60_000);

test('codes grow by a letter when one length is used up', () => {
  expect(codeOf(2 ** 25 - 1)).toHaveLength(5);
  expect(codeOf(2 ** 25)).toHaveLength(6);
  expect(codeOf(2 ** 25 + 2 ** 30 - 1)).toHaveLength(6);
  expect(codeOf(2 ** 25 + 2 ** 30)).toHaveLength(7);
  expect(codeOf(2 ** 40)).toMatch(/^[0-9A-HJKMNP-TV-Z]{7,}$/);
});

test('neighbours look unlike each other', () => {
  for (let seq = 1; seq < 200; seq++) {
    const [a, b] = [codeOf(seq), codeOf(seq + 1)];
    const differing = [...a].filter((letter, index) => letter !== b[index]).length;
    expect([seq, differing >= 3]).toEqual([seq, true]);
  }
});

test('a code as typed becomes the code as stored', () => {
  expect(normaliseCode(' 7k2q9 ')).toBe('7K2Q9');
  expect(normaliseCode('oIl01')).toBe('01101');
});

test('a code leads back to its number', () => {
  const turns = [0, 2 ** 25, 2 ** 25 + 2 ** 30, 2 ** 40];
  for (const turn of turns) {
    for (let seq = Math.max(0, turn - 2_000); seq < turn + 2_000; seq++) {
      if (seqOf(codeOf(seq)) !== seq) throw new Error(`${codeOf(seq)} gives ${seqOf(codeOf(seq))}, not ${seq}`);
    }
  }
  for (let seq = 1; seq < 2 ** 25 + 2 ** 30; seq += 104_729) {
    if (seqOf(codeOf(seq)) !== seq) throw new Error(`${codeOf(seq)} gives ${seqOf(codeOf(seq))}, not ${seq}`);
  }
});

test('what is no code of a call has no number', () => {
  for (const text of ['', 'U', '7K2Q', '7k2q9', '0000001', '7K2Q9/', 'Z'.repeat(40)])
    expect([text, seqOf(text)]).toEqual([text, null]);
});
