import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { CallId, Writer } from '../contract/index.ts';
import { readSetting, writeSetting } from '../storage/index.ts';
import { codeOf } from './codes.ts';

/** Numbers reserved at once. A kill loses the rest of a block; the first five-letter codes last for 2,000 kills. */
const blockSize = 16_384;
const key = 'calls.nextNumber';
const schema = z.int().nonnegative();

/** Gives calls their identities. */
export interface CallNumbers {
  next(): CallId;
  /** Hands back what was reserved and not used. Call it when no more calls can come. */
  giveBack(): void;
}

/**
 * Numbers no two calls of this database share: the end of a block is on disk before its first number is used, so a restart
 * goes on behind it. While the disk refuses writes the counting goes on in memory, and the next successful write covers it.
 */
export function createCallNumbers(db: Database.Database, writer: Writer): CallNumbers {
  let next = readSetting(db, key, schema) ?? 1;
  let reserved = next + blockSize;
  let reserving = false;
  writeSetting(db, key, reserved);

  function reserve(): void {
    reserving = true;
    let end = reserved;
    writer.append(
      () => {
        end = Math.max(reserved, next) + blockSize;
        writeSetting(db, key, end);
      },
      () => {
        reserved = end;
        reserving = false;
      },
    );
  }

  return {
    next() {
      const seq = next;
      next += 1;
      if (!reserving && reserved - next < blockSize / 2) reserve();
      return { seq, code: codeOf(seq) };
    },
    giveBack() {
      writeSetting(db, key, next);
    },
  };
}
