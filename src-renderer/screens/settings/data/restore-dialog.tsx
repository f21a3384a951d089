import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { FileFacts } from '../../../../src-main/contract/index.ts';
import { client } from '../../../api.ts';
import { DangerButton } from '../../../ui/danger-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { count, formatMoment } from '../../../ui/format.ts';
import { useAct } from '../../../use-act.ts';
import { holding } from '../pilots/words.ts';

const useStyles = makeStyles({
  paragraph: { margin: '0 0 10px', color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

/** A file that was read and found good. */
export interface Restoring {
  source: { ticket: string } | { backup: string };
  facts: FileFacts;
}

/** Says what a back-up holds and what Azure remembers that it does not, before it takes everything's place. */
export function RestoreDialog({ restoring: { source, facts }, onClose }: { restoring: Restoring; onClose(): void }) {
  const styles = useStyles();
  const restore = useAct(
    () => client.data.restore.mutate(source),
    () => 'The back-up is restored',
    { onDone: onClose },
  );
  return (
    <Dialog
      title="Restore this back-up?"
      onClose={onClose}
      problem={restore.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <DangerButton disabledFocusable={restore.running} onClick={restore.run}>
            {restore.running ? 'Restoring…' : `Replace everything by ${holding(facts)}`}
          </DangerButton>
        </>
      }
    >
      <p className={styles.paragraph}>
        It is of the pilot <bdi>{facts.name}</bdi>
        {facts.lastCallAt === null ? '' : `, its last call of ${formatMoment(facts.lastCallAt, Date.now())}`}.
        Everything that is here now goes; name, Secret Token and connection stay. Back up first if you may want it
        again.
      </p>
      <p className={styles.paragraph}>
        {facts.forgotten === 0
          ? 'Every record that Azure knows by id is in it.'
          : `Azure knows ${count(facts.forgotten, 'record')} by id that ${facts.forgotten === 1 ? 'is' : 'are'} not in it: calls for such an id are answered 404, with the reason, until the job is restarted with a full reset (Microsoft Graph) or a new enterprise application takes its place.`}{' '}
        What Azure changed since the back-up is not sent again by itself: a full reset sends it all.
      </p>
    </Dialog>
  );
}
