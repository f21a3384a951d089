import type { CallFacts, Verdict } from './facts.ts';

/** How a term reads in the sentence that explains a query: "Failed calls about users named like “ada”, without practice". */
export interface Phrase {
  /** Before "calls", e.g. "failed". */
  adjective?: string;
  /** After "calls", e.g. "answered with 404"; and the opposite. */
  is: string;
  not: string;
}

/** What lets the store look in fewer places. A hint: `test` alone decides. */
export interface Narrow {
  /** Calls that fit hold this text (folded) in their name, address, bodies or changes. */
  text?: string;
  /** Where alone that text can be. */
  within?: 'request' | 'response' | 'bodies';
  /** Calls that fit took longer than this, milliseconds. */
  slowerThan?: number;
  /** Calls that fit came in this span: from, up to and without, milliseconds since 1970. */
  span?(now: number): { from: number; to: number };
}

/** One condition of a query. */
export interface Term {
  phrase: Phrase;
  test(facts: CallFacts, now: number): Verdict;
  narrow?: Narrow;
}

export const operators = ['>=', '<=', '>', '<', ':', '='] as const;
export type Operator = (typeof operators)[number];

/** What the window knows of the calls it has loaded, to complete with. */
export interface Known {
  users: readonly string[];
  groups: readonly string[];
  sources: readonly string[];
  /** Codes of explanations. */
  whys: readonly string[];
}

/** A value offered while one is typed. */
export interface ValueOffer {
  value: string;
  /** What it means, where the value alone does not say. */
  says?: string;
}

/** A kind of condition: how it is written, read, explained and completed. One file each, listed in `kinds.ts`. */
export interface TermKind {
  key: string;
  /** A word of its own, without a value. */
  flag?: true;
  /** How the completion explains it. */
  says: string;
  /** Operators besides `:` and `=`, which mean the same. */
  compares?: true;
  /** What a value must be, for errors: "a status, e.g. 404, 4xx or 400..499". */
  expects: string;
  /** Null: the value is none of this kind. */
  parse(value: string, operator: Operator): Term | null;
  offers?(known: Known): readonly ValueOffer[];
}
