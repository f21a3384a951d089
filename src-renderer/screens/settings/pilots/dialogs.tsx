import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import type { FileFacts, PilotEntry } from '../../../../src-main/contract/index.ts';
import { api, client, queryClient } from '../../../api.ts';
import { DangerButton } from '../../../ui/danger-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useAct } from '../../../use-act.ts';
import { erasedWords, freeName, holding, rememberedWords } from './words.ts';

const useStyles = makeStyles({
  paragraph: { margin: '0 0 10px', color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  label: { display: 'block', margin: '4px 0 4px', color: tokens.colorNeutralForeground2 },
  input: { width: '100%' },
});

/** The list of pilots is another one now. */
const reread = () => void queryClient.invalidateQueries({ queryKey: api.pilots.pathKey() });

interface NameDialogProps {
  title: string;
  /** What the button does, e.g. "Create and open". */
  button: string;
  first: string;
  act(name: string): Promise<unknown>;
  done(name: string): string;
  onClose(): void;
  children?: ReactNode;
}

/** Asks for a pilot's name and does something with it. */
export function NameDialog({ title, button, first, act, done, onClose, children }: NameDialogProps) {
  const styles = useStyles();
  const id = useId();
  const [name, setName] = useState(first);
  const run = useAct(
    () => act(name),
    () => done(name.trim()),
    {
      onDone() {
        reread();
        onClose();
      },
    },
  );
  const ready = name.trim() !== '' && !run.running;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      problem={run.problem}
      onEnter={() => ready && run.run()}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button appearance="primary" disabledFocusable={!ready} onClick={run.run}>
            {run.running ? 'One moment…' : button}
          </Button>
        </>
      }
    >
      {children}
      <label htmlFor={id} className={styles.label}>
        Name
      </label>
      <Input
        id={id}
        className={styles.input}
        value={name}
        maxLength={60}
        autoFocus
        placeholder="Customer A"
        onChange={(_, data) => setName(data.value)}
      />
    </Dialog>
  );
}

export function NewPilot({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  return (
    <NameDialog
      title="New pilot"
      button="Create and open"
      first=""
      act={(name) => client.pilots.create.mutate({ name })}
      done={(name) => `${name} is open`}
      onClose={onClose}
    >
      <p className={styles.paragraph}>
        A pilot has users, calls, guide, Secret Token and connection of its own: ngrok’s authtoken is pasted into each.
        One is open at a time; the others lie beside it and answer nobody.
      </p>
    </NameDialog>
  );
}

interface ImportPilotProps {
  ticket: string;
  facts: FileFacts;
  /** The names of the pilots that are here. */
  taken: readonly string[];
  onClose(): void;
}

/** A file that was handed in becomes a pilot. */
export function ImportPilot({ ticket, facts, taken, onClose }: ImportPilotProps) {
  const styles = useStyles();
  return (
    <NameDialog
      title="Import a pilot"
      button="Import"
      first={freeName(facts.name, taken)}
      act={(name) => client.pilots.import.mutate({ ticket, name })}
      done={(name) => `${name} is imported`}
      onClose={onClose}
    >
      <p className={styles.paragraph}>The file holds {holding(facts)}.</p>
      <p className={styles.paragraph}>
        Secrets are never in it: a new Secret Token is made when the pilot is opened, and the connection is to be set
        up, ngrok’s authtoken pasted again. An application in Azure that used the exported pilot needs the new Tenant
        URL and token.
      </p>
    </NameDialog>
  );
}

interface RiskDialogProps {
  entry: PilotEntry;
  risks: string[];
  onClose(): void;
}

/** Says what opening another pilot does to jobs in Azure. */
export function OpenAnyway({ entry, risks, onClose }: RiskDialogProps) {
  const styles = useStyles();
  const open = useAct(
    () => client.pilots.open.mutate({ id: entry.id }),
    () => `${entry.name} is open`,
    { onDone: onClose },
  );
  return (
    <Dialog
      title={`Open ${entry.name}?`}
      onClose={onClose}
      problem={open.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button appearance="primary" disabledFocusable={open.running} onClick={open.run}>
            Open {entry.name}
          </Button>
        </>
      }
    >
      {risks.map((words) => (
        <p key={words} className={styles.paragraph}>
          {words}
        </p>
      ))}
      <p className={styles.paragraph}>
        To be safe, stop the job first: in the portal, the application, Provisioning, Stop provisioning.
      </p>
    </Dialog>
  );
}

interface EntryDialogProps {
  entry: PilotEntry;
  onClose(): void;
}

/** Everything the pilot holds goes; it stays, as on its first day. */
export function ResetPilot({ entry, onClose }: EntryDialogProps) {
  const styles = useStyles();
  const { data } = useQuery({ ...api.pilots.erasable.queryOptions({ id: entry.id }), gcTime: 0 });
  const reset = useAct(
    () => client.pilots.reset.mutate({ id: entry.id }),
    () => `${entry.name} is reset`,
    {
      onDone() {
        reread();
        onClose();
      },
    },
  );
  return (
    <Dialog
      title={`Reset ${entry.name}?`}
      onClose={onClose}
      problem={reset.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <DangerButton disabledFocusable={data === undefined || reset.running} onClick={reset.run}>
            {data === undefined ? 'Counting…' : `Reset: erase ${erasedWords(data)}`}
          </DangerButton>
        </>
      }
    >
      <p className={styles.paragraph}>
        Users, groups, calls, imported Azure logs and saved filters are erased; guide, custom fields, ServiceOps’
        demands and tenant admins begin anew. Name, Secret Token and connection stay, and so do back-ups.
      </p>
      {data !== undefined && <p className={styles.paragraph}>{rememberedWords(data.known)}</p>}
    </Dialog>
  );
}

export function DeletePilot({ entry, onClose }: EntryDialogProps) {
  const styles = useStyles();
  const remove = useAct(
    () => client.pilots.remove.mutate({ id: entry.id }),
    () => `${entry.name} is deleted`,
    {
      onDone() {
        reread();
        onClose();
      },
    },
  );
  return (
    <Dialog
      title={`Delete ${entry.name}?`}
      onClose={onClose}
      problem={remove.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <DangerButton disabledFocusable={remove.running} onClick={remove.run}>
            Delete {entry.name} with {holding(entry)}
          </DangerButton>
        </>
      }
    >
      <p className={styles.paragraph}>
        Its folder goes with everything in it, back-ups included. This can’t be undone; export it first if you may want
        it again.
      </p>
      <p className={styles.paragraph}>
        An application in Azure that still calls it fails and ends in quarantine: stop provisioning there, or delete the
        application.
      </p>
    </Dialog>
  );
}
