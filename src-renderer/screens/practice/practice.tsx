import { makeStyles, tokens } from '@fluentui/react-components';
import { useShort } from '../../ui/use-compact.ts';
import { useLive } from '../../ui/use-live.ts';
import { usePracticeRun } from '../../use-practice-run.ts';
import { FaultLab } from './fault-lab.tsx';
import { PracticeForm } from './practice-form.tsx';
import { RunView } from './run-view.tsx';

const useStyles = makeStyles({
  screen: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, overflowY: 'auto' },
  head: { padding: '16px 24px 18px', flexShrink: 0, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  title: { margin: 0, fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  words: { margin: '2px 0 14px', maxWidth: '860px', color: tokens.colorNeutralForeground2 },
});

/** Entra, played against this pilot: what it would send, in its order and its forms. */
export function Practice() {
  const styles = useStyles();
  const run = usePracticeRun();
  const { status } = useLive();
  const short = useShort();
  const counts = status?.directory;
  return (
    <section className={styles.screen} aria-label="Practice">
      <div className={styles.head}>
        <h1 className={styles.title}>Practice</h1>
        <p className={styles.words}>
          Plays Microsoft Entra against this pilot, call by call: a connection test, an initial cycle and an incremental
          one, with invented people. Its calls and records are marked practice and never count as seen from Azure; its
          people stay in the directory until you purge them.
        </p>
        {run !== undefined && <PracticeForm run={run} />}
        {run !== undefined && status !== null && <FaultLab lab={status.faultLab} folded={short && run !== null} />}
      </div>
      {run !== undefined && (
        <RunView run={run} inhabited={counts !== undefined && counts.users + counts.groups + counts.deleted > 0} />
      )}
    </section>
  );
}
