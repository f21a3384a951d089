import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Restored } from '../../../../src-main/contract/index.ts';
import { client } from '../../../api.ts';
import { Problem } from '../../../ui/problem.tsx';
import { useFocusKept } from '../../../ui/use-focus-kept.ts';
import { useAct } from '../../../use-act.ts';
import { EditGroupDialog } from './edit-group.tsx';
import { EditUserDialog } from './edit-user.tsx';
import { PurgeDialog } from './purge.tsx';
import type { Shown } from './shown.ts';

const useStyles = makeStyles({
  foot: { flexShrink: 0, padding: '8px 20px', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  row: { display: 'flex', flexWrap: 'wrap', columnGap: '8px', minWidth: 0 },
  // A line of its own: beside the buttons it would take their room.
  problem: { order: 1, flexBasis: '100%' },
  button: { height: '24px', fontSize: '12px', fontWeight: 400, minWidth: 0, whiteSpace: 'nowrap', flexShrink: 0 },
  end: { flexGrow: 1, flexBasis: 0, display: 'flex', justifyContent: 'flex-end', minWidth: 0 },
  purge: {
    flexShrink: 1,
    display: 'block',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    color: tokens.colorStatusDangerForeground1,
    ':hover': { color: tokens.colorStatusDangerForeground1 },
    ':hover:active': { color: tokens.colorStatusDangerForeground1 },
  },
  note: { margin: '0 0 8px', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
});

/** What the admin may do to a record by hand, at the pane's foot. */
export function Acts({ shown, onGone }: { shown: Shown; onGone(): void }) {
  const styles = useStyles();
  const [asking, setAsking] = useState<'edit' | 'purge' | null>(null);
  const [missing, setMissing] = useState<Restored['notRejoined']>([]);
  const close = () => setAsking(null);
  const { record } = shown;
  const deleted = record.state === 'deleted';
  return (
    <div className={styles.foot}>
      {deleted && (
        <p className={styles.note}>
          Deleted: gone for Azure, kept here. Restoring brings it back under its id; Azure is not told.
        </p>
      )}
      {!deleted && missing.length > 0 && (
        <p className={styles.note}>
          Restored, but no member again of{' '}
          {missing.map(({ name, why }) => `${name} (${why === 'deleted' ? 'deleted since' : 'purged'})`).join(', ')}.
        </p>
      )}
      <div className={styles.row}>
        {deleted ? (
          <Restore shown={shown} onMissing={setMissing} />
        ) : (
          <>
            <Button size="small" className={styles.button} onClick={() => setAsking('edit')}>
              Edit by hand…
            </Button>
            {shown.type === 'user' && <Archive shown={shown} />}
          </>
        )}
        <div className={styles.end}>
          <Button
            size="small"
            appearance="subtle"
            className={mergeClasses(styles.button, styles.purge)}
            onClick={() => setAsking('purge')}
          >
            Purge <bdi>{record.name}</bdi>…
          </Button>
        </div>
      </div>
      {asking === 'purge' && <PurgeDialog shown={shown} onClose={close} onDone={onGone} />}
      {asking === 'edit' && shown.type === 'user' && <EditUserDialog user={shown.record} onClose={close} />}
      {asking === 'edit' && shown.type === 'group' && <EditGroupDialog group={shown.record} onClose={close} />}
    </div>
  );
}

function Restore({ shown, onMissing }: { shown: Shown; onMissing(groups: Restored['notRejoined']): void }) {
  const styles = useStyles();
  const { name, id } = shown.record;
  const button = useFocusKept<HTMLButtonElement>();
  const restore = useAct(
    () => client.directory.restore.mutate({ type: shown.type === 'user' ? 'User' : 'Group', id }),
    ({ notRejoined }) => {
      onMissing(notRejoined);
      return `Restored ${name}`;
    },
  );
  return (
    <>
      <Button
        ref={button}
        size="small"
        className={styles.button}
        disabledFocusable={restore.running}
        onClick={restore.run}
      >
        Restore
      </Button>
      <div className={styles.problem}>
        <Problem words={restore.problem} />
      </div>
    </>
  );
}

function Archive({ shown }: { shown: Shown & { type: 'user' } }) {
  const styles = useStyles();
  const { name, id, state } = shown.record;
  const active = state === 'active';
  const act = useAct(
    () => client.directory.editUser.mutate({ id, edits: [{ path: 'active', value: active ? 'false' : 'true' }] }),
    () => `${active ? 'Archived' : 'Reactivated'} ${name} by hand`,
  );
  return (
    <>
      <Button size="small" className={styles.button} disabledFocusable={act.running} onClick={act.run}>
        {active ? 'Archive by hand' : 'Reactivate by hand'}
      </Button>
      <div className={styles.problem}>
        <Problem words={act.problem} />
      </div>
    </>
  );
}
