import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronLeft16Regular, ChevronRight12Regular, ChevronRight16Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { type JSX, type MouseEvent, useEffect, useState } from 'react';
import { type GuideStepId, guideSteps } from '../../../src-main/contract/catalogue/guide-steps.ts';
import { api } from '../../api.ts';
import { Problem } from '../../ui/problem.tsx';
import { useLive } from '../../ui/use-live.ts';
import { useNow } from '../../ui/use-now.ts';
import { Latest } from '../overview/latest.tsx';
import { Dock } from '../setup/dock.tsx';
import { Checks, Instructions } from '../setup/instructions.tsx';
import { isDone } from '../setup/state-words.ts';
import { PortalLink } from '../setup/step-pane.tsx';
import { type Labels, stepTexts } from '../setup/steps.ts';
import { useGuide } from '../setup/use-guide.ts';
import { useTick } from '../setup/use-tick.ts';
import { showInMainWindow } from './open-companion.ts';
import { SmallSignal } from './small-signal.tsx';

const useStyles = makeStyles({
  window: {
    display: 'flex',
    flexDirection: 'column',
    height: '100%',
    minWidth: '320px',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  main: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  step: { flexGrow: 1, minHeight: '120px', overflowY: 'auto', padding: '8px 16px 10px' },
  head: { display: 'flex', alignItems: 'center', gap: '2px' },
  over: { flexGrow: 1, fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  title: { margin: '2px 0 0', fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  where: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '2px 6px',
    margin: '0 0 8px',
    padding: 0,
    listStyleType: 'none',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground2,
  },
  crumb: { display: 'flex', alignItems: 'center', gap: '6px' },
  latest: { flexShrink: 0, padding: '8px 16px 6px', minHeight: '120px', overflow: 'hidden' },
  quiet: { margin: '8px 0 0', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  alone: { padding: '24px 16px' },
});

interface CompanionProps {
  labels: Labels;
  /** The id of the step it was opened for; otherwise the first that is not done. */
  from?: string | undefined;
}

/** The step in hand, what to copy and what came last, small enough to lie beside the portal. */
export function Companion({ labels, from }: CompanionProps) {
  const styles = useStyles();
  const now = useNow(30_000);
  const { status, link } = useLive();
  const [chosen, setChosen] = useState<GuideStepId | null>(guideSteps.find((id) => id === from) ?? null);
  const { guide, failed } = useGuide();
  const { data: overview } = useQuery({ ...api.overview.queryOptions(), enabled: status !== null });
  const tick = useTick();
  useEffect(() => {
    document.title = 'SCIM Pilot: companion';
  }, []);
  if (failed) {
    return (
      <p role="alert" className={styles.alone}>
        The guide could not be read. It is tried again by itself.
      </p>
    );
  }
  if (guide === undefined || status === null) return null;
  const open = guide.steps.find((one) => !isDone(one))?.id ?? 'finish';
  const step = guide.steps.find(({ id }) => id === (chosen ?? open));
  if (step === undefined) return null;
  const at = guideSteps.indexOf(step.id);
  const text = stepTexts[step.id];
  /** What lies elsewhere in the window opens there: here is no room for it. */
  const elsewhere = (event: MouseEvent) => {
    const href = event.target instanceof Element ? event.target.closest('a')?.getAttribute('href') : null;
    if (!href?.startsWith('#/')) return;
    event.preventDefault();
    event.stopPropagation();
    showInMainWindow(href);
  };
  return (
    <div className={styles.window} onClickCapture={elsewhere}>
      <header>
        <SmallSignal status={status} offline={link === 'offline'} />
      </header>
      <main className={styles.main}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys when nothing inside can be reached */}
        <section className={styles.step} aria-label="Step" tabIndex={0}>
          <div className={styles.head}>
            <span className={styles.over}>
              Step {at + 1} of {guideSteps.length}
            </span>
            <Turn name="Previous step" icon={<ChevronLeft16Regular />} to={guideSteps[at - 1]} onTurn={setChosen} />
            <Turn name="Next step" icon={<ChevronRight16Regular />} to={guideSteps[at + 1]} onTurn={setChosen} />
          </div>
          <h1 className={styles.title}>{text.title}</h1>
          <ol className={styles.where}>
            {text.where[labels].slice(-2).map((place, index) => (
              <li key={place} className={styles.crumb}>
                {index > 0 && <ChevronRight12Regular />}
                {place}
              </li>
            ))}
            <li>{step.id !== 'endpoint' && <PortalLink portal={guide.portal} text={text} />}</li>
          </ol>
          <Instructions instructions={text.instructions[labels]} guide={guide} status={status} brief />
          <Checks checks={text.checks} ticks={guide.ticks} onTick={tick.run} />
          <Problem words={tick.problem} />
        </section>
        {text.checks.length === 0 && (
          <Dock
            key={step.id}
            narrow
            step={step}
            text={text}
            lastCall={guide.lastCall}
            status={status}
            ticking={tick.running}
            onTick={(on) => {
              if (text.tick !== null) tick.run(text.tick.name, on);
            }}
          />
        )}
        <div className={styles.latest}>
          <Latest actions={overview?.latest ?? []} now={now} />
          {overview?.latest.length === 0 && <p className={styles.quiet}>Calls appear here as they come.</p>}
        </div>
      </main>
    </div>
  );
}

interface TurnProps {
  name: string;
  icon: JSX.Element;
  /** The step it leads to; none at the end. */
  to: GuideStepId | undefined;
  onTurn(to: GuideStepId): void;
}

function Turn({ name, icon, to, onTurn }: TurnProps) {
  return (
    <Button
      size="small"
      appearance="subtle"
      icon={icon}
      aria-label={name}
      disabledFocusable={to === undefined}
      onClick={() => to !== undefined && onTurn(to)}
    />
  );
}
