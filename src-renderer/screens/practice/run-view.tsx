import { Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { PracticeActivity, PracticeCall, PracticePhase, PracticeRun } from '../../../src-main/contract/index.ts';
import { count, formatClock, formatMs, formatNumber } from '../../ui/format.ts';
import { Mark, type MarkKind } from '../../ui/mark.tsx';
import { PracticeBar } from '../../ui/practice-bar.tsx';
import { Truncated } from '../../ui/truncated.tsx';
import { PurgePractice } from './purge-practice.tsx';

const useStyles = makeStyles({
  empty: { padding: '40px 24px', maxWidth: '560px' },
  emptyTitle: { margin: '0 0 8px', fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  emptyWords: { margin: 0, color: tokens.colorNeutralForeground2 },
  emptyAct: { marginTop: '20px' },
  view: { display: 'flex', flexDirection: 'column', flexGrow: 1, flexShrink: 0 },
  top: { padding: '14px 24px', flexShrink: 0 },
  phases: {
    display: 'grid',
    gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
    columnGap: '24px',
    margin: 0,
    padding: 0,
  },
  phase: { listStyleType: 'none', display: 'flex', gap: '8px', minWidth: 0 },
  phaseText: { minWidth: 0 },
  phaseName: { fontSize: '13px', lineHeight: '18px', fontWeight: 600 },
  quiet: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  mark: { marginTop: '2px' },
  bar: { marginTop: '12px' },
  end: { display: 'flex', flexWrap: 'wrap', columnGap: '16px', rowGap: '4px', marginTop: '12px' },
  result: { margin: 0, color: tokens.colorNeutralForeground1 },
  links: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: '16px', rowGap: '4px' },
  list: {
    flexGrow: 1,
    flexBasis: 0,
    // Where the window has less, the whole screen is scrolled.
    minHeight: '156px',
    overflowY: 'auto',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  table: { width: '100%', tableLayout: 'fixed', borderCollapse: 'collapse', fontSize: '13px', lineHeight: '20px' },
  head: {
    position: 'sticky',
    top: 0,
    height: '28px',
    padding: '0 8px',
    textAlign: 'left',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: `inset 0 -1px ${tokens.colorNeutralStroke2}`,
  },
  cell: {
    height: '32px',
    padding: '0 8px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflow: 'hidden',
    whiteSpace: 'nowrap',
  },
  first: { paddingLeft: '24px' },
  last: { paddingRight: '24px' },
  number: { textAlign: 'right' },
  flex: { display: 'flex', alignItems: 'center', gap: '8px', minWidth: 0 },
  path: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', color: tokens.colorNeutralForeground2 },
  method: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    flexShrink: 0,
    color: tokens.colorNeutralForeground3,
  },
  code: { color: tokens.colorStatusDangerForeground1, flexShrink: 0 },
  time: { fontSize: '12px', color: tokens.colorNeutralForeground3 },
});

const NAMES: Record<PracticeActivity | 'incremental cycle', string> = {
  'connection test': 'Connection test',
  'provision on demand': 'Provision on demand',
  'custom fields': 'Custom fields',
  leaver: 'Leaver test',
  'initial cycle': 'Initial cycle',
  'incremental cycle': 'Incremental cycle',
};

const WHOLE_PLAY = ['connection test', 'initial cycle', 'incremental cycle'] as const;

/** The run under way or the last one. `inhabited`: there is somebody in the directory, whom an earlier run may have made. */
export function RunView({ run, inhabited }: { run: PracticeRun | null; inhabited: boolean }) {
  const styles = useStyles();
  if (run === null) {
    return (
      <div className={styles.empty}>
        <h2 className={styles.emptyTitle}>No run yet</h2>
        <p className={styles.emptyWords}>
          Press Run, and watch the calls arrive in the Live feed as they would from Azure. Each call is listed here with
          what Entra would make of the answer.
        </p>
        {inhabited && (
          <div className={styles.emptyAct}>
            <PurgePractice />
          </div>
        )}
      </div>
    );
  }
  const { options, created, running } = run;
  const all = options.users + options.groups;
  const played = run.activity === null ? WHOLE_PLAY : [run.activity];
  return (
    <div className={styles.view}>
      <div className={styles.top}>
        <ol className={styles.phases} aria-label="Activities">
          {played.map((name) => {
            const at = run.phases.findIndex((phase) => phase.name === name);
            return (
              <Phase
                key={name}
                name={NAMES[name]}
                phase={run.phases[at] ?? null}
                underWay={running && at === run.phases.length - 1 && at >= 0}
              />
            );
          })}
        </ol>
        {running && (
          <PracticeBar
            className={styles.bar}
            label={run.activity === null ? `${formatNumber(created)} of ${formatNumber(all)} created` : 'Under way'}
            value={run.activity === null ? Math.min(1, created / all) : undefined}
          />
        )}
        <div className={styles.end}>
          <p className={styles.result} role="status">
            {resultOf(run)}
          </p>
          {!running && (
            <div className={styles.links}>
              <FluentLink href="#/feed">Open in Live feed</FluentLink>
              <FluentLink href="#/directory">Open in Directory</FluentLink>
              <PurgePractice />
            </div>
          )}
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys, with nothing inside to reach */}
      <section className={styles.list} aria-label="Latest calls" tabIndex={0}>
        <Calls calls={run.latest} />
      </section>
    </div>
  );
}

