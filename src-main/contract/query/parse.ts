import { kindOf } from './kinds.ts';
import { type Operator, operators, type Term } from './term.ts';
import { anywhere } from './terms/texts.ts';

/** A part of a query, with its place in the text. */
export type QueryNode = { from: number; to: number } & (
  | { type: 'term'; term: Term }
  /** `not(a b)`: calls that are not both; `off(…)`: written down, and left out for the moment. */
  | { type: 'not' | 'and' | 'or' | 'off'; parts: QueryNode[] }
);

/** A query that was read: all of its parts hold. */
export interface CallQuery {
  text: string;
  parts: QueryNode[];
}

/** What is wrong with a query, and where: one sentence, and what would be right there. */
export interface QueryProblem {
  from: number;
  to: number;
  message: string;
  /** Nothing is wrong so far: what is still missing may be about to be typed. */
  unfinished: boolean;
}

export type ParsedQuery = { ok: true; query: CallQuery } | { ok: false; problem: QueryProblem };

export const longestQuery = 2_000;
const deepest = 20;
export const groupWords = ['not', 'or', 'and', 'off'] as const;
type GroupWord = (typeof groupWords)[number];

class Unreadable extends Error {
  readonly problem: QueryProblem;
  constructor(from: number, to: number, message: string, unfinished = false) {
    super(message);
    this.problem = { from, to, message, unfinished };
  }
}

/** Reads a query; never throws. */
export function parseQuery(text: string): ParsedQuery {
  try {
    if (text.length > longestQuery) {
      throw new Unreadable(longestQuery, text.length, `A filter is at most ${longestQuery} characters long.`);
    }
    return { ok: true, query: { text, parts: new Reader(text).all() } };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, problem: error.problem };
    throw error;
  }
}

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  all(): QueryNode[] {
    const parts = this.#list();
    if (this.#at < this.#text.length) {
      throw new Unreadable(this.#at, this.#at + 1, 'This bracket closes nothing: put text with brackets in quotes.');
    }
    return parts;
  }

  /** Parts up to the end or a closing bracket. */
  #list(): QueryNode[] {
    const parts: QueryNode[] = [];
    for (this.#skip(); this.#at < this.#text.length && this.#text[this.#at] !== ')'; this.#skip()) {
      const part = this.#part();
      if (part !== null) parts.push(part);
    }
    return parts;
  }

  #skip(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #part(): QueryNode | null {
    const from = this.#at;
    const rest = this.#text.slice(from);
    const group = /^(not|or|and|off)\s*\(/i.exec(rest);
    if (group !== null) return this.#group(from, group[0].length, (group[1] ?? '').toLowerCase() as GroupWord);
    if (rest.startsWith('(')) {
      throw new Unreadable(from, from + 1, 'A bracket needs a word before it: not(…), or(…) or and(…).');
    }
    const lone = /^(not|or|and|off)(?=[\s)]|$)/i.exec(rest)?.[1]?.toLowerCase();
    if (lone === 'and') {
      this.#at += 3;
      return null;
    }
    if (lone !== undefined) {
      const example = lone === 'or' ? 'or(status:404 status:409)' : `${lone}(probe)`;
      throw new Unreadable(
        from,
        from + lone.length,
        `“${lone}” takes brackets: ${example}. For the word itself, use quotes.`,
      );
    }
    return this.#term(from, rest);
  }

  #group(from: number, opening: number, word: GroupWord): QueryNode {
    this.#at = from + opening;
    this.#depth += 1;
    if (this.#depth > deepest) throw new Unreadable(from, this.#at, 'These brackets are nested too deep.');
    const parts = this.#list();
    if (this.#text[this.#at] !== ')') {
      throw new Unreadable(from, this.#text.length, `The bracket of “${word}(” is not closed: a “)” is missing.`, true);
    }
    if (parts.length === 0)
      throw new Unreadable(from, this.#at + 1, `Something must stand in the brackets of “${word}()”.`);
    this.#at += 1;
    this.#depth -= 1;
    return { type: word, parts, from, to: this.#at };
  }

  #term(from: number, rest: string): QueryNode {
    const start = /^([a-z]+)(>=|<=|>|<|:|=)/i.exec(rest);
    const kind = start === null ? undefined : kindOf(start[1] ?? '');
    if (start === null || kind === undefined) return this.#bare(from, rest, start);
    const [, key = '', written = ':'] = start;
    const operator = operators.find((one) => one === written) ?? ':';
    this.#at = from + key.length + operator.length;
    if (kind.flag === true) {
      throw new Unreadable(from, this.#at, `“${kind.key}” stands alone, without a value.`);
    }
    const valueAt = this.#at;
    const value = this.#value();
    if (value === '') {
      const last = this.#at === this.#text.length;
      throw new Unreadable(from, this.#at, `After “${key}${operator}” comes ${kind.expects}.`, last);
    }
    if (kind.compares !== true && operator !== ':' && operator !== '=') {
      throw new Unreadable(from, valueAt, `“${kind.key}” takes “:”, not “${operator}”.`);
    }
    return this.#done(
      from,
      kind.parse(value, operator),
      () => `“${value}” does not fit here: ${kind.key} takes ${kind.expects}.`,
    );
  }

  /** A flag, or a text to find anywhere. */
  #bare(from: number, rest: string, start: RegExpExecArray | null): QueryNode {
    const quoted = rest.startsWith('"');
    const value = this.#value();
    const kind = quoted ? undefined : kindOf(value);
    if (kind?.flag === true) return this.#done(from, kind.parse('', ':'), () => '');
    if (!quoted && start?.[2] === ':') {
      const message = `There is no “${start[1]}:” to filter by. Put text that has a colon in quotes.`;
      throw new Unreadable(from, from + start[0].length, message);
    }
    return this.#done(from, anywhere.parse(value, ':'), () => 'There is nothing between these quotes.');
  }

  #done(from: number, term: Term | null, problem: () => string): QueryNode {
    if (term === null) throw new Unreadable(from, this.#at, problem());
    return { type: 'term', term, from, to: this.#at };
  }

  /** A quoted text, or everything up to a blank or bracket. */
  #value(): string {
    const from = this.#at;
    if (this.#text[from] !== '"') {
      const value = /^[^\s()]*/.exec(this.#text.slice(from))?.[0] ?? '';
      this.#at += value.length;
      if (this.#text[this.#at] === '(') {
        throw new Unreadable(this.#at, this.#at + 1, 'Put text that has brackets in quotes.');
      }
      return value;
    }
    const quoted = /^"((?:[^"\\]|\\.)*)"/s.exec(this.#text.slice(from));
    if (quoted === null) {
      throw new Unreadable(from, this.#text.length, 'This quote is not closed: a second “"” is missing.', true);
    }
    this.#at += quoted[0].length;
    if (/[^\s)]/.test(this.#text[this.#at] ?? ' ')) {
      throw new Unreadable(this.#at, this.#at + 1, 'A blank must follow the closing quote.');
    }
    return (quoted[1] ?? '').replaceAll(/\\(["\\])/g, '$1');
  }
}

/** A value as it is written: in quotes where it must be. */
export function quoted(value: string): string {
  if (value !== '' && !/[\s()"]/.test(value)) return value;
  return `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
}

export type { Operator };
