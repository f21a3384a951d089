import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { DangerButton } from '../../ui/danger-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { count } from '../../ui/format.ts';
import { useAct } from '../../use-act.ts';

const useStyles = makeStyles({
  button: { height: '24px', fontSize: '12px', fontWeight: 400, minWidth: 0, whiteSpace: 'nowrap' },
  paragraph: { margin: '0 0 10px', color: tokens.colorNeutralForeground2 },
});

interface Records {
  users: number;
  groups: number;
}

/** A button that has a dialog asked first; `children` gives it. */
export function PurgeManyButton({ label, children }: { label: string; children(onClose: () => void): ReactNode }) {
  const styles = useStyles();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" className={styles.button} onClick={() => setAsking(true)}>
        {label}
      </Button>
      {asking && children(() => setAsking(false))}
    </>
  );
}

interface PurgeManyProps {
  /** What the records are: "deleted", "practice". */
  kind: string;
  /** What a purge would take; undefined until that is counted. */
  found: Records | undefined;
  /** Said where there is nothing to purge. */
  nothing: string;
  /** What a purge means. */
  paragraphs: string[];
  purge(): Promise<Records>;
  onClose(): void;
}

/** Asks whether many records are to be purged, and purges them. */
export function PurgeManyDialog({ kind, found, nothing, paragraphs, purge, onClose }: PurgeManyProps) {
  const styles = useStyles();
  const act = useAct(
    purge,
    (purged) => {
      const words = inWords(kind, purged);
      return words === '' ? 'Nothing was left to purge' : `Purged ${words}`;
    },
    { onDone: onClose },
  );
  if (found === undefined) return null;
  const words = inWords(kind, found);
  if (words === '') {
    return (
      <Dialog title="Nothing to purge" onClose={onClose} foot={<Button onClick={onClose}>Close</Button>}>
        <p className={styles.paragraph}>{nothing}</p>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={`Purge ${words}?`}
      onClose={onClose}
      problem={act.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <DangerButton disabledFocusable={act.running} onClick={act.run}>
            Purge {words}
          </DangerButton>
        </>
      }
    >
      {paragraphs.map((paragraph) => (
        <p key={paragraph} className={styles.paragraph}>
          {paragraph}
        </p>
      ))}
    </Dialog>
  );
}

/** Counted: "212 deleted users and 3 deleted groups"; nothing where there is none. */
function inWords(kind: string, { users, groups }: Records): string {
  const parts = [
    ...(users > 0 ? [count(users, `${kind} user`)] : []),
    ...(groups > 0 ? [count(groups, `${kind} group`)] : []),
  ];
  return parts.join(' and ');
}
