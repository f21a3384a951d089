import { makeStyles, tokens } from '@fluentui/react-components';
import { signal } from '../../theme/index.ts';
import { count, formatMs } from '../../ui/format.ts';
import { SectionHead } from './section.tsx';

const useStyles = makeStyles({
  readings: { display: 'flex', gap: '32px', margin: '10px 0 0' },
  reading: { display: 'flex', flexDirection: 'column-reverse' },
  value: { margin: 0, fontSize: '28px', lineHeight: '32px', fontWeight: 600, letterSpacing: '-0.02em' },
  unit: {
    fontSize: '12px',
    fontWeight: 400,
    letterSpacing: 0,
    color: tokens.colorNeutralForeground3,
    marginLeft: '4px',
  },
  note: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, marginTop: '6px' },
  none: { padding: '12px 0', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, margin: 0 },
  scale: { display: 'block', marginTop: '14px', overflow: 'visible' },
  track: { stroke: tokens.colorNeutralStroke2 },
  range: { stroke: signal.barInk, strokeWidth: 2 },
  half: { fill: signal.barInk },
  most: { stroke: signal.barInk, strokeWidth: 2 },
});

/** So many calls are measured, where there are as many. */
const MEASURED = 1_000;

interface AnswerTimeProps {
  time: { p50: number; p95: number } | null;
  /** Calls stored in all. */
  stored: number;
}

/** How long Azure waits for an answer: half, and 95 of 100. */
export function AnswerTime({ time, stored }: AnswerTimeProps) {
  const styles = useStyles();
  return (
    <section>
      <SectionHead title="Answer time" note={`last ${count(Math.min(stored, MEASURED), 'call')}`} />
      {time === null ? (
        <p className={styles.none}>No call has been answered yet.</p>
      ) : (
        <>
          <dl className={styles.readings}>
            {[
              { value: time.p50, note: 'half are faster' },
              { value: time.p95, note: '95 in 100 are faster' },
            ].map(({ value, note }) => (
              <div key={note} className={styles.reading}>
                <dt className={styles.note}>{note}</dt>
                <dd className={styles.value}>
                  {formatMs(value)}
                  <span className={styles.unit}>ms</span>
                </dd>
              </div>
            ))}
          </dl>
          <Scale {...time} />
        </>
      )}
    </section>
  );
}

/** Both readings on one line from 0: how far the slow ones lie from the usual ones. */
function Scale({ p50, p95 }: { p50: number; p95: number }) {
  const styles = useStyles();
  const half = `${(p50 / Math.max(p95, p50, 0.001)) * 100}%`;
  return (
    <svg className={styles.scale} width="100%" height="12" aria-hidden>
      <line className={styles.track} x1="0" x2="100%" y1="6" y2="6" />
      <line className={styles.range} x1={half} x2="100%" y1="6" y2="6" />
      <circle className={styles.half} cx={half} cy="6" r="4" />
      <line className={styles.most} x1="100%" x2="100%" y1="1" y2="11" />
    </svg>
  );
}
