/** Imported logs in the pilot's database. */
export { createLogStore, type LogStore, type StoredMatch } from './store.ts';
