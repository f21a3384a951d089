import { instant } from '../dates.ts';
import { quoted } from '../errors.ts';
import { fold } from '../fold.ts';
import type { Attribute } from '../schemas/types.ts';
import type { CompareOperator } from './types.ts';

/** A literal as written: `"text"` or a bare word (`true`, `42`, `null`, or Entra's unquoted text). */
export interface Literal {
  readonly quoted: boolean;
  readonly text: string;
}

/** A literal in an attribute's type: see `CompareFilter`. */
export interface Operand {
  readonly value: string | number | boolean | null;
  readonly comparable: string | number | boolean | null;
}

const order: ReadonlySet<CompareOperator> = new Set(['gt', 'ge', 'lt', 'le']);
const substring: ReadonlySet<CompareOperator> = new Set(['co', 'sw', 'ew']);
const jsonNumber = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Reads a literal as `attribute`'s type. A string says why the comparison makes no sense. */
export function operandFor(attribute: Attribute, op: CompareOperator, literal: Literal): Operand | string {
  const { text } = literal;
  if (!literal.quoted && text.toLowerCase() === 'null') {
    return op === 'eq' || op === 'ne'
      ? { value: null, comparable: null }
      : `null goes with eq and ne only, not with ${op}`;
  }
  if (attribute.open) return openOperand(op, literal);
  switch (attribute.type) {
    case 'boolean': {
      const value = booleanOf(text);
      if (op !== 'eq' && op !== 'ne') return `${attribute.name} is true or false: only eq and ne compare it, not ${op}`;
      if (value === undefined) return `${attribute.name} is true or false, not ${quoted(text)}`;
      return { value, comparable: value };
    }
    case 'integer':
    case 'decimal': {
      if (substring.has(op)) return `${attribute.name} is a number: ${op} compares text`;
      const value = numberOf(text);
      if (value === undefined) return `${attribute.name} is a number, not ${quoted(text)}`;
      return { value, comparable: value };
    }
    case 'dateTime': {
      if (substring.has(op)) return { value: text, comparable: fold(text) };
      const at = instant(text);
      if (at === null) {
        return `${attribute.name} is a date such as "2026-03-01T08:00:00Z", not ${quoted(text)}`;
      }
      return { value: text, comparable: at };
    }
    case 'binary':
      if (order.has(op)) return `${attribute.name} is binary: it has no order for ${op}`;
      return { value: text, comparable: text };
    default:
      return { value: text, comparable: attribute.caseExact ? text : fold(text) };
  }
}

/** `true` and `false` in any letter case, as Entra writes them; undefined for other text. */
export function booleanOf(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

/** A JSON number that fits a double; undefined for other text. */
export function numberOf(text: string): number | undefined {
  const value = jsonNumber.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** An attribute no schema knows has the type of the literal. */
function openOperand(op: CompareOperator, { quoted, text }: Literal): Operand {
  const value = quoted || substring.has(op) ? text : (booleanOf(text) ?? numberOf(text) ?? text);
  return { value, comparable: typeof value === 'string' ? fold(value) : value };
}
