import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { ngrokFreePlan } from '../../../../src-main/contract/catalogue/tunnel.ts';
import { api } from '../../../api.ts';
import { formatNumber } from '../../../ui/format.ts';
import { OutsideLink } from '../../../ui/outside-link.tsx';
import { Part } from '../parts.tsx';

const useStyles = makeStyles({
  use: { display: 'flex', alignItems: 'baseline', gap: '8px', padding: '8px 0 6px' },
  number: { fontSize: '28px', lineHeight: '32px', fontWeight: 600, letterSpacing: '-0.02em' },
  of: { color: tokens.colorNeutralForeground3, fontSize: '12px', lineHeight: '16px' },
  track: { height: '3px', maxWidth: '480px', backgroundColor: tokens.colorNeutralStroke2 },
  bar: { display: 'block', width: '100%', height: '3px' },
  fill: { fill: tokens.colorNeutralForeground3 },
  over: { fill: tokens.colorStatusDangerForeground1 },
  notes: {
    margin: '12px 0 0',
    padding: '0 0 0 16px',
    maxWidth: '640px',
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground2,
  },
  link: { fontSize: '12px', lineHeight: '16px', marginTop: '8px' },
});

const EVERY_MS = 60_000;
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' });

/** What the free plan allows, with our own count of the month beside it. */
export function FreePlan() {
  const styles = useStyles();
  const { data: usage } = useQuery({ ...api.tunnel.usage.queryOptions(), refetchInterval: EVERY_MS, staleTime: 0 });
  const { requestsPerMonth, notes, link } = ngrokFreePlan;
  const calls = usage?.calls ?? 0;
  return (
    <Part name="The free plan">
      {usage !== undefined && (
        <>
          <div className={styles.use}>
            <span className={styles.number}>{formatNumber(calls)}</span>
            <span className={styles.of}>
              of {formatNumber(requestsPerMonth)} requests in {month.format(usage.since)}, by our own count of the calls
              that came by the public address
            </span>
          </div>
          <div className={styles.track}>
            <svg className={styles.bar} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden>
              <rect
                className={calls > requestsPerMonth ? styles.over : styles.fill}
                width={Math.min(100, (calls / requestsPerMonth) * 100)}
                height="1"
              />
            </svg>
          </div>
        </>
      )}
      <ul className={styles.notes}>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <div className={styles.link}>
        <OutsideLink href={link}>What ngrok counts</OutsideLink>
      </div>
    </Part>
  );
}
