/** Azure's provisioning log, read from whatever form it was downloaded in (docs/entra.md). */
export { bareEntry } from './entry.ts';
export { createLogReader, type LogItem, type LogReader } from './reader.ts';
export { skipOf } from './skips.ts';
