/**
 * The query language of the feed, pure: read, decide, explain, complete and edit. The store and the window use the same one, so a
 * call that arrives is judged as one that is stored. A kind of condition is one file in `terms/`, listed in `kinds.ts`.
 */
export { type Completion, type Completions, complete } from './complete.ts';
export { describePart, describeQuery } from './describe.ts';
export { hasPart, partsOf, switchPart, withoutPart, withPart } from './edit.ts';
export { fits, partFits } from './evaluate.ts';
export { addressOf, type CallFacts, factsOfSummary, folded, foldedBody, type Verdict } from './facts.ts';
export {
  type CallQuery,
  longestQuery,
  type ParsedQuery,
  parseQuery,
  type QueryNode,
  type QueryProblem,
  quoted,
} from './parse.ts';
export type { Known } from './term.ts';
