import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  ProgressBar,
  Select,
  tokens,
} from '@fluentui/react-components';
import { MoreHorizontal16Regular } from '@fluentui/react-icons';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { AzureFilter, AzureImport } from '../../../src-main/contract/index.ts';
import { api, client, queryClient } from '../../api.ts';
import { useCommands } from '../../commands/commands.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { DangerButton } from '../../ui/danger-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { count, formatMoment, formatNumber } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { Problem } from '../../ui/problem.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ChooseLog } from './drop.tsx';
import { FileRemarks } from './file-remarks.tsx';
import { saveCsv } from './save-csv.ts';
import { useUploadProblem } from './upload.ts';
import { useRemoveImport } from './use-remove-import.ts';
import { isBusy, stateWords } from './words.ts';

const useStyles = makeStyles({
  head: { padding: '12px 16px 4px', flexShrink: 0 },
  bar: { display: 'flex', alignItems: 'center', gap: '8px' },
  title: { margin: 0, fontSize: '20px', lineHeight: '28px', fontWeight: 600, whiteSpace: 'nowrap' },
  choice: { flexShrink: 1, minWidth: '120px', maxWidth: '360px', marginRight: 'auto' },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '2px 16px',
    margin: '6px 0 0',
    fontSize: '12px',
    lineHeight: '20px',
    color: tokens.colorNeutralForeground3,
  },
  number: { color: tokens.colorNeutralForeground1, fontWeight: 600 },
  odd: { display: 'inline-flex', alignItems: 'center', gap: '6px' },
  link: { minWidth: 0, height: '20px', padding: '0 4px', fontSize: '12px', fontWeight: 400 },
  work: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    margin: '8px 0 4px',
    fontSize: '12px',
    lineHeight: '16px',
  },
  progress: { flexGrow: 1, maxWidth: '320px' },
});

interface HeadProps {
  log: AzureImport;
  imports: readonly AzureImport[];
  /** What the CSV is narrowed to. */
  filter: AzureFilter;
  now: number;
}

