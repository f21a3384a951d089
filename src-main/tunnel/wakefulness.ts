import { networkInterfaces } from 'node:os';
import type { Clock } from '../contract/index.ts';

const everyMs = 5_000;
/** A tick this late was slept through. */
const lateMs = 10_000;

/**
 * Calls `onChange` when the machine has slept (the wall clock jumped over a tick) or its network addresses have changed.
 * Returns what ends the watch.
 */
export function watchWakefulness(
  clock: Clock,
  onChange: () => void,
  addresses: () => string = ownAddresses,
): () => void {
  let tickedAt = clock.now();
  let seen = addresses();
  const timer = setInterval(() => {
    const now = clock.now();
    const current = addresses();
    const slept = now - tickedAt > everyMs + lateMs;
    tickedAt = now;
    if (!slept && current === seen) return;
    seen = current;
    onChange();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function ownAddresses(): string {
  return Object.values(networkInterfaces())
    .flatMap((infos) => infos ?? [])
    .filter((info) => !info.internal)
    .map((info) => info.cidr ?? info.address)
    .sort()
    .join(' ');
}
