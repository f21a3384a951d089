import { jsonLanguage } from '@codemirror/lang-json';

/** Where a text stops being JSON; both count from 1. */
export interface JsonProblem {
  line: number;
  column: number;
  /** In a few words. */
  words: string;
}

/** Null for JSON; an empty text is none. */
export function jsonProblem(text: string): JsonProblem | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const told = /at position (\d+)/.exec(message)?.[1];
    const at = told === undefined ? (firstError(text) ?? text.length) : Number(told);
    const before = text.slice(0, at).split('\n');
    const words = message.replace(/,? (in JSON )?at position.*$/s, '').replace(/, (\.{3})?".*$/s, '');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, words };
  }
}

/** The browser names no place for a word that is no value: the parser of the colours does. */
function firstError(text: string): number | null {
  let at: number | null = null;
  jsonLanguage.parser.parse(text).iterate({
    enter(node) {
      if (node.type.isError) at ??= node.from;
    },
  });
  return at;
}
