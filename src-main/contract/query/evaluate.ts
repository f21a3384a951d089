import type { CallFacts, Verdict } from './facts.ts';
import type { CallQuery, QueryNode } from './parse.ts';

/** Whether a call fits the query; undefined where what is known of it does not tell. */
export function fits(query: Pick<CallQuery, 'parts'>, facts: CallFacts, now: number): Verdict {
  return all(query.parts, facts, now);
}

/** The same for one part. A part that is switched off fits everything. */
export function partFits(part: QueryNode, facts: CallFacts, now: number): Verdict {
  switch (part.type) {
    case 'term':
      return part.term.test(facts, now);
    case 'and':
      return all(part.parts, facts, now);
    case 'or':
      return any(part.parts, facts, now);
    case 'not': {
      if (part.parts.every(({ type }) => type === 'off')) return true;
      const verdict = all(part.parts, facts, now);
      return verdict === undefined ? undefined : !verdict;
    }
    case 'off':
      return true;
  }
}

function all(parts: readonly QueryNode[], facts: CallFacts, now: number): Verdict {
  let verdict: Verdict = true;
  for (const part of parts) {
    const one = partFits(part, facts, now);
    if (one === false) return false;
    if (one === undefined) verdict = undefined;
  }
  return verdict;
}

function any(parts: readonly QueryNode[], facts: CallFacts, now: number): Verdict {
  let verdict: Verdict = false;
  let on = false;
  for (const part of parts) {
    if (part.type === 'off') continue;
    on = true;
    const one = partFits(part, facts, now);
    if (one === true) return true;
    if (one === undefined) verdict = undefined;
  }
  return on ? verdict : true;
}