function Phase({ name, phase, underWay }: { name: string; phase: PracticePhase | null; underWay: boolean }) {
  const styles = useStyles();
  const kind: MarkKind = phase === null ? 'todo' : underWay ? 'waiting' : 'practice';
  const words = { todo: 'not begun', waiting: 'under way', practice: 'played' }[kind];
  return (
    <li className={styles.phase}>
      <Mark kind={kind} label={words} className={styles.mark} />
      <div className={styles.phaseText}>
        <div className={styles.phaseName}>{name}</div>
        <div className={styles.quiet}>
          {phase === null ? words : `${phase.sentence} ${count(phase.calls, 'call')}.`}
        </div>
      </div>
    </li>
  );
}

function resultOf({ activity, calls, created, failed, odd, end, options }: PracticeRun): string {
  if (end === null) {
    if (activity !== null) return `${count(calls, 'call')} so far, ${formatNumber(failed)} failed.`;
    return `${count(calls, 'call')} so far, ${formatNumber(created)} of ${formatNumber(options.users + options.groups)} created, ${formatNumber(failed)} failed.`;
  }
  const how = end.stopped ?? (end.cancelled ? 'Stopped by you.' : 'Played to its end.');
  const median = end.medianMs === null ? '' : `, half of the answers within ${formatMs(end.medianMs)} ms`;
  const known = activity === null && created === 0 && failed === 0 && end.stopped === null && !end.cancelled;
  const more = [
    ...(known ? [`Everybody of seed ${options.seed} was here already, so nobody was created.`] : []),
    ...(odd > 0 ? [`${formatNumber(odd)} accepted but odd.`] : []),
    ...(end.escrowed > 0 ? [`${count(end.escrowed, 'object')} left for Entra’s next cycle.`] : []),
  ].join(' ');
  return `${how} ${count(calls, 'call')} in ${Math.max(0.1, end.durationMs / 1_000).toFixed(1)} s${median}: ${formatNumber(created)} created, ${formatNumber(end.updated)} updated, ${formatNumber(end.disabled)} disabled, ${formatNumber(failed)} failed. ${more}`.trim();
}

const MARKS = { ok: 'practice', odd: 'odd', failed: 'failed' } as const;

function Calls({ calls }: { calls: readonly PracticeCall[] }) {
  const styles = useStyles();
  return (
    <table className={styles.table} aria-label="Calls of the run">
      <colgroup>
        <col style={{ width: '108px' }} />
        <col />
        <col style={{ width: '38%' }} />
        <col style={{ width: '64px' }} />
        <col style={{ width: '88px' }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={mergeClasses(styles.head, styles.first)}>
            Time
          </th>
          <th scope="col" className={styles.head}>
            What Entra makes of the answer
          </th>
          <th scope="col" className={styles.head}>
            Call
          </th>
          <th scope="col" className={mergeClasses(styles.head, styles.number)}>
            Status
          </th>
          <th scope="col" className={mergeClasses(styles.head, styles.number, styles.last)}>
            ms
          </th>
        </tr>
      </thead>
      <tbody>
        {[...calls].reverse().map((call) => (
          <tr key={call.number}>
            <td className={mergeClasses(styles.cell, styles.first, styles.time)}>{formatClock(call.at)}</td>
            <td className={styles.cell}>
              <span className={styles.flex}>
                <Mark kind={MARKS[call.outcome]} label={call.outcome === 'ok' ? 'As Entra expects' : undefined} />
                {call.code !== null && <span className={styles.code}>{call.code}</span>}
                <Truncated text={call.sentence} />
              </span>
            </td>
            <td className={styles.cell}>
              <span className={styles.flex}>
                <span className={styles.method}>{call.method}</span>
                <Truncated text={call.path.replace(/^\/scim\/v2/, '')} className={styles.path} />
              </span>
            </td>
            <td className={mergeClasses(styles.cell, styles.number)}>{call.status ?? '–'}</td>
            <td className={mergeClasses(styles.cell, styles.number, styles.last, styles.time)}>
              {formatMs(call.durationMs)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
