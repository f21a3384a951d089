import type { Operator } from '../term.ts';

/** A span of numbers, both ends included; null: open. */
export interface NumberSpan {
  from: number | null;
  to: number | null;
}

/** `404`, `400..499`, and what an operator makes of one number. `unit`: the smallest step, so that `>` and `>=` can differ. */
export function parseSpan(value: string, operator: Operator): NumberSpan | null {
  const range = /^(\d+(?:\.\d+)?)(?:\.\.|-)(\d+(?:\.\d+)?)$/.exec(value);
  const exact = operator === ':' || operator === '=';
  if (range !== null) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    return exact && from <= to ? { from, to } : null;
  }
  if (!/^\d+(\.\d+)?$/.test(value)) return null;
  const number = Number(value);
  if (exact) return { from: number, to: number };
  return operator.startsWith('>') ? { from: number, to: null } : { from: null, to: number };
}

/** Whether a number is in the span; `>` and `<` leave its end out. */
export function inSpan(number: number, { from, to }: NumberSpan, operator: Operator): boolean {
  if (operator === '>') return from !== null && number > from;
  if (operator === '<') return to !== null && number < to;
  return (from === null || number >= from) && (to === null || number <= to);
}
