import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { api, client } from '../../../api.ts';
import { DangerButton } from '../../../ui/danger-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useAct } from '../../../use-act.ts';
import type { Shown } from './shown.ts';

const useStyles = makeStyles({
  paragraph: { margin: '0 0 10px', color: tokens.colorNeutralForeground2 },
});

/** What Azure makes of a purged id that it knows. */
export const KNOWN =
  'Calls for such an id are answered 404 and fail in its provisioning log, until the provisioning job is restarted with a full reset (Microsoft Graph) or a new enterprise application takes its place.';

/** What a purge leaves. */
export const KEPT =
  'Captured calls and back-ups stay, with what Azure sent and the name that they are listed under. Answers that showed what is purged, alone or in a list with others, can no longer be shown; answers that name it beside another record, as a member or a group, still can.';

/** Asks before a record is gone for good. */
export function PurgeDialog({ shown, onClose, onDone }: { shown: Shown; onClose(): void; onDone(): void }) {
  const styles = useStyles();
  const { record } = shown;
  const group = shown.type === 'group';
  const purge = useAct(
    () => client.directory.purge.mutate({ type: group ? 'Group' : 'User', id: record.id }),
    () => `Purged ${record.name}`,
    {
      onDone,
      gone: (group ? api.directory.group : api.directory.user).queryKey({ id: record.id }),
    },
  );
  return (
    <Dialog
      title={`Purge ${record.name}?`}
      onClose={onClose}
      problem={purge.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <DangerButton disabledFocusable={purge.running} onClick={purge.run}>
            Purge {record.name}
          </DangerButton>
        </>
      }
    >
      <p className={styles.paragraph}>
        {group
          ? 'The group, its memberships and its history are removed here for good. Its members stay.'
          : 'The user, its memberships and its history are removed here for good, and its name from the history of groups.'}{' '}
        {KEPT}
      </p>
      <p className={styles.paragraph}>
        {record.knownByAzure
          ? `Azure still knows this record by its id. ${KNOWN}`
          : `Azure deleted this record itself, or no call of its own made or changed it: it asks for the id only if it has matched the record. ${KNOWN}`}
      </p>
    </Dialog>
  );
}
