import { parseArgs } from 'node:util';

export interface Flags {
  /** Users, ascending. */
  sizes: number[];
  /** Only rows whose name holds this; then nothing but them and their floor is measured. */
  only: string | null;
  /** Of a load, each waiting for its answer before it asks again. */
  connections: number;
  seconds: number;
  rounds: number;
  /** Calls that the feed's queries are asked over; 0: they are not measured. */
  calls: number;
}

export function parseFlags(): Flags {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '1000,100000' },
      full: { type: 'boolean', default: false },
      only: { type: 'string' },
      connections: { type: 'string', default: '64' },
      seconds: { type: 'string', default: '3' },
      rounds: { type: 'string', default: '3' },
      calls: { type: 'string', default: '1000000' },
    },
  });
  const sizes = [...new Set([...values.sizes.split(',').map(Number), ...(values.full ? [1_000_000] : [])])];
  for (const size of sizes) {
    const unit = size > 100_000 ? 100_000 : 1_000;
    if (!(size >= 1_000 && size % unit === 0)) {
      throw new Error('--sizes: multiples of 1,000 users, above 100,000 of 100,000, with commas between.');
    }
  }
  const connections = Number(values.connections);
  if (!(Number.isInteger(connections) && connections >= 1)) throw new Error('--connections: a whole number above 0.');
  const [seconds, rounds] = [Number(values.seconds), Number(values.rounds)];
  if (!(seconds > 0) || !(rounds >= 1)) throw new Error('--seconds and --rounds: numbers above 0.');
  const calls = Number(values.calls);
  if (!(calls >= 0)) throw new Error('--calls: a number.');
  return { sizes: sizes.sort((a, b) => a - b), only: values.only ?? null, connections, seconds, rounds, calls };
}
