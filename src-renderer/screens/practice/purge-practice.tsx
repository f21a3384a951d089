import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PracticeRecords } from '../../../src-main/contract/index.ts';
import { api, client } from '../../api.ts';
import { DangerButton } from '../../ui/danger-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { count } from '../../ui/format.ts';
import { useAct } from '../../use-act.ts';
import { KEPT, KNOWN } from '../directory/detail/purge.tsx';

const useStyles = makeStyles({
  button: { height: '24px', fontSize: '12px', fontWeight: 400, minWidth: 0, whiteSpace: 'nowrap' },
  paragraph: { margin: '0 0 10px', color: tokens.colorNeutralForeground2 },
});

/** What is purged, counted: "20 practice users and 3 practice groups"; nothing where there is none. */
function inWords({ users, groups }: PracticeRecords): string {
  const parts = [
    ...(users > 0 ? [count(users, 'practice user')] : []),
    ...(groups > 0 ? [count(groups, 'practice group')] : []),
  ];
  return parts.join(' and ');
}

/** Purges what practice made, after asking. */
export function PurgePractice() {
  const styles = useStyles();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" className={styles.button} onClick={() => setAsking(true)}>
        Purge practice people…
      </Button>
      {asking && <Asked onClose={() => setAsking(false)} />}
    </>
  );
}

function Asked({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  // It walks over everybody: counted for each question once, and no further when nobody waits for it.
  const { data: made } = useQuery({
    ...api.practice.records.queryOptions(undefined, { trpc: { abortOnUnmount: true } }),
    gcTime: 0,
  });
  const words = made === undefined ? '' : inWords(made);
  const purge = useAct(
    () => client.practice.purge.mutate(),
    (purged) => (inWords(purged) === '' ? 'Nothing was left to purge' : `Purged ${inWords(purged)}`),
    { onDone: onClose },
  );
  if (made === undefined) return null;
  if (words === '') {
    return (
      <Dialog title="Nothing to purge" onClose={onClose} foot={<Button onClick={onClose}>Close</Button>}>
        <p className={styles.paragraph}>
          Nobody whom practice alone made and changed is here. Those whom Azure has changed since can be purged one by
          one in Directory.
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
        They were made by practice runs or replayed calls, and no call of Azure's changed them. They are removed here
        for good, with their history, also those that are archived or deleted. Whoever Azure has changed since stays.{' '}
        {KEPT}
      </p>
      <p className={styles.paragraph}>If Azure has matched one of them, it goes on using the id. {KNOWN}</p>
    </Dialog>
  );
}
