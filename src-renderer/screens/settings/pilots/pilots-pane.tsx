import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { MoreHorizontal16Regular } from '@fluentui/react-icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { FileFacts, PilotEntry } from '../../../../src-main/contract/index.ts';
import { api, client } from '../../../api.ts';
import { handIn, saveReady } from '../../../files.ts';
import { useAnnounce } from '../../../ui/announcer.tsx';
import { FileButton } from '../../../ui/file-button.tsx';
import { formatBytes } from '../../../ui/format.ts';
import { Problem } from '../../../ui/problem.tsx';
import { problemOf } from '../../../ui/problem-of.ts';
import { Truncated } from '../../../ui/truncated.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { PaneHead, Part } from '../parts.tsx';
import { DeletePilot, ImportPilot, NameDialog, NewPilot, ResetPilot } from './dialogs.tsx';
import { useOpenPilot } from './use-open-pilot.tsx';
import { entryWords } from './words.ts';

const useStyles = makeStyles({
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px', padding: '0 0 8px' },
  list: { margin: 0, padding: 0, listStyleType: 'none', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: '16px',
    minHeight: '56px',
    padding: '8px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  name: { display: 'flex', alignItems: 'baseline', gap: '8px', minWidth: 0, fontWeight: 600 },
  open: {
    flexShrink: 0,
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorStatusSuccessForeground1,
  },
  facts: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  address: { display: 'block', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  odd: { fontSize: '12px', lineHeight: '16px', color: tokens.colorStatusWarningForeground1 },
  buttons: { display: 'flex', gap: '4px' },
});

type Asked =
  | { what: 'new' }
  | { what: 'rename' | 'duplicate' | 'reset' | 'delete'; entry: PilotEntry }
  | { what: 'import'; ticket: string; facts: FileFacts };

/** The pilots of this data folder: one is open, the others wait. */
export function PilotsPane() {
  const styles = useStyles();
  const announce = useAnnounce();
  const [asked, setAsked] = useState<Asked | null>(null);
  const now = useNow(30_000);
  const { data: pilots } = useQuery({ ...api.pilots.list.queryOptions(), refetchOnMount: 'always' });
  const { open, dialog } = useOpenPilot();
  const exporting = useMutation({
    mutationFn: (id: string) => client.pilots.export.mutate({ id }),
    onSuccess(file) {
      saveReady(file);
      announce('The pilot is exported');
    },
  });
  const taking = useMutation({
    async mutationFn(file: File) {
      const ticket = await handIn(file);
      return { ticket, facts: await client.data.inspect.mutate({ ticket }) };
    },
    onSuccess: (taken) => setAsked({ what: 'import', ...taken }),
  });
  const refused = exporting.error ?? taking.error;
  return (
    <>
      <PaneHead title="Pilots">
        One for each customer, trial or demo. Each has users, calls, guide, Secret Token and connection of its own; one
        is open at a time, on the same port.
      </PaneHead>
      <Part>
        <div className={styles.acts}>
          <Button appearance="primary" onClick={() => setAsked({ what: 'new' })}>
            New pilot…
          </Button>
          <FileButton label="Exported pilot" accept=".db" onChoose={(file) => taking.mutate(file)}>
            {taking.isPending ? 'Reading the file…' : 'Import…'}
          </FileButton>
        </div>
        <Problem words={refused === null ? null : problemOf(refused)} />
        <ul className={styles.list} aria-label="Pilots">
          {(pilots ?? []).map((entry) => (
            <li key={entry.id} className={styles.row}>
              <div style={{ minWidth: 0 }}>
                <div className={styles.name}>
                  <Truncated text={entry.name} />
                  {entry.open && <span className={styles.open}>open</span>}
                </div>
                <div className={styles.facts}>
                  {entryWords(entry, now)} · {formatBytes(entry.bytes)}
                </div>
                {entry.origin !== null && <Truncated text={entry.origin} className={styles.address} />}
                {entry.sharesWith !== null && (
                  <div className={styles.odd}>
                    Shares its address with {entry.sharesWith}: Azure’s job there would meet the wrong Secret Token.
                  </div>
                )}
              </div>
              <div className={styles.buttons}>
                {!entry.open && (
                  <Button
                    size="small"
                    aria-label={`Open ${entry.name}`}
                    disabledFocusable={entry.unreadable}
                    onClick={() => open(entry)}
                  >
                    Open
                  </Button>
                )}
                <More
                  entry={entry}
                  busy={exporting.isPending}
                  onAsk={(what) => setAsked({ what, entry })}
                  onExport={() => exporting.mutate(entry.id)}
                />
              </div>
            </li>
          ))}
        </ul>
      </Part>
      {asked !== null && (
        <AskedFor asked={asked} taken={(pilots ?? []).map(({ name }) => name)} onClose={() => setAsked(null)} />
      )}
      {dialog}
    </>
  );
}

interface MoreProps {
  entry: PilotEntry;
  busy: boolean;
  onAsk(what: 'rename' | 'duplicate' | 'reset' | 'delete'): void;
  onExport(): void;
}

function More({ entry, busy, onAsk, onExport }: MoreProps) {
  return (
    <Menu positioning="below-end">
      <MenuTrigger disableButtonEnhancement>
        <Button
          size="small"
          appearance="subtle"
          aria-label={`More for ${entry.name}`}
          icon={<MoreHorizontal16Regular />}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem disabled={entry.unreadable} onClick={() => onAsk('rename')}>
            Rename…
          </MenuItem>
          <MenuItem disabled={entry.unreadable} onClick={() => onAsk('duplicate')}>
            Duplicate…
          </MenuItem>
          <MenuItem disabled={entry.unreadable || busy} onClick={onExport}>
            Export as one file
          </MenuItem>
          <MenuItem disabled={entry.unreadable} onClick={() => onAsk('reset')}>
            Reset…
          </MenuItem>
          {!entry.open && <MenuItem onClick={() => onAsk('delete')}>Delete…</MenuItem>}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function AskedFor({ asked, taken, onClose }: { asked: Asked; taken: readonly string[]; onClose(): void }): ReactNode {
  switch (asked.what) {
    case 'new':
      return <NewPilot onClose={onClose} />;
    case 'import':
      return <ImportPilot ticket={asked.ticket} facts={asked.facts} taken={taken} onClose={onClose} />;
    case 'rename':
      return (
        <NameDialog
          title={`Rename ${asked.entry.name}`}
          button="Rename"
          first={asked.entry.name}
          act={(name) => client.pilots.rename.mutate({ id: asked.entry.id, name })}
          done={(name) => `Renamed to ${name}`}
          onClose={onClose}
        />
      );
    case 'duplicate':
      return (
        <NameDialog
          title={`Duplicate ${asked.entry.name}`}
          button="Duplicate"
          first={`${asked.entry.name} copy`.slice(0, 60)}
          act={(name) => client.pilots.duplicate.mutate({ id: asked.entry.id, name })}
          done={(name) => `${name} is made`}
          onClose={onClose}
        >
          <p style={{ margin: '0 0 10px' }}>
            The copy holds the same users, groups, calls and guide, and gets a Secret Token of its own; its connection
            is to be set up, ngrok’s authtoken pasted again. From then on the two have nothing to do with each other.
          </p>
        </NameDialog>
      );
    case 'reset':
      return <ResetPilot entry={asked.entry} onClose={onClose} />;
    case 'delete':
      return <DeletePilot entry={asked.entry} onClose={onClose} />;
  }
}
