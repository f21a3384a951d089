import { randomFillSync } from 'node:crypto';
import type { Clock } from '../contract/index.ts';

/** Gives the id of a new record. */
export type Ids = () => string;

/**
 * Random, URL-safe ids: UUIDs of version 7 (RFC 9562 §5.7), whose leading time keeps neighbours in time neighbours in the
 * index, so that creating the millionth record costs what the first did; 74 bits are random.
 */
export function createIds(clock: Clock): Ids {
  const pool = Buffer.alloc(10 * 256);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    const random = pool.toString('hex', used, used + 10);
    used += 10;
    const time = clock.now().toString(16).padStart(12, '0');
    const variant = (0x8 + (Number.parseInt(random.charAt(3), 16) & 0x3)).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(8, 20)}`;
  };
}
