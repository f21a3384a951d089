import { makeStyles, tokens } from '@fluentui/react-components';
import type { NextCycle } from '../../src-main/contract/index.ts';
import { formatMinute } from '../ui/format.ts';
import { useLive } from '../ui/use-live.ts';
import { useNow } from '../ui/use-now.ts';
import { useNextCycle } from '../use-next-cycle.ts';

const useStyles = makeStyles({
  foot: {
    marginTop: 'auto',
    padding: '0 8px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  words: { display: 'flex', justifyContent: 'space-between', gap: '8px' },
  when: { color: tokens.colorNeutralForeground1 },
  track: { height: '2px', marginTop: '8px', backgroundColor: tokens.colorNeutralStroke2 },
  bar: { display: 'block', width: '100%', height: '2px' },
  fill: { fill: tokens.colorNeutralForeground3 },
});

/** About when Azure comes again: the word for it, and how much of the pause has passed where that is known. */
export function NextCycleFoot() {
  const styles = useStyles();
  const now = useNow(15_000);
  const { status } = useLive();
  const next = useNextCycle();
  if (status === null || next === undefined) return null;
  return (
    <div className={styles.foot}>
      <div className={styles.words}>
        <span>Next cycle</span>
        <span className={styles.when}>{whenWords(next, status.azureAt, now)}</span>
      </div>
      {next !== null && (
        <div className={styles.track}>
          <svg className={styles.bar} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden>
            <rect className={styles.fill} width={passed(next, now)} height="1" />
          </svg>
        </div>
      )}
    </div>
  );
}

function whenWords(next: NextCycle | null, azureAt: number | null, now: number): string {
  if (next !== null) return next.at <= now ? 'any moment' : `about ${formatMinute(next.at)}`;
  return azureAt === null ? 'not started' : 'not known';
}

/** How much of the pause between two cycles is over, of 100. */
function passed({ at, everyMs }: NextCycle, now: number): number {
  return Math.min(100, Math.max(0, (1 - (at - now) / everyMs) * 100));
}
