import { join } from 'node:path';
import { type Started, start } from './child.ts';
import { company, idOf } from './company.ts';
import type { Flags } from './flags.ts';
import { copyPilot, filledFolder, type RunFolder } from './folders.ts';
import { type Interference, measureInterference } from './interference.ts';
import { measure, type Side, type Timing } from './measure.ts';
import { type Peer, startPeer } from './peer.ts';
import { type Memory, printMemory, printRow, type RowResult } from './report.ts';
import { filledIds, onFloor, type Row, rowsOf } from './rows.ts';

/** The peer is measured with so many users: it holds them in memory and looks at each for a filter. */
const peerUsers = 1_000;

export interface SizeResult {
  results: RowResult[];
  interference: Interference[];
  memory: Memory;
}

/**
 * Measures the rows with `users` users beside the floor; `interference`: also what large things do to them. With `--only`
 * nothing but the rows it names.
 */
export async function measureSize(
  users: number,
  flags: Flags,
  run: RunFolder,
  interference: boolean,
): Promise<SizeResult> {
  const { only } = flags;
  const people = company(users);
  const filled = await filledFolder(users, run);
  const ours = await start('pilot-server.ts', copyPilot(filled, run, `pilot-${users}`));
  const floor = await start('floor-server.ts', join(filled, 'floor.db'), run.make(`floor-${users}`));
  await sameAnswer(ours, floor);
  const peer = only === null && users === peerUsers ? await startPeer(people) : null;
  const rows = rowsOf(people, filledIds);
  const results: RowResult[] = [];
  for (const row of rows.filter(({ name }) => only === null || name.includes(only))) {
    const result = await measureRow(row, users, { ours, floor, peer }, flags);
    printRow(result);
    results.push(result);
  }
  const disturbed = interference ? await measureInterference(ours, people, rows, flags) : [];
  const { rss, peakRss } = await ours.usage();
  const memory = { users, rss, peakRss };
  printMemory(memory);
  await Promise.all([ours.stop(), floor.stop(), peer?.server.stop()]);
  return { results, interference: disturbed, memory };
}

interface Servers {
  ours: Started;
  floor: Started;
  peer: Peer | null;
}

async function measureRow(row: Row, users: number, servers: Servers, timing: Timing): Promise<RowResult> {
  const { name, kind, lists } = row;
  const floorSide = (synchronous: 'normal' | 'full'): Side => ({
    server: servers.floor,
    lists: (shot) => onFloor(lists(shot), synchronous),
  });
  const ours: Side = { server: servers.ours, lists };
  const floors = kind === 'read' ? [floorSide('normal')] : [floorSide('normal'), floorSide('full')];
  const peerRow = servers.peer?.rows.get(name);
  const peers: Side[] =
    servers.peer === null || peerRow === undefined ? [] : [{ server: servers.peer.server, lists: peerRow.lists }];
  const figures = await measure([ours, ...floors, ...peers], timing);
  const [us, ...others] = figures;
  const [first, second] = others;
  if (us === undefined || first === undefined) throw new Error(`${name} was not measured.`);
  return {
    row: name,
    users,
    ours: us,
    floor: kind === 'read' || second === undefined ? { read: first } : { normal: first, full: second },
    peer: others[floors.length] ?? null,
  };
}

/** The floor is fair only while it answers what we answer. */
async function sameAnswer(ours: Started, floor: Started): Promise<void> {
  const ask = async (url: string, headers: Record<string, string>) => {
    const answer = await fetch(url, { headers });
    return { type: answer.headers.get('content-type'), length: (await answer.text()).length };
  };
  const us = await ask(`http://127.0.0.1:${ours.port}/scim/v2/Users/${idOf(0)}`, ours.headers);
  const them = await ask(`http://127.0.0.1:${floor.port}/user/${idOf(0)}`, {});
  if (Math.abs(us.length - them.length) > 10 || us.type !== them.type) {
    throw new Error(
      `The floor answers ${them.length} characters of ${them.type}, we ${us.length} of ${us.type}: fill.ts no longer renders what we answer.`,
    );
  }
}
