/** Crockford's base 32: no I, L, O, U, so that a code survives being read out or retyped. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const fiveLetters = 2 ** 25;
const sixLetters = 2 ** 30;

/**
 * The short code of a call, from its sequence number (a whole number from 0). Every number has its own code: five letters for
 * the first 2^25 calls, then six, then as many as it takes. Neighbours look unlike each other, so that nobody mixes them up.
 */
export function codeOf(seq: number): string {
  if (seq < fiveLetters) return encode(scramble(seq, fiveLetters - 1), 5);
  if (seq < fiveLetters + sixLetters) return encode(scramble(seq - fiveLetters, sixLetters - 1), 6);
  return encode(seq, 7);
}

/** A permutation of 0..mask (mask is 2^n - 1): odd factors and xor-shifts can each be undone, so no two numbers meet. */
function scramble(value: number, mask: number): number {
  let mixed = Math.imul(value, 0x2545f491) & mask;
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0x1b873593) & mask;
  return mixed ^ (mixed >>> 11);
}

/** What `scramble` made of it, undone step by step: the factors here are the inverses of its own modulo 2^32. */
function unscramble(scrambled: number, mask: number): number {
  let value = scrambled ^ (scrambled >>> 11) ^ (scrambled >>> 22);
  value = Math.imul(value, 0x56ed309b) & mask;
  value ^= (value >>> 13) ^ (value >>> 26);
  return Math.imul(value, 0x41444c71) & mask;
}

function encode(value: number, length: number): string {
  let rest = value;
  let code = '';
  while (rest > 0 || code.length < length) {
    code = alphabet.charAt(rest % 32) + code;
    rest = Math.floor(rest / 32);
  }
  return code;
}

/** The sequence number of a code in its stored form (see `normaliseCode`); null when the text is no call's code. */
export function seqOf(code: string): number | null {
  let value = 0;
  for (const letter of code) {
    const digit = alphabet.indexOf(letter);
    if (digit < 0) return null;
    value = value * 32 + digit;
  }
  if (code.length === 5) return unscramble(value, fiveLetters - 1);
  if (code.length === 6) return unscramble(value, sixLetters - 1) + fiveLetters;
  return Number.isSafeInteger(value) && codeOf(value) === code ? value : null;
}

/** A code as someone typed it, in the form it is stored: upper case, with the look-alikes O, I and L read as 0, 1 and 1. */
export function normaliseCode(typed: string): string {
  return typed.trim().toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}
