import { type Started, start } from './child.ts';
import { company, idOf } from './company.ts';
import type { Flags } from './flags.ts';
import { copyPilot, filledFolder, type RunFolder } from './folders.ts';
import { measure } from './measure.ts';
import { printRow, type RowResult } from './report.ts';
import { filledIds, onFloor, type Row, rowsOf } from './rows.ts';

/** Measures the rows with `users` users beside the floor. */
export async function measureSize(users: number, flags: Flags, run: RunFolder): Promise<RowResult[]> {
  const filled = await filledFolder(users, run);
  const ours = await start('pilot-server.ts', copyPilot(filled, run, `pilot-${users}`));
  const floor = await start('floor-server.ts', `${filled}/floor.db`, run.make(`floor-${users}`));
  await sameAnswer(ours, floor);
  const results: RowResult[] = [];
  const rows = rowsOf(company(users), filledIds, flags.seconds);
  for (const row of rows.filter(({ name }) => flags.only === null || name.includes(flags.only))) {
    const result = await measureRow(row, users, ours, floor, flags);
    printRow(result);
    results.push(result);
  }
  await ours.stop();
  await floor.stop();
  return results;
}

async function measureRow(row: Row, users: number, ours: Started, floor: Started, flags: Flags): Promise<RowResult> {
  const { name, kind, lists } = row;
  const us = { server: ours, lists };
  const onFloorWith = (synchronous: 'normal' | 'full') => ({
    server: floor,
    lists: (shot: number) => onFloor(lists(shot), synchronous),
  });
  const [first, second, third] = await measure(
    kind === 'read' ? [us, onFloorWith('normal')] : [us, onFloorWith('normal'), onFloorWith('full')],
    flags,
  );
  if (first === undefined || second === undefined) throw new Error(`${name} was not measured.`);
  return {
    row: name,
    users,
    kind,
    ours: first,
    floor: third === undefined ? { read: second } : { normal: second, full: third },
  };
}

/** The floor is fair only while it answers what we answer. */
async function sameAnswer(ours: Started, floor: Started): Promise<void> {
  const [us, them] = await Promise.all([
    fetch(`http://127.0.0.1:${ours.port}/scim/v2/Users/${idOf(0)}`, { headers: ours.headers }),
    fetch(`http://127.0.0.1:${floor.port}/user/${idOf(0)}`),
  ]);
  const [ourText, floorText] = [await us.text(), await them.text()];
  const types = [us.headers.get('content-type'), them.headers.get('content-type')];
  if (Math.abs(ourText.length - floorText.length) > 10 || types[0] !== types[1]) {
    throw new Error(
      `The floor answers ${types[1]} of ${floorText.length} characters, we ${types[0]} of ${ourText.length}.`,
    );
  }
}
