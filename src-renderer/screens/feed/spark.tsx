import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { CallMinute } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { signal } from '../../theme/index.ts';
import { count, formatMinute } from '../../ui/format.ts';
import { useLive } from '../../ui/use-live.ts';
import { useNow } from '../../ui/use-now.ts';

const MINUTE = 60_000;
const SLOTS = 60;
const HEIGHT = 44;
/** Bars end below the scale's words. */
const TALLEST = 30;

const useStyles = makeStyles({
  spark: { padding: '4px 16px 8px' },
  chart: { position: 'relative', height: `${HEIGHT}px` },
  svg: { display: 'block', overflow: 'visible' },
  grid: { stroke: tokens.colorNeutralStroke3 },
  base: { stroke: tokens.colorNeutralStroke1 },
  calls: { fill: signal.barInk },
  failed: { fill: signal.signalFail },
  practice: { fill: signal.signalPractice },
  scale: {
    position: 'absolute',
    right: 0,
    top: '-5px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  times: {
    display: 'flex',
    justifyContent: 'space-between',
    marginTop: '3px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
});

/** Calls of the last hour, a bar a minute; the failed part red on top, practice purple. */
export function Spark() {
  const styles = useStyles();
  const { status } = useLive();
  const { data } = useQuery({ ...api.feed.minutes.queryOptions(), enabled: status !== null });
  const now = useNow(5_000);
  // A call may open a minute before this clock has been read again.
  const end = Math.max(Math.floor(now / MINUTE) * MINUTE, data?.at(-1)?.at ?? 0);
  const start = end - (SLOTS - 1) * MINUTE;
  const minutes = (data ?? []).filter((minute) => minute.at >= start);
  const most = Math.max(0, ...minutes.map((minute) => minute.calls));
  const total = minutes.reduce((sum, minute) => sum + minute.calls, 0);
  const failed = minutes.reduce((sum, minute) => sum + minute.failed, 0);
  return (
    <div className={styles.spark}>
      <div
        className={styles.chart}
        role="img"
        aria-label={`Last hour: ${count(total, 'call')}, ${failed} failed, at most ${most} in a minute`}
      >
        <svg className={styles.svg} width="100%" height={HEIGHT} aria-hidden>
          <line className={styles.grid} x1="0" x2="100%" y1={HEIGHT - TALLEST + 0.5} y2={HEIGHT - TALLEST + 0.5} />
          <line
            className={styles.grid}
            x1="0"
            x2="100%"
            y1={HEIGHT - TALLEST / 2 + 0.5}
            y2={HEIGHT - TALLEST / 2 + 0.5}
          />
          <line
            className={styles.base}
            x1="0"
            x2="100%"
            y1={HEIGHT - 0.5}
            y2={HEIGHT - 0.5}
            strokeDasharray={total === 0 ? '4 3' : undefined}
          />
          {minutes.map((minute) => (
            <Bar key={minute.at} minute={minute} slot={(minute.at - start) / MINUTE} most={most} />
          ))}
        </svg>
        <div className={styles.scale} aria-hidden>
          {most === 0 ? 'calls per minute' : `at most ${count(most, 'call')} per minute`}
        </div>
      </div>
      <div className={styles.times} aria-hidden>
        {total === 0 ? (
          <>
            <span>1 hour ago</span>
            <span>45 min</span>
            <span>30 min</span>
            <span>15 min</span>
          </>
        ) : (
          [60, 45, 30, 15].map((ago) => <span key={ago}>{formatMinute(now - ago * MINUTE)}</span>)
        )}
        <span>now</span>
      </div>
    </div>
  );
}

function Bar({ minute, slot, most }: { minute: CallMinute; slot: number; most: number }) {
  const styles = useStyles();
  const height = (calls: number) => (calls === 0 ? 0 : Math.max(2, (calls / Math.max(most, 4)) * TALLEST));
  const failed = height(minute.failed);
  const whole = Math.max(height(minute.calls), failed);
  const x = `${(slot / SLOTS) * 100}%`;
  const width = `${(0.72 / SLOTS) * 100}%`;
  const ordinary = minute.practice === minute.calls ? styles.practice : styles.calls;
  return (
    <>
      <rect className={ordinary} x={x} width={width} y={HEIGHT - whole} height={whole - failed} />
      <rect className={styles.failed} x={x} width={width} y={HEIGHT - whole} height={failed} />
    </>
  );
}
