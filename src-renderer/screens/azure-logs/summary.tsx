import { Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { actionNames } from '../../../src-main/contract/catalogue/azure-log-words.ts';
import type { AzureFilter, AzureImport, AzureSilent } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { FactTable } from '../../ui/fact-table.tsx';
import { count, formatMoment, formatNumber } from '../../ui/format.ts';
import { Causes, Counts, Sides } from './causes.tsx';
import { formatSpan } from './words.ts';

const useStyles = makeStyles({
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  page: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1.6fr) minmax(0, 1fr)',
    columnGap: '40px',
    alignItems: 'start',
    padding: '4px 16px 32px',
    '@media (max-width: 1099.98px)': { gridTemplateColumns: 'minmax(0, 1fr)', padding: '4px 16px 24px' },
  },
  name: { margin: '16px 0 6px', fontSize: '14px', lineHeight: '20px', fontWeight: 600 },
  link: { fontSize: 'inherit', lineHeight: 'inherit', textAlign: 'left' },
  words: { padding: '24px' },
});

interface SummaryProps {
  log: AzureImport;
  now: number;
  /** Shows the entries that these narrow to. */
  onShow(filter: Partial<AzureFilter>, name: string | null): void;
  onRow(row: number): void;
  /** Lists the calls of this kind that no entry tells of. */
  onSilent(why: AzureSilent['why']): void;
}

/** What the log tells as a whole; useful without any call here, too. */
export function Summary({ log, now, onShow, onRow, onSilent }: SummaryProps) {
  const styles = useStyles();
  const { data: insight, isError } = useQuery(api.azureLogs.insight.queryOptions({ id: log.id }));
  if (insight === undefined) {
    return isError ? (
      <p role="alert" className={styles.words}>
        The log could not be read. Nothing is lost.
      </p>
    ) : (
      <p className={mergeClasses(styles.scroll, styles.words)}>Reading the log…</p>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys
    <section className={styles.scroll} aria-label="Summary" tabIndex={0}>
      <div className={styles.page}>
        <div>
          <Part name="Failures">
            <Causes
              causes={insight.failures}
              none="Nothing failed."
              onShow={({ cause, status }, name) => onShow({ cause, status }, name)}
            />
          </Part>
          <Part name="Skipped">
            <Causes
              causes={insight.skipped}
              none="Nobody was skipped."
              onShow={({ cause, status }, name) => onShow({ cause, status }, name)}
            />
          </Part>
          <Part name="Azure’s entries and the calls here">
            <Sides insight={insight} entries={log.entries} onSilent={onSilent} />
          </Part>
        </div>
        <div>
          <Part name="What was done">
            <Counts insight={insight} />
          </Part>
          {insight.people.length > 0 && (
            <Part name={`People and groups (${formatNumber(insight.peopleCount)}), most failures first`}>
              <FactTable
                head={['Who', 'Entries', 'Failed']}
                numeric={[1, 2]}
                rows={insight.people.slice(0, 15).map(({ key, name, entries, failed }) => ({
                  key,
                  cells: [
                    <FluentLink
                      key="who"
                      as="button"
                      className={styles.link}
                      onClick={() => onShow({ person: key }, name ?? key)}
                    >
                      {name ?? key}
                    </FluentLink>,
                    formatNumber(entries),
                    formatNumber(failed),
                  ],
                }))}
              />
            </Part>
          )}
          {insight.durations.length > 0 && (
            <Part name="How long Azure took">
              <FactTable
                head={['Action', 'Entries', 'Median', 'Longest']}
                numeric={[1, 2, 3]}
                rows={insight.durations.map(({ action, entries, medianMs, longestMs }) => ({
                  key: action,
                  cells: [actionNames[action], formatNumber(entries), formatSpan(medianMs), formatSpan(longestMs)],
                }))}
              />
              <FactTable
                head={['Slowest entries', 'Took']}
                numeric={[1]}
                rows={insight.slowest.slice(0, 5).map(({ row, name, action, durationMs }) => ({
                  key: String(row),
                  cells: [
                    <FluentLink key="who" as="button" className={styles.link} onClick={() => onRow(row)}>
                      {actionNames[action]}, {name ?? 'somebody'}
                    </FluentLink>,
                    formatSpan(durationMs),
                  ],
                }))}
              />
            </Part>
          )}
          {insight.cycles.length > 0 && (
            <Part name={`Cycles (${formatNumber(insight.cycles.length)})`}>
              <FactTable
                head={['Began', 'Entries', 'Failed']}
                numeric={[1, 2]}
                rows={insight.cycles.slice(0, 20).map(({ id, from, to, entries, failed }) => ({
                  key: id,
                  cells: [
                    <FluentLink
                      key="cycle"
                      as="button"
                      className={styles.link}
                      aria-label={`Cycle of ${formatMoment(from, now)}, ${count(entries, 'entry', 'entries')}`}
                      onClick={() => onShow({ cycle: id, from, to: to + 1 }, null)}
                    >
                      {formatMoment(from, now)}
                    </FluentLink>,
                    formatNumber(entries),
                    formatNumber(failed),
                  ],
                }))}
              />
            </Part>
          )}
        </div>
      </div>
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
