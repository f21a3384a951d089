/** Captured provisioning calls: identity, store, readings, live subscribers. The door of the room. */
export { codeOf, normaliseCode, seqOf } from './codes.ts';
export { callOfSeq, callsAround, callsBetween, keptSpan, type LogCall, positionsBetween } from './for-logs.ts';
export type { GuideFacts } from './guide-facts.ts';
export type { WatchEvent } from './live.ts';
export type { CallNeed } from './needs.ts';
export { callQueries } from './queries.ts';
export { searchIndexFile } from './query/search-index.ts';
export type { Readings } from './readings.ts';
export type { PlainCall } from './rows.ts';
export { type SavedFilters, savedFiltersKey } from './saved-filters.ts';
export {
  type CallMeaning,
  type CallQuestion,
  type CallStore,
  type CallStoreOptions,
  createCallStore,
} from './store.ts';
