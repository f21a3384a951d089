import { Button, makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BackupFile, PilotStatus } from '../../../../src-main/contract/index.ts';
import { api, client, queryClient } from '../../../api.ts';
import { handIn, saveReady } from '../../../files.ts';
import { useAnnounce } from '../../../ui/announcer.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { FileButton } from '../../../ui/file-button.tsx';
import { count, formatBytes, formatMoment } from '../../../ui/format.ts';
import { Problem } from '../../../ui/problem.tsx';
import { problemOf } from '../../../ui/problem-of.ts';
import { useNow } from '../../../ui/use-now.ts';
import { useAct } from '../../../use-act.ts';
import { SupportBundleButtons } from '../../export/support-bundle-buttons.tsx';
import { Note, PaneHead, Part, SettingRow } from '../parts.tsx';
import { EraseDialog, type Erasing } from './erase-dialog.tsx';
import { RestoreDialog, type Restoring } from './restore-dialog.tsx';
import { Retention } from './retention.tsx';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', gap: '8px', minHeight: '32px', minWidth: 0 },
  path: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', lineHeight: '18px', overflowWrap: 'anywhere' },
  acts: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px', padding: '10px 0 4px' },
  progress: { width: '160px' },
  list: { margin: '8px 0 0', padding: 0, listStyleType: 'none', borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: '16px',
    minHeight: '40px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  facts: { color: tokens.colorNeutralForeground3, fontSize: '12px', lineHeight: '16px' },
  buttons: { display: 'flex', gap: '4px' },
});

const PROGRESS_MS = 250;

/** Where the open pilot lies, how long calls are kept, its back-ups, and how it is erased. */
export function DataPane({ status }: { status: PilotStatus }) {
  const styles = useStyles();
  const [erasing, setErasing] = useState<Erasing | null>(null);
  const { data } = useQuery({ ...api.data.read.queryOptions(), refetchOnMount: 'always' });
  const { data: retention } = useQuery(api.calls.retention.queryOptions());
  const head = (
    <PaneHead title="Data">
      Everything of this pilot lies in one folder on this computer: users, groups, their history, and the calls.
    </PaneHead>
  );
  // All at once: what stands below would move otherwise.
  if (data === undefined || retention === undefined) return head;
  return (
    <>
      {head}
      <Part name="Where it lies">
        <SettingRow
          label="Folder"
          note="Only the account that runs SCIM Pilot can read the database. It is not encrypted."
        >
          <span className={styles.line}>
            <span className={styles.path}>{data.folder}</span>
            <CopyButton label="Copy the folder" what="Folder" value={data.folder} />
          </span>
        </SettingRow>
        <SettingRow last label="Size">
          {formatBytes(status.storageBytes)} with {count(status.callsStored, 'call')}
        </SettingRow>
      </Part>
      <Part name="Calls that are kept">
        <Retention stored={retention} />
      </Part>
      <Part name="Back-ups">
        <Backups backups={data.backups} />
      </Part>
      <Part name="Support bundle">
        <div className={styles.acts}>
          <SupportBundleButtons />
        </div>
        <Note>
          The calls with their explanations, settings without secrets and versions in one zip file, for a colleague or
          for support; without names unless you leave them in. Opening one changes nothing here.
        </Note>
      </Part>
      <Part name="Erase">
        <div className={styles.acts}>
          <Button disabledFocusable={status.callsStored === 0} onClick={() => setErasing('calls')}>
            Erase the calls…
          </Button>
          <Button onClick={() => setErasing('everything')}>Erase everything…</Button>
        </div>
        <Note>
          Nothing of it can be read afterwards, in the file either. Azure remembers ids: each dialog says what that
          means. Back-ups are files of their own; delete them above.
        </Note>
      </Part>
      {erasing !== null && <EraseDialog what={erasing} calls={status.callsStored} onClose={() => setErasing(null)} />}
    </>
  );
}

function Backups({ backups }: { backups: readonly BackupFile[] }) {
  const styles = useStyles();
  const now = useNow(30_000);
  const announce = useAnnounce();
  const [restoring, setRestoring] = useState<Restoring | null>(null);
  const reread = () => void queryClient.invalidateQueries({ queryKey: api.data.pathKey() });
  const backUp = useAct(
    () => client.data.backUp.mutate(),
    (made) => `Backed up, ${formatBytes(made.bytes)}`,
    { onDone: reread },
  );
  const { data: progress } = useQuery({
    ...api.data.progress.queryOptions(),
    enabled: backUp.running,
    refetchInterval: PROGRESS_MS,
  });
  const fetching = useMutation({
    mutationFn: (backup: string) => client.data.fetchBackup.mutate({ backup }),
    onSuccess: saveReady,
  });
  const removing = useMutation({
    mutationFn: (backup: string) => client.data.removeBackup.mutate({ backup }),
    onSuccess() {
      announce('The back-up is deleted');
      reread();
    },
  });
  const reading = useMutation({
    async mutationFn(source: { backup: string } | File) {
      const from = source instanceof File ? { ticket: await handIn(source) } : source;
      return { source: from, facts: await client.data.inspect.mutate(from) };
    },
    onSuccess: setRestoring,
  });
  const refused = fetching.error ?? removing.error ?? reading.error;
  return (
    <>
      <div className={styles.acts}>
        <Button disabledFocusable={backUp.running} onClick={backUp.run}>
          Back up now
        </Button>
        <FileButton label="Back-up" accept=".db" onChoose={(file) => reading.mutate(file)}>
          {reading.isPending ? 'Reading the file…' : 'Restore from a file…'}
        </FileButton>
        {backUp.running && (
          <ProgressBar className={styles.progress} aria-label="Backing up" value={progress?.done ?? 0} />
        )}
      </div>
      <Note>
        A back-up holds users, groups, history, calls, imported Azure logs, guide, custom fields and tenant admins, and
        no secret: the Secret Token and the connection stay with the pilot. Azure is answered all the while.
      </Note>
      <Problem words={backUp.problem ?? (refused === null ? null : problemOf(refused))} />
      {backups.length > 0 && (
        <ul className={styles.list} aria-label="Back-ups">
          {backups.map(({ name, at, bytes, own }) => {
            const when = formatMoment(at, now);
            return (
              <li key={name} className={styles.row}>
                <div>
                  <div>{when}</div>
                  <div className={styles.facts}>
                    {formatBytes(bytes)}
                    {!own && ' · made before an update'}
                  </div>
                </div>
                <div className={styles.buttons}>
                  {own && (
                    <Button
                      size="small"
                      aria-label={`Save a copy of the back-up of ${when}`}
                      onClick={() => fetching.mutate(name)}
                    >
                      Save a copy
                    </Button>
                  )}
                  <Button
                    size="small"
                    aria-label={`Restore the back-up of ${when}`}
                    disabledFocusable={reading.isPending}
                    onClick={() => reading.mutate({ backup: name })}
                  >
                    Restore…
                  </Button>
                  <Button
                    size="small"
                    aria-label={`Delete the back-up of ${when}`}
                    disabledFocusable={removing.isPending}
                    onClick={() => removing.mutate(name)}
                  >
                    Delete
                  </Button>
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {restoring !== null && <RestoreDialog restoring={restoring} onClose={() => setRestoring(null)} />}
    </>
  );
}
