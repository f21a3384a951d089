import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import type { AzureTimeline } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { signal } from '../../theme/index.ts';
import { count, formatMoment } from '../../ui/format.ts';
import { useWidth } from '../../ui/use-width.ts';

/** Above the line Azure's entries, below it our calls. */
const TALL = 34;
const GAP = 16;
const HEIGHT = 2 * TALL + GAP;
const SLOTS = 120;
const LEAST_SPAN = 2_000;
/** Room at both ends, so that no bar stands on the edge. */
const LEAST_ROOM = 1_000;
const WIDEST = 12;

const useStyles = makeStyles({
  place: { padding: '8px 16px 6px', flexShrink: 0 },
  chart: { position: 'relative', height: `${HEIGHT}px` },
  svg: { display: 'block', overflow: 'visible' },
  base: { stroke: tokens.colorNeutralStroke1 },
  success: { fill: signal.barInk },
  failure: { fill: signal.signalFail },
  odd: { fill: signal.signalWarn },
  skipped: { fill: signal.signalIdle },
  practice: { fill: signal.signalPractice },
  join: { stroke: tokens.colorCompoundBrandStroke, strokeWidth: 1 },
  side: {
    position: 'absolute',
    right: 0,
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    backgroundColor: tokens.colorNeutralBackground1,
    padding: '0 0 0 6px',
    pointerEvents: 'none',
  },
  above: { top: 0 },
  below: { bottom: 0 },
  times: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: '12px',
    height: '24px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
  },
  whole: { minWidth: 'auto', height: '20px', fontSize: '12px', fontWeight: 400 },
});

export interface Span {
  from: number;
  to: number;
}

interface TimelineProps {
  id: number;
  /** Of the import. */
  whole: Span;
  /** What is looked at; null: all of it. */
  span: Span | null;
  onSpan(span: Span | null): void;
  now: number;
}

/** Azure's entries over our calls, on one line of time. A press looks closer. */
export function Timeline({ id, whole, span, onSpan, now }: TimelineProps) {
  const styles = useStyles();
  const [place, width] = useWidth<HTMLButtonElement>();
  const room = Math.max(LEAST_ROOM, Math.round((whole.to - whole.from) * 0.02));
  const from = span?.from ?? Math.max(0, whole.from - room);
  const to = Math.max(span?.to ?? whole.to + room, from + LEAST_SPAN / 2);
  const question = { id, from, to, slots: SLOTS };
  const { data } = useQuery({
    ...api.azureLogs.timeline.queryOptions(question),
    placeholderData: keepPreviousData,
  });
  const zoom = (x: number) => {
    const half = (to - from) / 10;
    const middle = from + (x / Math.max(width, 1)) * (to - from);
    if (to - from <= LEAST_SPAN) return;
    onSpan({
      from: Math.max(0, whole.from - room, Math.round(middle - half)),
      to: Math.min(whole.to + room, Math.round(middle + half)),
    });
  };
  const entries = data?.entries.reduce((sum, one) => sum + one.success + one.failure + one.skipped + one.other, 0) ?? 0;
  const failed = data?.entries.reduce((sum, one) => sum + one.failure, 0) ?? 0;
  const calls = data?.calls.reduce((sum, one) => sum + one.ok + one.odd + one.failed + one.practice, 0) ?? 0;
  const joined = data?.entries.reduce((sum, one) => sum + one.joined, 0) ?? 0;
  return (
    <div className={styles.place}>
      <div className={styles.chart}>
        <button
          ref={place}
          type="button"
          className={usePlain().plain}
          aria-label={`Timeline: ${count(entries, 'entry', 'entries')} of Azure, ${failed} failed, over ${count(calls, 'call')} here; ${joined} of the entries have a call. Press to look closer.`}
          onClick={(event) => {
            const { left } = event.currentTarget.getBoundingClientRect();
            // A press by keys has no place: the middle.
            zoom(event.detail === 0 ? width / 2 : event.clientX - left);
          }}
        >
          <svg className={styles.svg} width="100%" height={HEIGHT} aria-hidden>
            <line className={styles.base} x1="0" x2="100%" y1={TALL + 0.5} y2={TALL + 0.5} />
            <line className={styles.base} x1="0" x2="100%" y1={TALL + GAP - 0.5} y2={TALL + GAP - 0.5} />
            {data !== undefined && width > 0 && <Bars data={data} width={width} />}
          </svg>
        </button>
        <span className={mergeClasses(styles.side, styles.above)} aria-hidden>
          Azure
        </span>
        <span className={mergeClasses(styles.side, styles.below)} aria-hidden>
          {calls === 0 ? 'no calls here then' : 'here'}
        </span>
      </div>
      <div className={styles.times}>
        <span>{formatMoment(from, now)}</span>
        {span === null ? (
          <span>press to look closer</span>
        ) : (
          <Button appearance="subtle" size="small" className={styles.whole} onClick={() => onSpan(null)}>
            Whole log
          </Button>
        )}
        <span>{formatMoment(to, now)}</span>
      </div>
    </div>
  );
}

