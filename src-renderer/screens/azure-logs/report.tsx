import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { AzureImport } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { FactTable } from '../../ui/fact-table.tsx';
import { count, formatDate, formatNumber } from '../../ui/format.ts';
import { Paper, PaperFailed, PaperPart, PaperWords } from '../../ui/paper.tsx';
import { useLive } from '../../ui/use-live.ts';
import { Causes, Counts, Sides } from './causes.tsx';
import { FORMATS, isBusy } from './words.ts';

const useStyles = makeStyles({
  back: { color: tokens.colorBrandForeground1, textDecorationLine: 'none' },
});

/** What an imported log tells, on paper: counts, failures in words, and what to do. */
export function Report({ log }: { log: AzureImport }) {
  const styles = useStyles();
  const { status } = useLive();
  const { data: insight, isError } = useQuery(api.azureLogs.insight.queryOptions({ id: log.id }));
  if (isError && insight === undefined) {
    return <PaperFailed words="The log could not be read. Try again in a moment." />;
  }
  if (insight === undefined) return null;
  const { byStatus, from, to } = log;
  return (
    <Paper
      label="Report"
      title="What Azure’s provisioning log tells"
      above={
        <Link to={`/azure-logs/${log.id}`} className={styles.back}>
          Back to the log
        </Link>
      }
      lead={
        <>
          {log.name}, imported on {formatDate(log.at)}.{' '}
          {from !== null && to !== null && `It tells of ${formatDate(from)} to ${formatDate(to)}.`}
        </>
      }
    >
      {isBusy(log) && <PaperWords>The log is still being read or matched: the numbers will change.</PaperWords>}
      <PaperPart name="In short">
        <PaperWords>
          {count(log.entries, 'entry', 'entries')}: {formatNumber(byStatus.success)} succeeded,{' '}
          {formatNumber(byStatus.failure)} failed, {formatNumber(byStatus.skipped)} skipped
          {byStatus.warning > 0 && `, ${formatNumber(byStatus.warning)} with a warning`}
          {byStatus.unknown > 0 && `, ${formatNumber(byStatus.unknown)} that do not say`}.
          {log.duplicates > 0 && ` ${count(log.duplicates, 'duplicate')} left out.`}
        </PaperWords>
        <Counts insight={insight} />
      </PaperPart>
      <PaperPart name="Failures, what they mean and what to do">
        <Causes causes={insight.failures} none="Nothing failed." />
      </PaperPart>
      <PaperPart name="Skipped">
        <Causes causes={insight.skipped} none="Nobody was skipped." />
      </PaperPart>
      <PaperPart name="Azure’s entries and the calls that this pilot kept">
        <Sides insight={insight} entries={log.entries} />
      </PaperPart>
      <PaperPart name="The files">
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
        {log.broken !== null && <PaperWords>{log.broken}</PaperWords>}
        {status !== null && (
          <PaperWords>
            Made by SCIM Pilot at {status.tenantUrl}, which cannot see Azure itself: what stands here is what the log
            says, and what reached this pilot.
          </PaperWords>
        )}
      </PaperPart>
    </Paper>
  );
}
