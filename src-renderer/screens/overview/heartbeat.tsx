import { makeStyles, tokens } from '@fluentui/react-components';
import { useMemo } from 'react';
import type { CallMinute, NextCycle } from '../../../src-main/contract/index.ts';
import { signal } from '../../theme/index.ts';
import { count, formatMinute, formatNumber } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { useWidth } from '../../ui/use-width.ts';

const MINUTE = 60_000;
/** Calls this close make one beat: about what a beat is wide. */
const SLOT = 3 * MINUTE;
const HOURS = 4;
const SPAN = HOURS * 60 * MINUTE;
const HEIGHT = 140;
const BASE = 97;
const TALLEST = 78;
const PADDING = 32;
/** What is shown beyond now, at most; and how exactly the next cycle is expected, to either side. */
const AHEAD = 50 * MINUTE;
const ABOUT = 4 * MINUTE;

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', gap: '10px', padding: '22px 32px 8px' },
  title: { fontSize: '13px', lineHeight: '20px', fontWeight: 600, margin: 0 },
  note: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  legend: {
    marginLeft: 'auto',
    display: 'flex',
    gap: '18px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  entry: { display: 'flex', alignItems: 'center', gap: '7px' },
  dash: { width: '14px', height: '2px', backgroundColor: signal.signalOk },
  scope: {
    position: 'relative',
    height: `${HEIGHT + 1}px`,
    backgroundColor: signal.scopeBackground,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    overflow: 'hidden',
  },
  svg: { position: 'absolute', inset: 0, display: 'block' },
  grid: { stroke: signal.scopeGrid },
  quiet: { stroke: signal.signalIdle, strokeWidth: 2, strokeDasharray: '4 3', fill: 'none' },
  beat: { stroke: signal.signalOk, strokeWidth: 2, fill: 'none', strokeLinejoin: 'round' },
  ahead: { stroke: signal.signalIdle, strokeWidth: 2, strokeDasharray: '2 4' },
  expected: { fill: tokens.colorNeutralStroke2 },
  dots: {
    width: '14px',
    height: '2px',
    backgroundImage: `linear-gradient(90deg, ${signal.signalIdle} 50%, transparent 50%)`,
    backgroundSize: '4px 2px',
  },
  now: { stroke: tokens.colorNeutralForeground4 },
  mark: { position: 'absolute', transform: 'translate(-50%, -50%)' },
  time: {
    position: 'absolute',
    bottom: '6px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
  },
  timeNow: { color: tokens.colorNeutralForeground1, transform: 'translateX(-100%)' },
});

interface Beat {
  at: number;
  x: number;
  height: number;
  failed: boolean;
  practice: boolean;
}

/** Minutes that are too close to be drawn apart, as one. */
function toSlots(minutes: CallMinute[], from: number): CallMinute[] {
  const slots = new Map<number, CallMinute>();
  for (const minute of minutes) {
    if (minute.at < from) continue;
    const at = Math.floor(minute.at / SLOT) * SLOT;
    const slot = slots.get(at) ?? { at, calls: 0, failed: 0, practice: 0 };
    slot.calls += minute.calls;
    slot.failed += minute.failed;
    slot.practice += minute.practice;
    slots.set(at, slot);
  }
  return [...slots.values()];
}

/** A beat wherever calls came; its height grows with the root, so that one call is seen beside a thousand. */
function toBeats(minutes: CallMinute[], now: number, width: number): Beat[] {
  const slots = toSlots(minutes, now - SPAN + SLOT);
  const most = Math.max(9, ...slots.map((slot) => slot.calls));
  return slots.map((slot) => ({
    at: slot.at,
    x: Math.min((1 - (now - slot.at - SLOT / 2) / SPAN) * width, width - 6),
    height: slot.practice === slot.calls ? 0 : Math.max(12, Math.sqrt(slot.calls / most) * TALLEST),
    failed: slot.failed > 0,
    practice: slot.practice > 0,
  }));
}

/** The line through all beats, from where the pilot began to listen. It rises from the baseline and never falls below it. */
function toPath(beats: Beat[], from: number, width: number): string {
  const half = Math.min(5, (SLOT / SPAN) * width * 0.38);
  let path = `M${from} ${BASE}`;
  for (const { x, height } of beats) {
    if (height === 0) continue;
    path += `L${x - half} ${BASE}L${x} ${BASE - height}L${x + half} ${BASE}`;
  }
  return `${path}L${width} ${BASE}`;
}

interface HeartbeatProps {
  minutes: CallMinute[];
  /** When this process began to listen, milliseconds since 1970; an earlier run shows by its calls. */
  startedAt: number;
  now: number;
  next: NextCycle | null;
}

