import '../data-access/print.css';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Print20Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { AzureImport } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { count, formatNumber } from '../../ui/format.ts';
import { useLive } from '../../ui/use-live.ts';
import { FactTable } from '../data-access/fact-table.tsx';
import { Causes, Counts, Sides } from './causes.tsx';
import { FORMATS, isBusy } from './words.ts';

const useStyles = makeStyles({
  scroll: { height: '100%', overflowY: 'auto' },
  page: {
    maxWidth: '824px',
    padding: '20px 32px 40px',
    '@media (max-width: 1099.98px)': { padding: '20px 24px 32px' },
  },
  head: { display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: '16px' },
  title: { margin: 0, fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  lead: { margin: '2px 0 0', maxWidth: '640px', color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  name: {
    margin: '24px 0 8px',
    padding: '0 0 6px',
    fontSize: '14px',
    lineHeight: '20px',
    fontWeight: 600,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: { margin: '0 0 6px', overflowWrap: 'anywhere' },
  back: { color: tokens.colorBrandForeground1, textDecorationLine: 'none' },
  failed: { padding: '40px 24px' },
});

const moment = (at: number) => new Date(at).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' });

/** What an imported log tells, on paper: counts, failures in words, and what to do. */
export function Report({ log }: { log: AzureImport }) {
  const styles = useStyles();
  const { status } = useLive();
  const { data: insight, isError } = useQuery(api.azureLogs.insight.queryOptions({ id: log.id }));
  if (isError && insight === undefined) {
    return (
      <p role="alert" className={styles.failed}>
        The log could not be read. Try again in a moment.
      </p>
    );
  }
  if (insight === undefined) return null;
  const { byStatus, from, to } = log;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys, with little inside to reach
    <section className={styles.scroll} aria-label="Report" tabIndex={0}>
      <article className={styles.page} data-printable>
        <p data-not-printed className={styles.words}>
          <Link to={`/azure-logs/${log.id}`} className={styles.back}>
            Back to the log
          </Link>
        </p>
        <div className={styles.head}>
          <div>
            <h1 className={styles.title}>What Azure’s provisioning log tells</h1>
            <p className={styles.lead}>
              {log.name}, imported on {moment(log.at)}.{' '}
              {from !== null && to !== null && `It tells of ${moment(from)} to ${moment(to)}.`}
            </p>
          </div>
          <Button data-not-printed appearance="primary" icon={<Print20Regular />} onClick={() => window.print()}>
            Print
          </Button>
        </div>
        {isBusy(log) && (
          <p className={styles.words}>The log is still being read or matched: the numbers will change.</p>
        )}
        <Part name="In short">
          <p className={styles.words}>
            {count(log.entries, 'entry', 'entries')}: {formatNumber(byStatus.success)} succeeded,{' '}
            {formatNumber(byStatus.failure)} failed, {formatNumber(byStatus.skipped)} skipped
            {byStatus.warning > 0 && `, ${formatNumber(byStatus.warning)} with a warning`}
            {byStatus.unknown > 0 && `, ${formatNumber(byStatus.unknown)} that do not say`}.
            {log.duplicates > 0 && ` ${count(log.duplicates, 'duplicate')} left out.`}
          </p>
          <Counts insight={insight} />
        </Part>
        <Part name="Failures, what they mean and what to do">
          <Causes causes={insight.failures} none="Nothing failed." />
        </Part>
        <Part name="Skipped">
          <Causes causes={insight.skipped} none="Nobody was skipped." />
        </Part>
        <Part name="Azure’s entries and the calls that this pilot kept">
          <Sides insight={insight} entries={log.entries} />
        </Part>
        <Part name="The files">
          <FactTable
            head={['File', 'Form', 'Read', 'Remarks']}
            numeric={[2, 3]}
            rows={log.files.map(({ name, format, read, problemCount }, at) => ({
              key: `${at} ${name}`,
              cells: [
                name,
                format === null ? 'not recognised' : FORMATS[format],
                formatNumber(read),
                formatNumber(problemCount),
              ],
            }))}
          />
          {log.broken !== null && <p className={styles.words}>{log.broken}</p>}
          {status !== null && (
            <p className={styles.words}>
              Made by SCIM Pilot at {status.tenantUrl}, which can not see Azure itself: what stands here is what the log
              says, and what reached this pilot.
            </p>
          )}
        </Part>
      </article>
    </section>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section>
      <h2 className={useStyles().name}>{name}</h2>
      {children}
    </section>
  );
}
