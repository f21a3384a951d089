import {
  type SimulatorEvent,
  type SimulatorOptions,
  type SimulatorSummary,
  simulate,
} from '../../../src-main/entra/index.ts';
import type { EndpointDouble, Received } from './endpoint-double.ts';

export type CallEvent = Extract<SimulatorEvent, { type: 'call' }>;

export interface Played {
  calls: CallEvent[];
  failures: CallEvent[];
  summary: SimulatorSummary;
}

/** Plays the simulator to its end. */
export async function play(
  url: string,
  options: Partial<SimulatorOptions> = {},
  signal = new AbortController().signal,
): Promise<Played> {
  const calls: CallEvent[] = [];
  let summary: SimulatorSummary | undefined;
  const full = { url, token: 'wave-token', users: 3, groups: 2, seed: 1, compliant: false, ...options };
  for await (const event of simulate(full, signal)) {
    if (event.type === 'call') calls.push(event);
    if (event.type === 'end') summary = event.summary;
  }
  if (!summary) throw new Error('The run had no end.');
  return { calls, failures: calls.filter(({ outcome }) => outcome === 'failed'), summary };
}

/** Bodies of the requests that match, parsed. */
export function bodies(double: EndpointDouble, method: string, path: RegExp): unknown[] {
  return requests(double, method, path).map(({ body }) => JSON.parse(body));
}

export function requests(double: EndpointDouble, method: string, path: RegExp): Received[] {
  return double.received.filter((one) => one.method === method && path.test(one.url));
}
