import { Button, Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { plain } from '../../../src-main/contract/catalogue/explanations/fill.ts';
import { sideNames } from '../../../src-main/contract/catalogue/explanations/types.ts';
import type { CallSummary, Guide, GuideStep, PilotStatus, TunnelStatus } from '../../../src-main/contract/index.ts';
import { client } from '../../api.ts';
import { formatWhen } from '../../ui/format.ts';
import { Mark, markOf } from '../../ui/mark.tsx';
import { useShort } from '../../ui/use-compact.ts';
import { useNow } from '../../ui/use-now.ts';
import { Sentence } from '../feed/sentence.tsx';
import { Scope } from './scope.tsx';
import { isDone } from './state-words.ts';
import type { StepText } from './steps.ts';

const useStyles = makeStyles({
  dock: {
    flexShrink: 0,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  top: {
    display: 'flex',
    minHeight: '84px',
    '@media (max-height: 700px)': { minHeight: '60px' },
  },
  told: {
    display: 'flex',
    alignItems: 'center',
    flex: '2 1 300px',
    gap: '20px',
    minWidth: 0,
    padding: '8px 24px 8px 32px',
    '@media (max-height: 700px)': { padding: '4px 24px 4px 32px' },
  },
  // Nothing is heard here, so there is no trace beside it.
  alone: { flexGrow: 1 },
  // In the companion window.
  narrowWhole: { minHeight: 0, '@media (max-height: 700px)': { minHeight: 0 } },
  narrowTop: { gap: '4px 12px', minHeight: '52px', padding: '4px 16px', flexWrap: 'wrap' },
  narrowLast: { flexWrap: 'wrap', minHeight: '36px', padding: '2px 16px' },
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
  late: {
    padding: '8px 24px 8px 32px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    color: tokens.colorNeutralForeground2,
    '@media (max-height: 700px)': { padding: '4px 24px 4px 32px' },
  },
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
    '@media (max-height: 700px)': { minHeight: '36px', padding: '2px 24px 2px 32px' },
  },
  quiet: { color: tokens.colorNeutralForeground3, flexShrink: 0 },
  grow: { flexGrow: 1, minWidth: 0 },
  act: { flexShrink: 0, whiteSpace: 'nowrap' },
  signal: { display: 'flex', alignItems: 'center', gap: '8px' },
  link: { flexShrink: 0, whiteSpace: 'nowrap' },
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
  status: Pick<PilotStatus, 'ticks' | 'tunnel' | 'lastCall'>;
  ticking: boolean;
  onTick(on: boolean): void;
  /** In the companion window. */
  narrow?: boolean;
}

/** What is heard of a step: always in sight, under whatever the pane shows. */
export function Dock({ step, text, lastCall, status, ticking, onTick, narrow = false }: DockProps) {
  const styles = useStyles();
  const now = useNow();
  const [opened] = useState(() => Date.now());
  /** When the admin said that the portal's part was done. */
  const [pressed, setPressed] = useState<number | null>(null);
  const since = pressed ?? opened;
  const waited = Math.max(0, now - since);
  const { listening, patience, tick } = text;
  const waiting = step.state === 'todo' && listening !== null;
  const short = useShort();
  const late = patience !== null && waiting && waited > patienceOf(patience, pressed !== null);
  useReachTried(late && status.tunnel.state === 'up');
  return (
    <div className={styles.dock}>
      <div className={mergeClasses(styles.top, narrow && styles.narrowWhole)}>
        <div className={mergeClasses(styles.told, narrow && styles.narrowTop, listening === null && styles.alone)}>
          <Heard step={step} listening={listening} waited={clockOf(waited)} narrow={narrow} />
          {narrow && late && patience !== null && <Causes causes={patience.causes} tunnel={status.tunnel} folded />}
        </div>
        {!narrow && listening !== null && (
          <Scope ticks={status.ticks} lastCall={lastCall} since={waiting ? since : null} now={now} low={short} />
        )}
      </div>
      {!narrow && late && patience !== null && (
        <div className={styles.late}>
          <Causes causes={patience.causes} tunnel={status.tunnel} folded={short} />
        </div>
      )}
      <div className={mergeClasses(styles.last, narrow && styles.narrowLast)}>
        <LastSignal step={step} lastCall={lastCall} newest={status.lastCall} now={now} />
        {waiting && patience?.pressed !== undefined && (
          <Button size="small" appearance="subtle" className={styles.act} onClick={() => setPressed(Date.now())}>
            {patience.pressed}
          </Button>
        )}
        {tick !== null && step.state === 'ticked' && (
          <Button
            size="small"
            appearance="subtle"
            className={styles.act}
            disabledFocusable={ticking}
            onClick={() => onTick(false)}
          >
            Take the tick back
          </Button>
        )}
        {tick !== null && !isDone(step) && (
          <Button
            size="small"
            className={styles.act}
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

/** Whoever has not said that it was pressed may still be on the way to it. */
const ON_THE_WAY_MS = 60_000;

/** How long silence means nothing, milliseconds. */
function patienceOf({ seconds, pressed }: NonNullable<StepText['patience']>, said: boolean): number {
  const own = seconds * 1_000;
  return pressed === undefined || said ? own : Math.max(own, ON_THE_WAY_MS);
}

/** Has the public address tried once when the waiting has got long. */
function useReachTried(wanted: boolean): void {
  useEffect(() => {
    // How it went stands in the status; a pilot out of reach is told by the frame.
    if (wanted) client.tunnel.check.mutate().catch(() => {});
  }, [wanted]);
}

/** What our own call to the public address says about the way here; null where there is none. */
function reachWords({ state, reach }: TunnelStatus): string | null {
  if (state !== 'up' || reach === null) return null;
  if (reach.ok) return 'Our own call to the public address just arrived: the way here is open.';
  return `Our own call to the public address did not arrive: ${reach.problem?.what ?? ''} ${reach.problem?.cure ?? ''}`;
}

interface CausesProps {
  causes: readonly string[];
  tunnel: TunnelStatus;
  folded: boolean;
}

/** Why nothing may have come; behind a line where there is little room. */
function Causes({ causes, tunnel, folded }: CausesProps) {
  const styles = useStyles();
  const headline = 'Nothing yet? The likeliest causes';
  const reach = reachWords(tunnel);
  const list = (
    <ul className={styles.causes}>
      {reach !== null && <li>{reach}</li>}
      {causes.map((cause) => (
        <li key={cause}>{cause}</li>
      ))}
    </ul>
  );
  if (folded) {
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

interface LastSignalProps {
  step: GuideStep;
  lastCall: Guide['lastCall'];
  /** The newest call of all. */
  newest: CallSummary | null;
  now: number;
}

/** The newest of Azure's calls in words, or the call that the step stands on. */
function LastSignal({ step, lastCall, newest, now }: LastSignalProps) {
  const styles = useStyles();
  const azures = newest?.via === 'public' && !newest.practice ? newest : null;
  if (azures !== null && azures.at > (step.call?.at ?? 0)) {
    return (
      <span className={mergeClasses(styles.grow, styles.signal)}>
        <Mark kind={markOf(azures)} size={12} label="" />
        <span className={styles.quiet}>Last signal {formatWhen(azures.at, now)}</span>
        <Sentence call={azures} />
        <CallLink code={azures.code} name={azures.outcome === 'ok' ? azures.code : 'What to do'} />
      </span>
    );
  }
  const call = step.call ?? lastCall;
  if (call === null) return <span className={mergeClasses(styles.quiet, styles.grow)}>No call of Azure yet.</span>;
  return (
    <span className={styles.grow}>
      <Mark kind={call.status < 400 ? 'ok' : 'failed'} size={12} label="" className={styles.inline} />{' '}
      <span className={styles.quiet}>
        {step.call === null ? 'Last signal' : 'It stands on'} {formatWhen(call.at, now)}
      </span>{' '}
      answered {call.status}, call <CallLink code={call.code} name={call.code} />
    </span>
  );
}

function CallLink({ code, name }: { code: string; name: string }) {
  const styles = useStyles();
  return (
    <FluentLink
      inline
      href={`#/feed/${code}`}
      aria-label={name === code ? undefined : `${name}: call ${code}`}
      className={styles.link}
    >
      {name}
    </FluentLink>
  );
}
