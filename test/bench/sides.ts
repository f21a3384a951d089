import { join } from 'node:path';
import { type Started, start } from './child.ts';
import { company, idOf } from './company.ts';
import type { Flags } from './flags.ts';
import { copyPilot, filledFolder, pilotFile, type RunFolder, warm } from './folders.ts';
import { type Interference, measureInterference } from './interference.ts';
import { measure, type Side, type Timing } from './measure.ts';
import { type Peer, startPeer } from './peer.ts';
import { type Memory, printMemory, printRow, type RowResult } from './report.ts';
import { filledIds, onFloor, type Row, rowsOf } from './rows.ts';

/** The peer is measured with so many users: it holds them in memory and looks at each for a filter. */
const peerUsers = 1_000;
/** What the cost at a larger size is compared with. */
const smallUsers = 1_000;

export interface SizeResult {
  results: RowResult[];
  interference: Interference[];
  memory: Memory;
}

/**
 * Measures the rows with `users` users beside the floor; at the `largest` size also beside the same rows with 1,000 users, and
 * what large things do to them. With `--only` nothing but the rows it names.
 */
export async function measureSize(users: number, flags: Flags, run: RunFolder, largest: boolean): Promise<SizeResult> {
  const { only, connections } = flags;
  const people = company(users);
  const filled = await filledFolder(users, run);
  const dataDir = copyPilot(filled, run, `pilot-${users}`);
  const floorFile = join(filled, 'floor.db');
  const ours = await start('pilot-server.ts', dataDir);
  const floor = await start('floor-server.ts', floorFile, run.make(`floor-${users}`));
  await sameAnswer(ours, floor);
  const peer = only === null && users === peerUsers ? await startPeer(people, connections) : null;
  const small = only === null && largest && users > smallUsers ? await startSmall(run, connections) : null;
  const rows = rowsOf(people, filledIds, connections);
  const results: RowResult[] = [];
  for (const row of rows.filter(({ name }) => only === null || name.includes(only))) {
    const smallest = rows.find(({ name }) => name.startsWith('PATCH group of 10,'));
    const reference =
      small === null
        ? null
        : row.name.startsWith('PATCH group of 100,000,') && smallest !== undefined
          ? { what: 'group of 10', side: { server: ours, lists: smallest.lists }, floor: null }
          : small.reference(row.name);
    const inCache = () => warm([pilotFile(dataDir), floorFile, ...(small?.files ?? [])]);
    await inCache();
    const result = await measureRow(row, users, { ours, floor, peer, reference }, flags, inCache);
    printRow(result);
    results.push(result);
  }
  const disturbed =
    largest && only === null && users >= 100_000 ? await measureInterference(ours, people, rows, flags) : [];
  const { rss, peakRss } = await ours.usage();
  const memory = { users, rss, peakRss };
  printMemory(memory);
  await Promise.all([ours.stop(), floor.stop(), peer?.server.stop(), small?.stop()]);
  return { results, interference: disturbed, memory };
}

/**
 * A pilot of our own with 1,000 users, to compare with in the same minutes: fresh, for the one before has grown by its POSTs.
 * With its floor: that costs more with more rows as well.
 */
async function startSmall(run: RunFolder, connections: number) {
  const filled = await filledFolder(smallUsers, run);
  const dataDir = copyPilot(filled, run, 'pilot-small');
  const floorFile = join(filled, 'floor.db');
  const server = await start('pilot-server.ts', dataDir);
  const floor = await start('floor-server.ts', floorFile, run.make('floor-small'));
  const rows = rowsOf(company(smallUsers), filledIds, connections);
  return {
    files: [pilotFile(dataDir), floorFile],
    stop: () => Promise.all([server.stop(), floor.stop()]),
    reference(name: string): Reference | null {
      const row = rows.find((row) => row.name === name);
      if (row === undefined) return null;
      const { kind, lists } = row;
      return {
        what: '1,000 users',
        side: { server, lists },
        // Its inserts go into an empty table, whatever there is to be read.
        floor: kind === 'read' ? { server: floor, lists: (shot) => onFloor(lists(shot), 'normal') } : null,
      };
    },
  };
}

interface Reference {
  what: string;
  side: Side;
  floor: Side | null;
}

interface Servers {
  ours: Started;
  floor: Started;
  peer: Peer | null;
  reference: Reference | null;
}

async function measureRow(
  row: Row,
  users: number,
  servers: Servers,
  timing: Timing,
  inCache: () => Promise<void>,
): Promise<RowResult> {
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
  const { reference } = servers;
  const references = [reference?.side ?? null, reference?.floor ?? null].filter((side) => side !== null);
  const [us, first, ...rest] = await measure([ours, ...floors, ...peers, ...references], timing, inCache);
  if (us === undefined || first === undefined) throw new Error(`${name} was not measured.`);
  const full = kind === 'write' ? rest.shift() : undefined;
  const peer = peers.length > 0 ? rest.shift() : undefined;
  const [figures, floorFigures] = rest;
  return {
    row: name,
    users,
    ours: us,
    floor: full === undefined ? { read: first } : { normal: first, full },
    peer: peer ?? null,
    reference:
      reference === null || figures === undefined
        ? null
        : { what: reference.what, figures, floor: floorFigures ?? null },
  };
}

/** The floor is fair only while it answers what we answer. */
async function sameAnswer(ours: Started, floor: Started): Promise<void> {
  const ask = async (url: string, headers: Record<string, string>) => {
    const answer = await fetch(url, { headers });
    // Fastify names the character set of JSON by itself.
    const type = answer.headers.get('content-type')?.split(';')[0];
    return { type, length: (await answer.text()).length };
  };
  const us = await ask(`http://127.0.0.1:${ours.port}/scim/v2/Users/${idOf(0)}`, ours.headers);
  const them = await ask(`http://127.0.0.1:${floor.port}/user/${idOf(0)}`, {});
  if (Math.abs(us.length - them.length) > 10 || us.type !== them.type) {
    throw new Error(
      `The floor answers ${them.length} characters of ${them.type}, we ${us.length} of ${us.type}: fill.ts no longer renders what we answer.`,
    );
  }
}
