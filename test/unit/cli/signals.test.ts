import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { aborted, stopOnSignals } from '../../../src-main/cli/signals.ts';

test('the first signal stops, later ones change nothing', async () => {
  const source = new EventEmitter();
  const stop = stopOnSignals(source);
  expect(stop.aborted).toBe(false);
  source.emit('SIGINT');
  expect(stop.aborted).toBe(true);
  source.emit('SIGTERM');
  expect(stop.reason).toBe('SIGINT');
  expect(source.listenerCount('SIGTERM')).toBe(1);
  await aborted(stop);
});
