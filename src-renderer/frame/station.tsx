import { Button, Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import type { SignalTick } from '../../src-main/contract/index.ts';
import { signal } from '../theme/index.ts';
import { Bubble } from '../ui/bubble.tsx';
import { Mark, type MarkKind } from '../ui/mark.tsx';
import { paneNames, type SettingsPane } from './matters.ts';
import type { Segment } from './signal.ts';
import { Ticks } from './ticks.tsx';

const useStyles = makeStyles({
  station: { position: 'relative', height: '48px', paddingTop: '5px', minWidth: 0 },
  head: { display: 'flex', alignItems: 'baseline', gap: '7px', height: '16px', minWidth: 0 },
  name: {
    minWidth: 0,
    height: '16px',
    padding: 0,
    border: 'none',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 600,
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground1,
  },
  reading: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  fact: {
    display: 'flex',
    alignItems: 'center',
    height: '16px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
    minWidth: 0,
  },
  line: { position: 'absolute', left: '6px', width: '100%', bottom: '-1px', height: 0, borderBottom: '2px solid' },
  lit: { borderBottomColor: signal.signalOk, boxShadow: signal.signalGlow },
  dark: {
    height: '2px',
    borderBottom: 'none',
    backgroundImage: `linear-gradient(90deg, ${signal.signalIdle} 60%, transparent 60%)`,
    backgroundSize: '7px 2px',
  },
  pulse: {
    position: 'absolute',
    left: '6px',
    width: '100%',
    bottom: '-2px',
    height: '4px',
    backgroundColor: signal.signalOk,
    opacity: 0,
    animationName: { from: { opacity: 0.7 }, to: { opacity: 0 } },
    animationDuration: '50ms',
    '@media (prefers-reduced-motion: reduce)': { display: 'none' },
  },
  wait1: { animationDelay: '50ms' },
  wait2: { animationDelay: '100ms' },
  mark: { position: 'absolute', left: '-1px', bottom: '-7px', zIndex: 1 },
  settings: { display: 'block', width: 'max-content', marginTop: '8px' },
  ticks: { position: 'absolute', right: '22px', bottom: '2px' },
});

interface StationProps {
  name: ReactNode;
  reading?: ReactNode;
  mark: MarkKind;
  /** What stands behind the station's name when pressed: state in words, and what to do. */
  story: string;
  /** The pane of Settings that the story leads to. */
  settings?: SettingsPane;
  /** The line to the next station; absent at the last one. */
  segment?: {
    state: Segment;
    ticks: SignalTick[];
    now: number;
    order: 0 | 1 | 2;
    pulse: number | null;
    showTicks: boolean;
  };
  children: ReactNode;
}

/** One stop of the signal line: name and reading, its fact below, its mark on the bar's edge. */
export function Station({ name, reading, mark, story, settings, segment, children }: StationProps) {
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.station}>
      {segment && <div className={mergeClasses(styles.line, styles[segment.state])} />}
      {segment?.state === 'lit' && segment.pulse !== null && (
        <div
          key={segment.pulse}
          className={mergeClasses(
            styles.pulse,
            segment.order === 1 && styles.wait1,
            segment.order === 2 && styles.wait2,
          )}
        />
      )}
      {segment?.showTicks && (
        <div className={styles.ticks}>
          <Ticks ticks={segment.ticks} now={segment.now} />
        </div>
      )}
      <Mark kind={mark} className={styles.mark} label="" />
      <div className={styles.head}>
        <Bubble
          open={open}
          onClose={() => setOpen(false)}
          belowBar
          trigger={(tie) => (
            <Button {...tie} appearance="transparent" className={styles.name} onClick={() => setOpen(!open)}>
              {name}
            </Button>
          )}
        >
          {story}
          {settings && (
            <FluentLink href={`#/settings/${settings}`} className={styles.settings} onClick={() => setOpen(false)}>
              Open {paneNames[settings]} in Settings
            </FluentLink>
          )}
        </Bubble>
        {reading !== undefined && <span className={styles.reading}>{reading}</span>}
      </div>
      <div className={styles.fact}>{children}</div>
    </div>
  );
}
