import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { guideSteps } from '../../../src-main/contract/catalogue/guide-steps.ts';
import { client } from '../../api.ts';
import { useAppearance } from '../../appearance.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useKeys } from '../../ui/keys.ts';
import { useLive } from '../../ui/use-live.ts';
import { useNow } from '../../ui/use-now.ts';
import { useAct } from '../../use-act.ts';
import { Rail } from './rail.tsx';
import { isDone } from './state-words.ts';
import { StepPane } from './step-pane.tsx';
import type { Labels } from './steps.ts';
import { useGuide } from './use-guide.ts';

const useStyles = makeStyles({
  screen: {
    display: 'grid',
    gridTemplateColumns: '288px minmax(0, 1fr)',
    gridTemplateRows: 'minmax(0, 1fr)',
    height: '100%',
    '@media (max-width: 1099.98px)': { gridTemplateColumns: '264px minmax(0, 1fr)' },
  },
  side: { display: 'flex', flexDirection: 'column', minHeight: 0, '& > :first-child': { flexGrow: 1 } },
  reset: {
    padding: '0 12px 10px',
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: { margin: '0 0 12px', color: tokens.colorNeutralForeground2 },
  failed: { padding: '40px 24px' },
});

/** The ServiceOps guide, alive: each step with what it needs, and whether Azure did it. */
export function Setup({ step }: { step: string | undefined }) {
  const styles = useStyles();
  const now = useNow(30_000);
  const { status } = useLive();
  const [, go] = useLocation();
  const { labels: usual } = useAppearance();
  const [chosen, setLabels] = useState<Labels | null>(null);
  const labels = chosen ?? usual;
  const [resetting, setResetting] = useState(false);
  const { guide, failed } = useGuide();
  const open = guide?.steps.find((one) => !isDone(one))?.id ?? 'before';
  const current = guideSteps.find((id) => id === step) ?? open;
  const move = (by: 1 | -1) => {
    const at = guideSteps.indexOf(current) + by;
    const next = guideSteps[at];
    if (next === undefined) return false;
    go(`/setup/${next}`, { replace: true });
    return true;
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  const shown = guide?.steps.find(({ id }) => id === current);
  if (failed) {
    return (
      <p role="alert" className={styles.failed}>
        The guide could not be read. It is tried again by itself.
      </p>
    );
  }
  if (guide === undefined || shown === undefined || status === null) return null;
  return (
    <section className={styles.screen} aria-label="Set-up">
      <div className={styles.side}>
        <Rail steps={guide.steps} current={current} now={now} />
        <div className={styles.reset}>
          <Button size="small" appearance="subtle" onClick={() => setResetting(true)}>
            Reset guide ticks…
          </Button>
        </div>
      </div>
      <StepPane
        key={current}
        number={guideSteps.indexOf(current) + 1}
        step={shown}
        guide={guide}
        status={status}
        labels={labels}
        onLabels={setLabels}
      />
      {resetting && <ResetDialog onClose={() => setResetting(false)} />}
    </section>
  );
}

function ResetDialog({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const reset = useAct(
    () => client.guide.reset.mutate(),
    () => 'The guide begins anew',
    { onDone: onClose },
  );
  return (
    <Dialog
      title="Reset the guide’s ticks?"
      onClose={onClose}
      problem={reset.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button appearance="primary" disabledFocusable={reset.running} onClick={reset.run}>
            Reset guide ticks
          </Button>
        </>
      }
    >
      <p className={styles.words}>
        The guide begins anew: your ticks, what was seen working and the portal address are forgotten, and only calls
        from now on count. Users, groups and calls stay.
      </p>
    </Dialog>
  );
}