const usePlain = makeStyles({
  plain: {
    display: 'block',
    width: '100%',
    height: '100%',
    padding: 0,
    cursor: 'zoom-in',
    border: 'none',
    backgroundColor: 'transparent',
    fontFamily: 'inherit',
    textAlign: 'left',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
});

function Bars({ data, width }: { data: AzureTimeline; width: number }) {
  const styles = useStyles();
  const { from, to, slotMs, entries, calls, marks } = data;
  const x = (at: number) => ((at - from) / (to - from)) * (width - WIDEST);
  const wide = Math.min(WIDEST, Math.max(3, (slotMs / (to - from)) * width * 0.72));
  // Each side by its own measure: an entry stands for two calls and more.
  const mostEntries = Math.max(1, ...entries.map((one) => one.success + one.failure + one.skipped + one.other));
  const mostCalls = Math.max(1, ...calls.map((one) => one.ok + one.odd + one.failed + one.practice));
  const tall = (value: number, most: number) => (value === 0 ? 0 : Math.max(3, (value / most) * TALL));
  const places = new Map(marks?.entries.map(({ row, at }) => [row, at]));
  return (
    <>
      {entries.map((slot) => {
        const stack = [
          ['success', slot.success],
          ['skipped', slot.skipped],
          ['odd', slot.other],
          ['failure', slot.failure],
        ] as const;
        let bottom = TALL;
        return (
          <Fragment key={slot.at}>
            {stack.map(([look, value]) => {
              const height = tall(value, mostEntries);
              bottom -= height;
              return value === 0 ? null : (
                <rect key={look} className={styles[look]} x={x(slot.at)} width={wide} y={bottom} height={height} />
              );
            })}
            {marks === null && slot.joined > 0 && (
              <line
                className={styles.join}
                x1={x(slot.at) + wide / 2}
                x2={x(slot.at) + wide / 2}
                y1={TALL + 1}
                y2={TALL + GAP - 1}
              />
            )}
          </Fragment>
        );
      })}
      {calls.map((slot) => {
        const stack = [
          ['success', slot.ok],
          ['odd', slot.odd],
          ['practice', slot.practice],
          ['failure', slot.failed],
        ] as const;
        let top = TALL + GAP;
        return (
          <Fragment key={slot.at}>
            {stack.map(([look, value]) => {
              const height = tall(value, mostCalls);
              const y = top;
              top += height;
              return value === 0 ? null : (
                <rect key={look} className={styles[look]} x={x(slot.at)} width={wide} y={y} height={height} />
              );
            })}
          </Fragment>
        );
      })}
      {marks?.calls.map(({ code, at, row }) => {
        const entry = row === null ? undefined : places.get(row);
        return entry === undefined ? null : (
          <line key={code} className={styles.join} x1={x(entry) + 1} y1={TALL + 1} x2={x(at) + 1} y2={TALL + GAP - 1} />
        );
      })}
    </>
  );
}
