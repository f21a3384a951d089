import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { CallDetail } from '../../../../src-main/contract/index.ts';
import { signal } from '../../../theme/index.ts';
import { Mark, type MarkKind } from '../../../ui/mark.tsx';
import { onlyReads } from './story.ts';

const useStyles = makeStyles({
  line: {
    display: 'grid',
    gridAutoFlow: 'column',
    gridAutoColumns: '1fr',
    padding: '12px 0 0',
    margin: 0,
    listStyleType: 'none',
  },
  hop: { position: 'relative', paddingTop: '22px', fontSize: '12px', lineHeight: '16px', minWidth: 0 },
  mark: { position: 'absolute', left: '-1px', top: '1px', zIndex: 1 },
  way: { position: 'absolute', left: '6px', width: '100%', top: '7px', height: '2px' },
  lit: { backgroundColor: signal.signalOk, boxShadow: signal.signalGlow },
  practised: { backgroundColor: signal.signalPractice },
  dark: {
    backgroundImage: `linear-gradient(90deg, ${signal.signalIdle} 50%, transparent 50%)`,
    backgroundSize: '6px 2px',
  },
  name: { fontWeight: 600, color: tokens.colorNeutralForeground1 },
  missed: { color: tokens.colorNeutralForeground3 },
  fact: { color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  bad: { color: tokens.colorStatusDangerForeground1 },
});

interface Hop {
  name: string;
  fact: string;
  state: 'passed' | 'refused' | 'missed';
}

const AFTER_REFUSAL: Hop['state'] = 'missed';

/** The stations of this call. A local call has no tunnel on its way. */
export function hopsOf(call: CallDetail): Hop[] {
  const refused = call.outcome === 'failed';
  const at = (stage: CallDetail['stage'], before: boolean, good: string, bad: string): Pick<Hop, 'fact' | 'state'> => {
    if (refused && call.stage === stage) return { fact: bad, state: 'refused' };
    return before ? { fact: 'not reached', state: AFTER_REFUSAL } : { fact: good, state: 'passed' };
  };
  const hops: Hop[] = [
    { name: call.practice ? 'Practice' : call.via === 'public' ? 'Azure' : 'Caller', fact: 'sent', state: 'passed' },
  ];
  if (call.via === 'public') hops.push({ name: 'Tunnel', fact: 'passed', state: 'passed' });
  hops.push({ name: 'Endpoint', ...at('endpoint', false, 'token fits', 'refused') });
  hops.push({
    name: messageStation(call),
    ...at('scim', refused && call.stage === 'endpoint', 'understood', 'refused'),
  });
  const stored = call.changes.length > 0 || call.changesGone ? 'stored' : onlyReads(call) ? 'read' : 'no change';
  const reached = call.stage === 'directory';
  hops.push({
    name: 'Directory',
    ...(refused || reached
      ? at('directory', !reached, stored, 'refused')
      : { fact: 'not needed', state: 'missed' as const }),
  });
  return hops;
}

/** Who reads the message: by the schemas of SCIM, then by the rules that were set on top of them. */
function messageStation({ why }: CallDetail): string {
  if (why.some((code) => code.startsWith('SP-PROFILE-'))) return 'Profile';
  return why.includes('SP-PILOT-LIMIT') ? 'Limit' : 'SCIM';
}

const MARKS: Record<Hop['state'], MarkKind> = { passed: 'ok', refused: 'failed', missed: 'todo' };

/** Where this call stopped. */
export function HopLine({ call }: { call: CallDetail }) {
  const styles = useStyles();
  const hops = hopsOf(call);
  const lit = call.practice ? styles.practised : styles.lit;
  return (
    <ol className={styles.line} aria-label="The way of this call">
      {hops.map((hop, index) => {
        const next = hops[index + 1];
        return (
          <li key={hop.name} className={styles.hop}>
            {next && <div className={mergeClasses(styles.way, next.state === 'missed' ? styles.dark : lit)} />}
            <Mark
              kind={call.practice && hop.state === 'passed' ? 'practice' : MARKS[hop.state]}
              className={styles.mark}
              label=""
              size={hop.state === 'refused' ? 16 : 14}
            />
            <div className={mergeClasses(styles.name, hop.state === 'missed' && styles.missed)}>{hop.name}</div>
            <div className={mergeClasses(styles.fact, hop.state === 'refused' && styles.bad)}>{hop.fact}</div>
          </li>
        );
      })}
    </ol>
  );
}
