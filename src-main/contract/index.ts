export type * from './calls.ts';
export type * from './directory.ts';
export type * from './events.ts';
export type * from './json.ts';
export type * from './ports.ts';
export type * from './resources.ts';
export type * from './status.ts';
export type * from './store.ts';
