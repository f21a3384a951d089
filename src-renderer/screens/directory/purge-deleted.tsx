import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeletedRecords } from '../../../src-main/contract/index.ts';
import { api, client } from '../../api.ts';
import { DangerButton } from '../../ui/danger-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { count } from '../../ui/format.ts';
import { useAct } from '../../use-act.ts';
import { KEPT, KNOWN } from './detail/purge.tsx';

const useStyles = makeStyles({
  button: { height: '24px', fontSize: '12px', fontWeight: 400, minWidth: 0, whiteSpace: 'nowrap' },
  paragraph: { margin: '0 0 10px', color: tokens.colorNeutralForeground2 },
});

/** What is purged, counted: "212 deleted users and 3 deleted groups"; nothing where there is none. */
function inWords({ users, groups }: DeletedRecords): string {
  const parts = [
    ...(users > 0 ? [count(users, 'deleted user')] : []),
    ...(groups > 0 ? [count(groups, 'deleted group')] : []),
  ];
  return parts.join(' and ');
}

/** Purges all deleted records, after asking. */
export function PurgeDeleted() {
  const styles = useStyles();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" className={styles.button} onClick={() => setAsking(true)}>
        Purge deleted…
      </Button>
      {asking && <Asked onClose={() => setAsking(false)} />}
    </>
  );
}

function Asked({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const { data: deleted } = useQuery(api.directory.deleted.queryOptions());
  const words = deleted === undefined ? '' : inWords(deleted);
  const purge = useAct(
    () => client.directory.purgeDeleted.mutate(),
    (purged) => (inWords(purged) === '' ? 'Nothing was left to purge' : `Purged ${inWords(purged)}`),
    { onDone: onClose },
  );
  if (deleted === undefined) return null;
  if (words === '') {
    return (
      <Dialog title="Nothing to purge" onClose={onClose} foot={<Button onClick={onClose}>Close</Button>}>
        <p className={styles.paragraph}>
          Whoever is deleted here is hidden as a ServiceOps tenant admin, and comes back once taken off that list.
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={`Purge ${words}?`}
      onClose={onClose}
      problem={purge.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <DangerButton disabledFocusable={purge.running} onClick={purge.run}>
            Purge {words}
          </DangerButton>
        </>
      }
    >
      <p className={styles.paragraph}>
        They are removed here for good, with their history. Archived users stay. {KEPT}
      </p>
      <p className={styles.paragraph}>
        {deleted.knownByAzure === 0
          ? 'Azure does not use any of these ids any more.'
          : `Azure still knows ${count(deleted.knownByAzure, 'of them', 'of them')} by id. ${KNOWN}`}
      </p>
    </Dialog>
  );
}