/** Which import, what came of it, and what can be done with it. */
export function ImportHead({ log, imports, filter, now }: HeadProps) {
  const styles = useStyles();
  const [, go] = useLocation();
  const announce = useAnnounce();
  const uploadProblem = useUploadProblem();
  const [asking, setAsking] = useState<'delete' | 'problems' | null>(null);
  const act = useMutation({
    mutationFn: async (what: () => Promise<unknown>) => what(),
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.azureLogs.list.queryKey() }),
  });
  const { mutate } = act;
  const busy = isBusy(log);
  const problems = log.files.reduce((sum, { problemCount }) => sum + problemCount, 0);
  const { mutate: remove, ...removing } = useRemoveImport(log.id);
  const entries = log.entries > 0;
  /** Where nothing was read there is nothing to lose. */
  const askToRemove = useCallback(() => (entries || busy ? setAsking('delete') : remove()), [entries, busy, remove]);
  const problem = act.error ?? removing.error;
  useCommands(
    useMemo(
      () => [
        ...(entries
          ? [
              {
                id: 'azure-csv',
                title: 'Save the shown entries as CSV',
                group: 'Azure logs',
                run: () => mutate(() => saveCsv(log, filter)),
              },
            ]
          : []),
        {
          id: 'azure-match',
          title: 'Match this log again',
          group: 'Azure logs',
          run: () => mutate(() => client.azureLogs.match.mutate({ id: log.id })),
        },
        { id: 'azure-delete', title: 'Delete this import…', group: 'Azure logs', run: askToRemove },
      ],
      [entries, log, filter, mutate, askToRemove],
    ),
  );
  return (
    <div className={styles.head}>
      <div className={styles.bar}>
        <h1 className={styles.title}>Azure logs</h1>
        <Select
          size="small"
          className={styles.choice}
          aria-label="Import"
          value={String(log.id)}
          onChange={(_, { value }) => go(`/azure-logs/${value}`)}
        >
          {imports.map(({ id, name, at }) => (
            <option key={id} value={id}>
              {name}, {formatMoment(at, now)}
            </option>
          ))}
        </Select>
        <Button size="small" disabled={log.entries === 0} onClick={() => go(`/azure-logs/${log.id}/report`)}>
          Report
        </Button>
        <Button
          size="small"
          disabled={log.entries === 0 || act.isPending}
          onClick={() => act.mutate(() => saveCsv(log, filter))}
        >
          CSV
        </Button>
        <ChooseLog>Import</ChooseLog>
        <Menu>
          <MenuTrigger disableButtonEnhancement>
            <Button size="small" appearance="subtle" aria-label="More" icon={<MoreHorizontal16Regular />} />
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              <MenuItem disabled={busy} onClick={() => act.mutate(() => client.azureLogs.match.mutate({ id: log.id }))}>
                Match again
              </MenuItem>
              <MenuItem onClick={askToRemove}>Delete this import</MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
      </div>
      {busy ? (
        <div className={styles.work}>
          <span role="status">
            {stateWords(log)}: {count(log.entries, 'entry', 'entries')}
            {log.state === 'matching' && `, ${formatNumber(log.matched)} with a call`}
          </span>
          <ProgressBar className={styles.progress} aria-label={stateWords(log)} value={log.progress} />
          <Button
            size="small"
            onClick={() =>
              act.mutate(async () => {
                await client.azureLogs.cancel.mutate({ id: log.id });
                announce('Stopped');
                if (log.state === 'reading') go('/azure-logs');
              })
            }
          >
            {log.state === 'reading' ? 'Cancel' : 'Stop'}
          </Button>
        </div>
      ) : (
        <p className={styles.facts}>
          <span>
            <span className={styles.number}>{formatNumber(log.entries)}</span> {log.entries === 1 ? 'entry' : 'entries'}
          </span>
          <span>
            <span className={styles.number}>{formatNumber(log.byStatus.failure)}</span> failed
          </span>
          <span>
            <span className={styles.number}>{formatNumber(log.byStatus.skipped)}</span> skipped
          </span>
          <span>
            <span className={styles.number}>{formatNumber(log.matched)}</span> with a call here
          </span>
          {log.duplicates > 0 && <span>{count(log.duplicates, 'duplicate')} left out</span>}
          {log.skewMs !== null && Math.abs(log.skewMs) >= 2_000 && <span>{skewWords(log.skewMs)}</span>}
          {log.broken !== null && (
            <span className={styles.odd}>
              <Mark kind="odd" size={12} label="" />
              {log.broken}
            </span>
          )}
          {problems > 0 && (
            <span className={styles.odd}>
              <Mark kind="odd" size={12} label="" />
              <Button appearance="subtle" className={styles.link} onClick={() => setAsking('problems')}>
                {count(problems, 'remark')} on the {log.files.length === 1 ? 'file' : 'files'}
              </Button>
            </span>
          )}
        </p>
      )}
      <Problem words={uploadProblem ?? (problem === null ? null : problemOf(problem))} />
      {asking === 'delete' && (
        <Dialog
          title={`Delete ${log.name}?`}
          onClose={() => setAsking(null)}
          foot={
            <>
              <Button onClick={() => setAsking(null)}>Keep it</Button>
              <DangerButton
                disabled={removing.isPending}
                onClick={() => remove(undefined, { onSuccess: () => setAsking(null) })}
              >
                Delete {count(log.entries, 'entry', 'entries')}
              </DangerButton>
            </>
          }
        >
          <p>The entries and their matches go. The file you imported and the calls that are kept here stay.</p>
        </Dialog>
      )}
      {asking === 'problems' && (
        <Dialog
          title="Remarks on the files"
          onClose={() => setAsking(null)}
          foot={<Button onClick={() => setAsking(null)}>Close</Button>}
        >
          <FileRemarks files={log.files} />
        </Dialog>
      )}
    </div>
  );
}

function skewWords(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const span = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `Azure’s times are ${span} ${skewMs > 0 ? 'after' : 'before'} ours; taken off for matching`;
}
