/** Whether the rows stay quick while something large runs: a group being read, a scan of all users. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Started } from './child.ts';
import { type Company, idOf } from './company.ts';
import { fire, median, type Timing } from './measure.ts';
import { printInterference } from './report.ts';
import type { Row } from './rows.ts';

/** A row's p99, alone and while something runs, milliseconds. */
export interface Interference {
  row: string;
  during: string;
  alone: number;
  disturbed: number;
  /** The median of the rounds, each compared with the quiet one beside it. */
  ratio: number;
  /** How often the large thing was done meanwhile. */
  times: number;
}

interface Disturbance {
  name: string;
  path: string;
}

/** Of a load, at most: a server that more keep busy to its limit hardly gets on with the large thing, and is not disturbed. */
const connections = 16;

const disturbedRows = ['GET user by id', 'filter userName eq', 'POST user'];

export async function measureInterference(
  ours: Started,
  people: Company,
  rows: readonly Row[],
  { seconds, rounds }: Timing,
): Promise<Interference[]> {
  const [group] = people.regions;
  if (group === undefined) return [];
  const large: Disturbance[] = [
    { name: `a group of ${group.size.toLocaleString('en')} is read`, path: `/Groups/${idOf(group.record)}` },
    {
      name: `a filter scans ${people.users.toLocaleString('en')} users`,
      path: `/Users?filter=${encodeURIComponent('name.familyName co "nobody"')}`,
    },
  ];
  const results: Interference[] = [];
  for (const { name, lists } of rows.filter((row) => disturbedRows.includes(row.name))) {
    const side = { server: ours, lists: (shot: number) => lists(shot).slice(0, connections) };
    const quiet: number[] = [];
    const seen = large.map((disturbance) => ({ disturbance, p99s: [] as number[], times: 0 }));
    for (let round = 0; round < rounds; round++) {
      quiet.push((await fire(side, seconds)).p99);
      for (const one of seen) {
        const times = await whileRunning(ours, one.disturbance, async () => {
          one.p99s.push((await fire(side, seconds)).p99);
        });
        one.times += times;
      }
    }
    for (const { disturbance, p99s, times } of seen) {
      const result: Interference = {
        row: name,
        during: disturbance.name,
        alone: median(quiet),
        disturbed: median(p99s),
        ratio: median(p99s.map((p99, round) => p99 / (quiet[round] ?? Number.NaN))),
        times,
      };
      printInterference(result, people.users);
      results.push(result);
    }
  }
  return results;
}

/** Does `act` while the large thing is asked for again and again; gives how often it was done to its end. */
async function whileRunning(server: Started, { path }: Disturbance, act: () => Promise<void>): Promise<number> {
  let times = 0;
  const thread = new Worker(new URL('./disturb.ts', import.meta.url), {
    workerData: { url: `http://127.0.0.1:${server.port}/scim/v2${path}`, headers: server.headers },
  });
  const failed = new Promise<never>((_, reject) => thread.once('error', reject));
  thread.on('message', () => times++);
  try {
    await Promise.race([once(thread, 'online'), failed]);
    await Promise.race([act(), failed]);
  } finally {
    await thread.terminate();
  }
  return times;
}
