export { isBulk } from './bulk.ts';
export { explain, noteOf, outcomeOf } from './explain.ts';
export { explanationsOf } from './stored.ts';
export type { Finding, World } from './types.ts';
