import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { Overview as OverviewReading, PilotStatus } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { mattersOf } from '../../frame/matters.ts';
import { useLive } from '../../ui/use-live.ts';
import { useNow } from '../../ui/use-now.ts';
import { AnswerTime } from './answer-time.tsx';
import { Attention } from './attention.tsx';
import { AwayNote } from './away-note.tsx';
import { cycleStory } from './cycle-story.ts';
import { FirstSteps } from './first-steps.tsx';
import { Heartbeat } from './heartbeat.tsx';
import { Latest } from './latest.tsx';
import { Numerals } from './numerals.tsx';
import { verdictOf } from './verdict.ts';

const useStyles = makeStyles({
  screen: { height: '100%', overflowY: 'auto', overflowX: 'hidden' },
  top: { padding: '20px 32px 0' },
  verdict: { margin: 0, fontSize: '24px', lineHeight: '32px', fontWeight: 600 },
  advice: { margin: '2px 0 0', color: tokens.colorNeutralForeground2 },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 300px',
    columnGap: '40px',
    padding: '20px 32px 0',
    '@media (max-width: 1099.98px)': { gridTemplateColumns: 'minmax(0, 1fr) 240px' },
  },
  latest: { padding: '20px 32px 24px' },
});

const HEARTBEAT_MS = 15_000;

/** Is it working? */
export function Overview() {
  const styles = useStyles();
  const { status, link } = useLive();
  const { data } = useQuery({ ...api.overview.queryOptions(), enabled: status !== null });
  return (
    <div className={styles.screen}>
      {status !== null && <Reading status={status} reading={data} offline={link === 'offline'} />}
    </div>
  );
}

interface ReadingProps {
  status: PilotStatus;
  reading: OverviewReading | undefined;
  offline: boolean;
}

function Reading({ status, reading, offline }: ReadingProps) {
  const styles = useStyles();
  const now = useNow(HEARTBEAT_MS);
  const { verdict, advice } = verdictOf(status, reading?.failures ?? [], now);
  const quiet = status.lastCall === null;
  const matters = mattersOf(status, now);
  const story = reading === undefined ? null : cycleStory(reading.cycle, reading.nextCycle, status, now);
  return (
    <>
      <div className={styles.top}>
        <h1 className={styles.verdict}>{verdict}</h1>
        <p className={styles.advice}>
          {reading === undefined && offline
            ? 'That was the last word: the pilot does not answer. The rest is read as soon as it does.'
            : advice}
        </p>
        {story !== null && <p className={styles.advice}>{story}</p>}
        <AwayNote away={status.away} azureAt={status.azureAt} />
        {quiet ? <FirstSteps status={status} /> : reading && <Numerals {...reading} status={status} now={now} />}
      </div>
      {reading && (
        <Heartbeat
          minutes={reading.minutes}
          startedAt={status.startedAt}
          next={reading.nextCycle}
          now={Math.max(now, status.lastCall?.at ?? 0)}
        />
      )}
      {reading && (!quiet || matters.length > 0) && (
        <>
          <div className={styles.columns}>
            <Attention
              needs={reading.needs}
              failed={reading.today.failed}
              purgedKnown={reading.purgedKnown}
              matters={matters}
              refused={status.token.refused}
              now={now}
            />
            {!quiet && <AnswerTime time={reading.answerTime} stored={status.callsStored} />}
          </div>
          {!quiet && (
            <div className={styles.latest}>
              <Latest actions={reading.latest} now={now} />
            </div>
          )}
        </>
      )}
    </>
  );
}
