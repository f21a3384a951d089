import type { CallQuery, QueryNode } from './parse.ts';

/** What a query asks for, in words: "Failed calls about users named like “ada”, in the last 10 minutes, without practice". */
export function describeQuery({ parts }: Pick<CallQuery, 'parts'>): string {
  const adjectives: string[] = [];
  const clauses: string[] = [];
  for (const part of flat(parts)) {
    const adjective = part.type === 'term' ? part.term.phrase.adjective : undefined;
    if (adjective === undefined) clauses.push(describePart(part));
    else adjectives.push(adjective);
  }
  const what = adjectives.length === 0 ? 'all calls' : `${adjectives.join(' ')} calls`;
  const said = clauses.length === 0 ? what : `${adjectives.length === 0 ? 'calls' : what} ${clauses.join(', ')}`;
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** One part as it reads after "calls". */
export function describePart(part: QueryNode, negated = false): string {
  switch (part.type) {
    case 'term':
      return negated ? part.term.phrase.not : part.term.phrase.is;
    case 'not': {
      const inner = flat(part.parts);
      const only = inner.length === 1 ? inner[0] : undefined;
      if (only !== undefined) return describePart(only, !negated);
      return joined(inner, negated ? 'and' : 'or', !negated);
    }
    case 'and':
      return joined(flat(part.parts), negated ? 'or' : 'and', negated);
    case 'or':
      return joined(switchedOn(part.parts), negated ? 'and' : 'or', negated);
    case 'off':
      return describePart({ ...part, type: 'and' }, negated);
  }
}

/** Parts that count, those of `and(…)` among them. */
function flat(parts: readonly QueryNode[]): QueryNode[] {
  return switchedOn(parts).flatMap((part) => (part.type === 'and' ? flat(part.parts) : [part]));
}

const switchedOn = (parts: readonly QueryNode[]) => parts.filter((part) => part.type !== 'off');

function joined(parts: readonly QueryNode[], word: 'and' | 'or', negated: boolean): string {
  const words = parts.map((part) => describePart(part, negated)).join(` ${word} `);
  return word === 'or' && parts.length > 1 ? `either ${words}` : words;
}
