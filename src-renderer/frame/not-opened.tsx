import { Button, makeStyles } from '@fluentui/react-components';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { PilotTrouble } from '../../src-main/contract/index.ts';
import { api, client } from '../api.ts';
import { formatClock } from '../ui/format.ts';
import { Problem } from '../ui/problem.tsx';
import { problemOf } from '../ui/problem-of.ts';
import { BarePage } from './bare-page.tsx';

const useStyles = makeStyles({
  text: { margin: '0 0 12px', overflowWrap: 'anywhere' },
  others: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

/** No pilot can be opened: why, what that means to Azure, what to do, and the other pilots. */
export function NotOpened({ trouble: { id, words, since } }: { trouble: PilotTrouble }) {
  const styles = useStyles();
  const { data: pilots } = useQuery({ ...api.pilots.list.queryOptions(), refetchOnMount: 'always' });
  const open = useMutation({ mutationFn: (other: string) => client.pilots.open.mutate({ id: other }) });
  const name = pilots?.find((pilot) => pilot.id === id)?.name ?? 'The pilot';
  const others = (pilots ?? []).filter((pilot) => pilot.id !== id && !pilot.unreadable);
  return (
    <BarePage title={`${name} could not be opened again`}>
      <p className={styles.text} role="alert">
        {words}
      </p>
      <p className={styles.text}>
        Nobody has answered Azure since {formatClock(since)}; it tries a failed call again in its next cycle. The pilot
        is tried again every few seconds, and then this page gives way to it. The terminal where SCIM Pilot was started
        says more.
      </p>
      {others.length > 0 && (
        <>
          <p className={styles.text}>Meanwhile another pilot can be opened, on the same address:</p>
          <div className={styles.others}>
            {others.map((pilot) => (
              <Button key={pilot.id} disabledFocusable={open.isPending} onClick={() => open.mutate(pilot.id)}>
                {`Open ${pilot.name}`}
              </Button>
            ))}
          </div>
        </>
      )}
      <Problem words={open.error === null ? null : problemOf(open.error)} />
    </BarePage>
  );
}
