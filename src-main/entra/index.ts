/** What we know of Entra. The door of the room. */
export { createLogStore, type LogStore, type StoredMatch } from './log-store/index.ts';
export { createLogReader, type LogItem, type LogReader } from './logs/index.ts';
export { createPractice, type Practice } from './practice.ts';
export { readAzureSchema } from './schema/read-schema.ts';
export { readTenantUrl, userAgent } from './simulator/client.ts';
export type { SimulatorCall, SimulatorEvent, SimulatorPhase, SimulatorSummary } from './simulator/events.ts';
export { type SimulatorOptions, simulate } from './simulator/simulate.ts';
