/** What we know of Entra. The door of the room. */
export { createPractice, type Practice } from './practice.ts';
export { readTenantUrl, userAgent } from './simulator/client.ts';
export type { SimulatorCall, SimulatorEvent, SimulatorPhase, SimulatorSummary } from './simulator/events.ts';
export { type SimulatorOptions, simulate } from './simulator/simulate.ts';
