import type Database from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Writer } from '../../../src-main/contract/index.ts';
import { createWriter, openDatabase } from '../../../src-main/storage/index.ts';
import { rememberingLog, temporaryFolder } from './support.ts';

let db: Database.Database;
let writer: Writer;
let log: ReturnType<typeof rememberingLog>;

beforeEach(() => {
  db = openDatabase(temporaryFolder(), ['CREATE TABLE log (text TEXT NOT NULL) STRICT;']);
  log = rememberingLog();
  writer = createWriter(db, { log });
  return () => db.close();
});

const write = (text: string) => db.prepare('INSERT INTO log (text) VALUES (?)').run(text);
const texts = () => db.prepare('SELECT text FROM log ORDER BY rowid').pluck().all();
const value = <T>(outcome: { ok: true; value: T } | { ok: false; error: unknown }) => {
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
};

describe('createWriter', () => {
  test('runs units in order in one transaction and answers after it', async () => {
    const seen: boolean[] = [];
    const work = (text: string) => () => {
      seen.push(db.inTransaction);
      write(text);
      return text.toUpperCase();
    };
    const answers = Promise.all([writer.submit(work('a'), value), writer.submit(work('b'), value)]);
    expect(texts()).toEqual([]);
    expect(await answers).toEqual(['A', 'B']);
    expect(seen).toEqual([true, true]);
    expect(db.inTransaction).toBe(false);
    expect(texts()).toEqual(['a', 'b']);
  });

  test('a unit that throws is undone alone; its settle still writes', async () => {
    const failing = writer.submit(
      () => {
        write('half');
        throw new Error('refused');
      },
      (outcome) => {
        write(`record: ${outcome.ok}`);
        return outcome.ok ? 'ok' : String(outcome.error);
      },
    );
    const fine = writer.submit(
      () => write('whole'),
      () => 'fine',
    );
    expect(await Promise.all([failing, fine])).toEqual(['Error: refused', 'fine']);
    expect(texts()).toEqual(['record: false', 'whole']);
  });

  test('a part that throws is undone alone, with the parts in it, and the unit goes on', async () => {
    const undone: string[] = [];
    writer.onUndone(() => undone.push('told'));
    const said = await writer.submit(() => {
      write('before');
      const part = writer.within(() => {
        write('part');
        expect(writer.within(() => write('inner')).ok).toBe(true);
        throw new Error('no further');
      });
      write('after');
      return part.ok ? 'stored' : String(part.error);
    }, value);
    expect(said).toBe('Error: no further');
    expect(texts()).toEqual(['before', 'after']);
    expect(undone).toEqual(['told']);
  });

  test('a settle that throws takes its unit with it, and only that', async () => {
    const lost = writer.submit(
      () => write('work'),
      () => {
        write('record');
        throw new Error('bad settle');
      },
    );
    const fine = writer.submit(
      () => write('other'),
      () => 'fine',
    );
    await expect(lost).rejects.toThrow('bad settle');
    expect(await fine).toBe('fine');
    expect(texts()).toEqual(['other']);
  });

  test('what shares a group with something that throws is stored once, and memory is told of what was undone', async () => {
    let undone = 0;
    writer.onUndone(() => {
      undone += 1;
    });
    writer.append(() => void write('job'));
    const before = writer.submit(
      () => write('before'),
      () => 'before',
    );
    const failing = writer.submit(
      () => {
        write('half');
        throw new Error('refused');
      },
      () => 'refused',
    );
    const after = writer.submit(
      () => write('after'),
      () => 'after',
    );
    expect(await Promise.all([before, failing, after])).toEqual(['before', 'refused', 'after']);
    expect(texts()).toEqual(['job', 'before', 'after']);
    expect(undone).toBeGreaterThan(0);
    const told = undone;
    for (const text of ['one', 'two']) {
      await writer.submit(
        () => write(text),
        () => null,
      );
    }
    expect(texts()).toEqual(['job', 'before', 'after', 'one', 'two']);
    expect(undone).toBe(told);
  });

  test('jobs appended before a unit ride along before it and are announced before it: the order of the answers', async () => {
    const order: string[] = [];
    writer.append(
      () => void write('read record'),
      () => order.push('job'),
    );
    await writer.submit(
      () => write('unit'),
      () => 'done',
    );
    order.push('unit');
    await writer.drained();
    expect(texts()).toEqual(['read record', 'unit']);
    expect(order).toEqual(['job', 'unit']);
  });

  test('jobs without a unit are stored within a few milliseconds, together', async () => {
    const done: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      writer.append(
        () => void write(name),
        () => done.push(name),
      );
    }
    expect(texts()).toEqual([]);
    await expect.poll(() => done, { timeout: 500, interval: 5 }).toEqual(['a', 'b', 'c']);
    expect(texts()).toEqual(['a', 'b', 'c']);
  });

  test('a job that throws is logged and hurts nobody', async () => {
    writer.append(() => {
      write('half a job');
      throw new Error('broken job');
    });
    writer.append(() => void write('good job'));
    await writer.drained();
    expect(texts()).toEqual(['good job']);
    expect(log.lines).toHaveLength(1);
  });

  test('drained waits for all that is queued, and for nothing else', async () => {
    await writer.drained();
    let settled = false;
    const unit = writer.submit(
      () => write('x'),
      () => {
        settled = true;
      },
    );
    await writer.drained();
    expect(settled).toBe(true);
    await unit;
  });

  test('what the disk never took is lost with the end of the database, told once, and tried no more', async () => {
    writer = createWriter(db, { log, retryDelayMs: 5 });
    db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`);
    writer.append(() => write('x'.repeat(100_000)));
    await writer.drained();
    db.close();
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(log.lines).toEqual([
      'The data folder can not be written; calls are answered with 503.',
      'Records of calls were never stored: the database was closed first.',
    ]);
  });

  test('work queued by an answer goes into the next group', async () => {
    const chain = writer
      .submit(
        () => write('first'),
        () => 1,
      )
      .then(() =>
        writer.submit(
          () => write('second'),
          () => 2,
        ),
      );
    expect(await chain).toBe(2);
    expect(texts()).toEqual(['first', 'second']);
  });

  test('more units than one group holds are all answered, in order', async () => {
    const answers: number[] = [];
    await Promise.all(
      Array.from({ length: 2_500 }, (_, i) =>
        writer
          .submit(
            () => write(String(i)),
            () => i,
          )
          .then((n) => answers.push(n)),
      ),
    );
    expect(answers).toEqual(Array.from({ length: 2_500 }, (_, i) => i));
    expect(texts()).toHaveLength(2_500);
  });
});
