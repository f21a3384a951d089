import { Button, Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { plain } from '../../../src-main/contract/catalogue/explanations/fill.ts';
import { sideNames } from '../../../src-main/contract/catalogue/explanations/types.ts';
import type { Guide, GuideStep } from '../../../src-main/contract/index.ts';
import { formatWhen } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { isDone } from './state-words.ts';
import type { StepText } from './steps.ts';

const useStyles = makeStyles({
  dock: {
    flexShrink: 0,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  top: { display: 'flex', alignItems: 'center', gap: '20px', minHeight: '72px', padding: '8px 32px' },
  // In the companion window.
  narrowTop: { gap: '4px 12px', minHeight: '52px', padding: '4px 16px', flexWrap: 'wrap' },
  narrowLast: { minHeight: '36px', padding: '2px 16px' },
  narrowHeadline: { fontSize: '16px', lineHeight: '22px' },
  summary: { fontSize: '12px', lineHeight: '16px', cursor: 'pointer' },
  numeral: {
    minWidth: '84px',
    fontSize: '32px',
    lineHeight: '40px',
    fontWeight: 600,
    letterSpacing: '-0.02em',
    fontVariantNumeric: 'tabular-nums',
  },
  headline: { fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  ok: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  words: { minWidth: 0, color: tokens.colorNeutralForeground2 },
  strong: { fontWeight: 600, color: tokens.colorNeutralForeground1 },
  causes: {
    margin: '4px 0 0',
    paddingLeft: '18px',
    fontSize: '13px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground2,
  },
  last: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    minHeight: '44px',
    padding: '4px 24px 4px 32px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    backgroundColor: tokens.colorNeutralBackground1,
    fontSize: '13px',
  },
  quiet: { color: tokens.colorNeutralForeground3, flexShrink: 0 },
  grow: { flexGrow: 1, minWidth: 0 },
  inline: { display: 'inline-block', verticalAlign: '-1px' },
});

/** `0:12`, `12:05`. */
function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

interface DockProps {
  step: GuideStep;
  text: StepText;
  lastCall: Guide['lastCall'];
  ticking: boolean;
  onTick(on: boolean): void;
  /** In the companion window. */
  narrow?: boolean;
}

/** What is heard of a step: always in sight, under whatever the pane shows. */
export function Dock({ step, text, lastCall, ticking, onTick, narrow = false }: DockProps) {
  const styles = useStyles();
  const now = useNow();
  const [since] = useState(() => Date.now());
  const waited = now - since;
  const { listening, patience, tick } = text;
  const open = step.state === 'todo' || step.state === 'problem';
  const late = patience !== null && open && waited > patience.seconds * 1_000;
  return (
    <div className={styles.dock}>
      <div className={mergeClasses(styles.top, narrow && styles.narrowTop)}>
        <Heard step={step} listening={listening} waited={clockOf(waited)} narrow={narrow} />
        {late && patience !== null && <Causes causes={patience.causes} narrow={narrow} />}
      </div>
      <div className={mergeClasses(styles.last, narrow && styles.narrowLast)}>
        <LastSignal step={step} lastCall={lastCall} now={now} />
        {tick !== null && step.state === 'ticked' && (
          <Button size="small" appearance="subtle" disabledFocusable={ticking} onClick={() => onTick(false)}>
            Take the tick back
          </Button>
        )}
        {tick !== null && !isDone(step) && (
          <Button
            size="small"
            appearance={step.state === 'heard' || listening === null ? 'primary' : 'secondary'}
            disabledFocusable={ticking}
            onClick={() => onTick(true)}
          >
            {tick.words}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Why nothing may have come; behind a line where there is little room. */
function Causes({ causes, narrow }: { causes: readonly string[]; narrow: boolean }) {
  const styles = useStyles();
  const headline = 'Nothing yet? The likeliest causes';
  const list = (
    <ul className={styles.causes}>
      {causes.map((cause) => (
        <li key={cause}>{cause}</li>
      ))}
    </ul>
  );
  if (narrow) {
    return (
      <details className={styles.words}>
        <summary className={styles.summary}>{headline}</summary>
        {list}
      </details>
    );
  }
  return (
    <div className={styles.words}>
      <div className={styles.strong}>{headline}</div>
      {list}
    </div>
  );
}

interface HeardProps {
  step: GuideStep;
  listening: string | null;
  waited: string;
  narrow: boolean;
}

function Heard({ step, listening, waited, narrow }: HeardProps) {
  const styles = useStyles();
  const [announced, setAnnounced] = useState('');
  const words = step.words ?? '';
  const cure = step.explanation?.cure[0];
  useEffect(() => {
    if (step.state !== 'todo') setAnnounced(words);
  }, [step.state, words]);
  const headline = {
    seen: 'Seen working.',
    ticked: 'Ticked by you.',
    heard: 'Azure reached us.',
    problem: 'That did not work.',
    todo: '',
  };
  const shown = step.state === 'heard' && step.id !== 'connect' ? 'Something else came.' : headline[step.state];
  const good = step.state === 'seen' || (step.state === 'heard' && step.id === 'connect');
  return (
    <>
      {step.state === 'todo' && listening !== null && <div className={styles.numeral}>{waited}</div>}
      <div className={styles.words} role="status">
        {shown !== '' && (
          <div
            className={mergeClasses(
              styles.headline,
              narrow && styles.narrowHeadline,
              good && styles.ok,
              step.state === 'problem' && styles.bad,
            )}
          >
            {shown}
          </div>
        )}
        {step.state === 'todo' && <div className={styles.strong}>{listening ?? 'This step takes your own tick.'}</div>}
        <div>{step.state === 'todo' ? step.words : announced}</div>
        {cure !== undefined && (
          <div>
            <span className={styles.strong}>{sideNames[cure.side]}</span> {plain(cure.text)}
          </div>
        )}
      </div>
    </>
  );
}

function LastSignal({ step, lastCall, now }: { step: GuideStep; lastCall: Guide['lastCall']; now: number }) {
  const styles = useStyles();
  const call = step.call ?? lastCall;
  if (call === null) return <span className={mergeClasses(styles.quiet, styles.grow)}>No call of Azure yet.</span>;
  return (
    <span className={styles.grow}>
      <Mark kind={call.status < 400 ? 'ok' : 'failed'} size={12} label="" className={styles.inline} />{' '}
      <span className={styles.quiet}>
        {step.call === null ? 'Last signal' : 'It stands on'} {formatWhen(call.at, now)}
      </span>{' '}
      answered {call.status}, call{' '}
      <FluentLink inline href={`#/feed/${call.code}`}>
        {call.code}
      </FluentLink>
    </span>
  );
}