/** Calls of the last four hours as a heartbeat, from edge to edge. */
export function Heartbeat({ minutes, startedAt, now, next }: HeartbeatProps) {
  const styles = useStyles();
  const [place, whole] = useWidth<HTMLDivElement>();
  // An overdue cycle may come any moment.
  const due = next === null ? null : Math.max(next.at - now, 0);
  const ahead = due === null ? 0 : Math.min(due + 2 * ABOUT, AHEAD);
  const width = Math.max(0, (whole - PADDING) * (SPAN / (SPAN + ahead)));
  const beats = useMemo(() => toBeats(minutes, now, width), [minutes, now, width]);
  const total = minutes.reduce((sum, minute) => sum + minute.calls, 0);
  const practised = minutes.reduce((sum, minute) => sum + minute.practice, 0);
  const failed = minutes.reduce((sum, minute) => sum + minute.failed, 0);
  const words =
    practised === 0
      ? count(total, 'call')
      : `${count(total, 'call')}, ${practised === total ? 'all' : formatNumber(practised)} of them practice`;
  const firstSlot = Math.floor(Math.min(startedAt, minutes[0]?.at ?? startedAt) / SLOT) * SLOT;
  const begin = total === practised ? width : Math.min(Math.max((1 - (now - firstSlot) / SPAN) * width, 0), width);
  const hourX = (ago: number) => (1 - ago / HOURS) * width;
  return (
    <section aria-label="Last four hours">
      <div className={styles.head}>
        <h2 className={styles.title}>Last four hours</h2>
        <span className={styles.note}>{total === 0 ? 'no calls' : `a beat wherever calls came: ${words}`}</span>
        <span className={styles.legend} aria-hidden>
          <span className={styles.entry}>
            <span className={styles.dash} /> calls
          </span>
          <span className={styles.entry}>
            <Mark kind="failed" size={12} label="" /> failed
          </span>
          <span className={styles.entry}>
            <Mark kind="practice" size={12} label="" /> practice
          </span>
          {due !== null && (
            <span className={styles.entry}>
              <span className={styles.dots} /> expected
            </span>
          )}
        </span>
      </div>
      <div
        ref={place}
        className={styles.scope}
        role="img"
        aria-label={`${words}, ${failed} failed${next === null ? '' : `, the next cycle about ${formatMinute(next.at)}`}`}
      >
        <svg className={styles.svg} width={whole} height={HEIGHT} aria-hidden>
          {[0, 1, 2].map((line) => (
            <line key={line} className={styles.grid} x1="0" x2={whole} y1={22.5 + line * 37} y2={22.5 + line * 37} />
          ))}
          {[1, 2, 3].map((ago) => (
            <line key={ago} className={styles.grid} x1={hourX(ago)} x2={hourX(ago)} y1="4" y2="112" />
          ))}
          {begin > 0 && <path className={styles.quiet} d={`M0 ${BASE}H${begin}`} />}
          {begin < width && <path className={styles.beat} d={toPath(beats, begin, width)} />}
          {due !== null && (
            <>
              <line className={styles.ahead} x1={width + 4} x2={whole} y1={BASE} y2={BASE} />
              <rect
                className={styles.expected}
                x={width + (Math.max(due - ABOUT, 0) / SPAN) * width}
                width={((2 * ABOUT) / SPAN) * width}
                y="8"
                height={BASE - 8}
                rx="2"
              />
            </>
          )}
          <line className={styles.now} x1={width} x2={width} y1="4" y2="112" />
        </svg>
        {beats.map((beat) => (
          <div key={beat.at}>
            {beat.failed && (
              <div className={styles.mark} style={{ left: beat.x, top: Math.max(8, BASE - beat.height - 1) }}>
                <Mark kind="failed" size={12} label="" />
              </div>
            )}
            {beat.practice && (
              <div className={styles.mark} style={{ left: beat.x, top: BASE + 12 }}>
                <Mark kind="practice" size={12} label="" />
              </div>
            )}
          </div>
        ))}
        {[4, 3, 2, 1].map((ago) => (
          <span key={ago} className={styles.time} style={{ left: ago === HOURS ? PADDING : hourX(ago) + 8 }}>
            {formatMinute(now - ago * 60 * MINUTE)}
          </span>
        ))}
        <span className={styles.time} style={{ left: width, transform: 'translateX(-50%)' }}>
          now
        </span>
        {next !== null && due !== null && due > 15 * MINUTE && (
          <span className={styles.time} style={{ left: width + (due / SPAN) * width, transform: 'translateX(-50%)' }}>
            {formatMinute(next.at)}
          </span>
        )}
      </div>
    </section>
  );
}
