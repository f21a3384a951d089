import { makeStyles } from '@fluentui/react-components';
import type { SignalTick } from '../../src-main/contract/index.ts';
import { signal } from '../theme/index.ts';

const SECONDS = 60;
const WIDTH = 54;
const HEIGHT = 18;
const SLOTS = WIDTH / 3;

const useStyles = makeStyles({
  ticks: { display: 'block', pointerEvents: 'none' },
  ok: { fill: signal.signalOk },
  failed: { fill: signal.signalFail },
  practice: { fill: signal.signalPractice },
});

type Slot = { height: number; kind: 'ok' | 'failed' | 'practice' };

/** 3 px for an answer at once, the full height from two seconds on. */
function heightOf(durationMs: number): number {
  return Math.min(HEIGHT, Math.round(3 + Math.log10(1 + durationMs) * 4.5));
}

/** One bar per three pixels, however many calls fall into it: the slowest gives the height, a refusal the colour. */
function toSlots(ticks: SignalTick[], now: number): Map<number, Slot> {
  const slots = new Map<number, Slot>();
  for (const tick of ticks) {
    const place = Math.floor((1 - (now - tick.at) / (SECONDS * 1_000)) * SLOTS);
    if (place < 0) continue;
    const at = Math.min(place, SLOTS - 1);
    const known = slots.get(at);
    const kind = tick.failed ? 'failed' : tick.practice ? 'practice' : 'ok';
    slots.set(at, {
      height: Math.max(known?.height ?? 0, heightOf(tick.durationMs)),
      kind: known?.kind === 'failed' ? 'failed' : kind,
    });
  }
  return slots;
}

/** The calls of the last minute above a segment of the signal line. */
export function Ticks({ ticks, now }: { ticks: SignalTick[]; now: number }) {
  const styles = useStyles();
  return (
    <svg className={styles.ticks} width={WIDTH} height={HEIGHT} aria-hidden>
      {[...toSlots(ticks, now)].map(([at, slot]) => (
        <rect
          key={at}
          className={styles[slot.kind]}
          x={at * 3}
          y={HEIGHT - slot.height}
          width="1.6"
          height={slot.height}
        />
      ))}
    </svg>
  );
}
