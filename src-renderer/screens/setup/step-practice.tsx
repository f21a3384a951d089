import { Button, Link as FluentLink, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { GuideStepId, PracticeActivity, PracticeRun } from '../../../src-main/contract/index.ts';
import { api, client, queryClient } from '../../api.ts';
import { signal } from '../../theme/index.ts';
import { count } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { PracticeBar } from '../../ui/practice-bar.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useAct } from '../../use-act.ts';
import { usePracticeRun } from '../../use-practice-run.ts';

/** What Entra would send at a step. */
const ACTIVITIES: Partial<Record<GuideStepId, PracticeActivity>> = {
  connect: 'connection test',
  'on-demand': 'provision on demand',
  mappings: 'custom fields',
  leaver: 'leaver',
  start: 'initial cycle',
};

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '14px minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: '10px',
    minHeight: '44px',
    padding: '4px 24px 4px 32px',
    '@media (max-height: 700px)': { minHeight: '36px', padding: '2px 24px 2px 32px' },
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    backgroundColor: tokens.colorNeutralBackground1,
    fontSize: '13px',
    lineHeight: '18px',
  },
  words: { minWidth: 0, color: tokens.colorNeutralForeground2 },
  practice: { color: signal.practiceForeground, fontWeight: 600 },
  bar: { marginTop: '4px', maxWidth: '320px' },
  send: {
    color: signal.practiceForeground,
    ':hover': { color: signal.practiceForeground },
    ':hover:active': { color: signal.practiceForeground },
  },
});

/** "Send what Entra would send" at a step, and how it went. Practice only: it never counts as seen working. */
export function StepPractice({ step }: { step: GuideStepId }) {
  const activity = ACTIVITIES[step];
  return activity === undefined ? null : <Activity activity={activity} />;
}

function Activity({ activity }: { activity: PracticeActivity }) {
  const styles = useStyles();
  const run = usePracticeRun();
  const reread = () => void queryClient.invalidateQueries({ queryKey: api.practice.run.queryKey() });
  const send = useAct(
    () => client.practice.play.mutate({ activity }),
    () => 'Practice begun',
    { onDone: reread },
  );
  const stop = useAct(
    () => client.practice.stop.mutate(),
    () => 'Practice stopped',
    { onDone: reread },
  );
  // Its room alone, so that nothing moves when it is known.
  if (run === undefined) return <section className={styles.row} aria-label="Practice" aria-busy />;
  const mine = run?.activity === activity ? run : null;
  const busy = run?.running === true;
  const kind = mine === null || mine.running || mine.failed === 0 ? 'practice' : 'failed';
  return (
    <section className={styles.row} aria-label="Practice">
      <Mark kind={kind} label="" />
      <div className={styles.words}>
        <div role="status">
          <span className={styles.practice}>Practice.</span> <Result mine={mine} busy={busy} />
        </div>
        {mine?.running === true && <PracticeBar className={styles.bar} label="Practice under way" />}
        <Problem words={send.problem ?? stop.problem} />
      </div>
      {mine?.running === true ? (
        <Button size="small" onClick={stop.run}>
          Stop
        </Button>
      ) : (
        <Button size="small" className={styles.send} disabledFocusable={busy || send.running} onClick={send.run}>
          Send what Entra would send
        </Button>
      )}
    </section>
  );
}

function Result({ mine, busy }: { mine: PracticeRun | null; busy: boolean }) {
  if (mine === null) {
    return busy ? 'Another practice run is under way.' : 'Play Azure’s part: this never counts as seen working.';
  }
  if (mine.running) return `${count(mine.calls, 'call')} sent so far.`;
  return (
    <>
      {resultOf(mine)} <CallsLink run={mine} />
    </>
  );
}

/** How a run went, as Entra would take it. */
function resultOf({ calls, latest, end }: PracticeRun): string {
  if (end !== null && calls === 0) return end.stopped ?? 'Stopped by you before anything was sent.';
  const telling = latest.find(({ outcome }) => outcome === 'failed') ?? latest.find(({ outcome }) => outcome === 'odd');
  const ended = end?.cancelled === true ? 'Stopped by you. ' : '';
  if (telling === undefined) {
    const all = calls === 1 ? 'The call was' : calls === 2 ? 'Both calls were' : `All ${calls} calls were`;
    return `${ended}${all} answered as Entra expects. ${latest.at(-1)?.sentence ?? ''}`.trim();
  }
  const how = telling.outcome === 'failed' ? 'Entra would not be content' : 'Accepted, but odd';
  return `${ended}${how}: ${telling.sentence}`;
}

/** Leads to the run's newest call in the feed: the others lie below it. */
function CallsLink({ run }: { run: PracticeRun }) {
  const { data } = useQuery({
    queryKey: ['practice-calls', run.startedAt],
    queryFn: async () => {
      const page = await client.feed.page.query({ before: null, limit: 200, query: '' });
      return page.calls.filter(({ practice, at }) => practice && at >= run.startedAt);
    },
  });
  const call = data?.find(({ outcome }) => outcome === 'failed') ?? data?.[0];
  if (call === undefined) return null;
  return (
    <FluentLink inline href={`#/feed/${call.code}`}>
      See the calls
    </FluentLink>
  );
}
