import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { GuideCall, SignalTick } from '../../../src-main/contract/index.ts';
import { signal } from '../../theme/index.ts';
import { count, formatClock } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { useWidth } from '../../ui/use-width.ts';

const SPAN_MS = 60_000;
/** Of the drawing: as high as the dock's row at least, its baseline, and the tallest beat; lower in a low window. */
const USUAL = { height: 84, base: 58, tallest: 44 };
const LOW = { height: 60, base: 38, tallest: 28 };

const useStyles = makeStyles({
  scope: {
    position: 'relative',
    flex: '1 1 220px',
    minWidth: '160px',
    overflow: 'hidden',
    backgroundColor: signal.scopeBackground,
    borderLeft: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  svg: { position: 'absolute', left: 0, top: 0, display: 'block' },
  grid: { stroke: signal.scopeGrid },
  idle: { stroke: signal.signalIdle, strokeWidth: 2 },
  window: { fill: tokens.colorCompoundBrandStroke, opacity: 0.07 },
  heard: { stroke: tokens.colorCompoundBrandStroke, strokeWidth: 2 },
  edge: { stroke: tokens.colorCompoundBrandStroke, strokeDasharray: '3 3' },
  beat: { fill: 'none', strokeWidth: 2, strokeLinejoin: 'round', stroke: signal.signalOk },
  failed: { stroke: signal.signalFail },
  text: { position: 'absolute', fontSize: '12px', lineHeight: '16px', whiteSpace: 'nowrap' },
  label: { top: '4px' },
  quiet: { bottom: '4px', color: tokens.colorNeutralForeground3 },
  since: { color: tokens.colorBrandForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  mark: { position: 'absolute', transform: 'translate(-50%, 4px)' },
});

interface ScopeProps {
  /** Calls of the last minute, oldest first. */
  ticks: readonly SignalTick[];
  lastCall: GuideCall | null;
  /** Since when this step is listened for, milliseconds since 1970; null when it is not. */
  since: number | null;
  now: number;
  /** In a window with little height. */
  low: boolean;
}

/** The last minute of Azure's calls as a trace; the time that this step has been listened for is tinted. */
export function Scope({ ticks, lastCall, since, now, low }: ScopeProps) {
  const styles = useStyles();
  const { height, base, tallest } = low ? LOW : USUAL;
  const [place, width] = useWidth<HTMLDivElement>();
  const xOf = (at: number) => (1 - Math.max(0, now - at) / SPAN_MS) * width;
  const recent = ticks.filter(({ at }) => now - at < SPAN_MS);
  const azures = recent.filter(({ via, practice }) => via === 'public' && !practice);
  const practised = recent.filter(({ practice }) => practice);
  const from = since === null ? null : Math.max(0, xOf(since));
  const failed = azures.filter((tick) => tick.failed).length;
  const shown = lastCall !== null && now - lastCall.at < SPAN_MS ? lastCall : null;
  const words = `The last minute: ${count(azures.length, 'call')} of Azure, ${failed} failed${
    practised.length === 0 ? '' : `, ${count(practised.length, 'practice call')}`
  }.`;
  return (
    <div ref={place} className={styles.scope} role="img" aria-label={words}>
      <svg className={styles.svg} width={width} height={height} aria-hidden>
        {[10, 20, 30, 40, 50].map((ago) => (
          <line
            key={ago}
            className={styles.grid}
            x1={xOf(now - ago * 1_000)}
            x2={xOf(now - ago * 1_000)}
            y1="0"
            y2={height}
          />
        ))}
        <line className={styles.idle} x1="0" x2={width} y1={base} y2={base} />
        {from !== null && (
          <>
            <rect className={styles.window} x={from} y="0" width={Math.max(0, width - from)} height={height} />
            <line className={styles.edge} x1={from} x2={from} y1="0" y2={height} />
            <line className={styles.heard} x1={from} x2={width} y1={base} y2={base} />
          </>
        )}
        {azures.map((tick) => (
          <path
            key={`${tick.at}-${tick.durationMs}`}
            className={mergeClasses(styles.beat, tick.failed && styles.failed)}
            d={beat(xOf(tick.at), tick.durationMs, base, tallest)}
          />
        ))}
      </svg>
      {practised.slice(-12).map((tick) => (
        <span key={`${tick.at}-${tick.durationMs}`} className={styles.mark} style={{ left: xOf(tick.at), top: base }}>
          <Mark kind="practice" size={12} label="" />
        </span>
      ))}
      {shown !== null && (
        <span
          className={mergeClasses(styles.text, styles.label, shown.status < 400 ? styles.good : styles.bad)}
          style={sideOf(xOf(shown.at), width)}
        >
          {shown.status}
        </span>
      )}
      {from !== null && shown === null && since !== null && (
        <span className={mergeClasses(styles.text, styles.label, styles.since)} style={sideOf(from, width)}>
          since {formatClock(since)}
        </span>
      )}
      <span className={mergeClasses(styles.text, styles.quiet)} style={{ left: 10 }}>
        60 s ago
      </span>
      <span className={mergeClasses(styles.text, styles.quiet)} style={{ right: 12 }}>
        now
      </span>
    </div>
  );
}

/** Words beside a place of the trace, on the side where there is room. */
function sideOf(x: number, width: number) {
  return x < width / 2 ? { left: x + 6 } : { right: width - x + 6 };
}

/** One call: the longer its answer took the taller, never below a third. */
function beat(x: number, durationMs: number, base: number, tallest: number): string {
  const height = Math.min(tallest, tallest / 3 + Math.log10(1 + durationMs) * 10);
  return `M${x - 4} ${base}L${x} ${base - height}L${x + 3} ${base + 6}L${x + 6} ${base}`;
}
