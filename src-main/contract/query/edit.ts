import { parseQuery, type QueryNode } from './parse.ts';

/** The parts of a query as they are written, at its top; none while it can't be read. */
export function partsOf(text: string): { part: QueryNode; text: string; on: boolean }[] {
  const read = parseQuery(text);
  if (!read.ok) return [];
  return read.query.parts.map((part) => ({ part, text: text.slice(part.from, part.to), on: part.type !== 'off' }));
}

/** Whether the query demands `term`, e.g. `failed` or `not(probe)`. */
export function hasPart(text: string, term: string): boolean {
  return partsOf(text).some((part) => part.text.toLowerCase() === term);
}

/** The query with `term` in it, or without it. */
export function withPart(text: string, term: string, wanted: boolean): string {
  const found = partsOf(text).filter((part) => [term, `off(${term})`].includes(part.text.toLowerCase()));
  const rest = found.reduceRight((left, { part }) => cut(left, part, ''), text);
  return wanted ? `${rest} ${term}`.trim() : rest;
}

export const withoutPart = (text: string, part: QueryNode): string => cut(text, part, '');

/** Switches a part off for a moment, or on again. */
export function switchPart(text: string, part: QueryNode): string {
  const written = text.slice(part.from, part.to);
  return cut(
    text,
    part,
    part.type === 'off' ? written.replace(/^off\s*\(\s*/i, '').replace(/\s*\)$/, '') : `off(${written})`,
  );
}

function cut(text: string, { from, to }: QueryNode, instead: string): string {
  return [text.slice(0, from).trimEnd(), instead, text.slice(to).trimStart()].filter((part) => part !== '').join(' ');
}
