import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { api, client } from '../../../api.ts';
import { DangerButton } from '../../../ui/danger-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { count } from '../../../ui/format.ts';
import { useAct } from '../../../use-act.ts';
import { erasedWords, rememberedWords } from '../pilots/words.ts';

const useStyles = makeStyles({ paragraph: { margin: '0 0 10px', color: tokens.colorNeutralForeground2 } });

export type Erasing = 'calls' | 'everything';

/** Asks before data goes, by number, and says what Azure goes on knowing. */
export function EraseDialog({ what, calls, onClose }: { what: Erasing; calls: number; onClose(): void }) {
  const styles = useStyles();
  const { data: pilots } = useQuery({ ...api.pilots.list.queryOptions(), staleTime: 0 });
  const id = pilots?.find((entry) => entry.open)?.id;
  const { data: found } = useQuery({
    ...api.pilots.erasable.queryOptions({ id: id ?? '' }),
    enabled: id !== undefined && what === 'everything',
    gcTime: 0,
  });
  const erase = useAct(
    () => client.data.erase.mutate({ what }),
    () => (what === 'calls' ? 'The calls are erased' : 'Everything is erased'),
    { onDone: onClose },
  );
  const gone = what === 'calls' ? count(calls, 'call') : found === undefined ? null : erasedWords(found);
  return (
    <Dialog
      title={what === 'calls' ? 'Erase the calls?' : 'Erase everything?'}
      onClose={onClose}
      problem={erase.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <DangerButton disabledFocusable={gone === null || erase.running} onClick={erase.run}>
            {gone === null ? 'Counting…' : erase.running ? 'Erasing…' : `Erase ${gone}`}
          </DangerButton>
        </>
      }
    >
      {what === 'calls' ? (
        <p className={styles.paragraph}>
          Requests and answers are erased. Users and groups stay with the history of their changes, and the guide keeps
          what it has seen.
        </p>
      ) : (
        <>
          <p className={styles.paragraph}>
            Users, groups, their history, the calls, imported Azure logs, saved filters and the guide’s ticks (but those
            of its last step) are erased. Name, Secret Token, connection, custom fields, ServiceOps’ demands, tenant
            admins and back-ups stay.
          </p>
          {found !== undefined && <p className={styles.paragraph}>{rememberedWords(found.known)}</p>}
        </>
      )}
      <p className={styles.paragraph}>
        The endpoint is closed for a moment; a call that comes in it is tried again by Azure.
      </p>
    </Dialog>
  );
}
