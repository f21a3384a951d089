import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { signal } from '../theme/index.ts';

/** The one set of marks. Each has its own shape, so that colour is never alone. */
export type MarkKind = 'ok' | 'odd' | 'failed' | 'practice' | 'todo' | 'waiting' | 'tick';

const WORDS: Record<MarkKind, string> = {
  ok: 'Worked',
  odd: 'Accepted, but odd',
  failed: 'Failed',
  practice: 'Practice',
  todo: 'Not reached',
  waiting: 'Waiting',
  tick: 'Your own tick',
};

const useStyles = makeStyles({
  mark: { display: 'block', flexShrink: 0, overflow: 'visible' },
  ok: { color: signal.signalOk },
  odd: { color: signal.signalWarn },
  failed: { color: signal.signalFail },
  practice: { color: signal.signalPractice },
  todo: { color: signal.signalIdle },
  waiting: { color: tokens.colorCompoundBrandStroke },
  tick: { color: tokens.colorNeutralForeground3 },
  paper: { stroke: tokens.colorNeutralBackground1 },
  paperFill: { fill: tokens.colorNeutralBackground1 },
});

interface MarkProps {
  kind: MarkKind;
  /** Pixels: 14 in rows, 12 in chips and tables, 16 in titles. */
  size?: number;
  /** Spoken instead of the kind's own word; empty when text beside it says the same. */
  label?: string;
  className?: string;
}

/** A state as a small drawing. */
export function Mark({ kind, size = 14, label = WORDS[kind], className }: MarkProps) {
  const styles = useStyles();
  const spoken = label === '' ? { 'aria-hidden': true as const } : { role: 'img', 'aria-label': label };
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: hidden when a word beside it says the same, else labelled
    <svg
      {...spoken}
      className={mergeClasses(styles.mark, styles[kind], className)}
      width={size}
      height={size}
      viewBox="0 0 14 14"
    >
      <Shape kind={kind} />
    </svg>
  );
}

function Shape({ kind }: { kind: MarkKind }) {
  const styles = useStyles();
  switch (kind) {
    case 'ok':
      return <circle cx="7" cy="7" r="3.5" fill="currentColor" />;
    case 'odd':
      return <path d="M7 1.6 13 12.4H1Z" fill="currentColor" strokeLinejoin="round" />;
    case 'failed':
      return (
        <>
          <circle cx="7" cy="7" r="6.5" fill="currentColor" />
          <path className={styles.paper} d="m4.7 4.7 4.6 4.6m0-4.6L4.7 9.3" strokeWidth="1.5" strokeLinecap="round" />
        </>
      );
    case 'practice':
      return (
        <path
          className={styles.paperFill}
          d="M7 1.7 12.3 7 7 12.3 1.7 7Z"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
      );
    case 'todo':
      return <circle className={styles.paperFill} cx="7" cy="7" r="3.25" stroke="currentColor" strokeWidth="1.5" />;
    case 'tick':
      return (
        <>
          <rect
            className={styles.paperFill}
            x="1.75"
            y="1.75"
            width="10.5"
            height="10.5"
            rx="2"
            stroke="currentColor"
            strokeWidth="1.5"
          />
          <path d="m4.4 7.2 1.9 1.9 3.5-4" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        </>
      );
    case 'waiting':
      return (
        <>
          <circle className={styles.paperFill} cx="7" cy="7" r="5.75" stroke="currentColor" strokeWidth="1.5" />
          <circle cx="7" cy="7" r="2.5" fill="currentColor" />
        </>
      );
  }
}

/** The mark of a call: practice has its own only when it went well, so that a failed run still looks failed. */
export function markOf(call: { outcome: 'ok' | 'odd' | 'failed'; practice: boolean }): MarkKind {
  return call.outcome === 'ok' && call.practice ? 'practice' : call.outcome;
}
