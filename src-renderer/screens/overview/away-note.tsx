import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { Away } from '../../../src-main/contract/index.ts';
import { client } from '../../api.ts';
import { Problem } from '../../ui/problem.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useAct } from '../../use-act.ts';
import { awayStory } from './cycle-story.ts';

const useStyles = makeStyles({
  note: {
    display: 'flex',
    alignItems: 'center',
    gap: '16px',
    margin: '10px 0 0',
    padding: '6px 6px 6px 12px',
    borderLeft: `2px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground2,
  },
  words: { flexGrow: 1, minWidth: 0 },
  what: { color: tokens.colorNeutralForeground1 },
});

interface AwayNoteProps {
  away: Away | null;
  azureAt: number | null;
}

/** That the pilot was away, and what that means; nothing where Azure never called. */
export function AwayNote({ away, azureAt }: AwayNoteProps) {
  const styles = useStyles();
  const now = useNow(60_000);
  const dismiss = useAct(
    () => client.dismissAway.mutate(),
    () => 'Dismissed',
  );
  if (away === null || azureAt === null) return null;
  const { what, cure } = awayStory(away, azureAt, now);
  return (
    <div className={styles.note} role="note">
      <span className={styles.words}>
        <span className={styles.what}>{what}</span> {cure}
      </span>
      <Problem words={dismiss.problem} />
      <Button size="small" appearance="subtle" disabledFocusable={dismiss.running} onClick={dismiss.run}>
        Dismiss
      </Button>
    </div>
  );
}
