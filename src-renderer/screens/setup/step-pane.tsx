import { Button, Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronRight12Regular, Open16Regular, PictureInPicture20Regular } from '@fluentui/react-icons';
import type { Guide, GuideStep, PilotStatus, PortalIds } from '../../../src-main/contract/index.ts';
import { Mark } from '../../ui/mark.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useTight } from '../../ui/use-compact.ts';
import { openCompanion } from '../companion/open-companion.ts';
import { Dock } from './dock.tsx';
import { BeforeFacts, FinishFacts } from './facts.tsx';
import { Checks, Instructions } from './instructions.tsx';
import { Sketch } from './sketch.tsx';
import { isDone } from './state-words.ts';
import { StepPractice } from './step-practice.tsx';
import { type Labels, type StepText, stepTexts } from './steps.ts';
import { useTick } from './use-tick.ts';

const useStyles = makeStyles({
  pane: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0 },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: '20px 32px 24px' },
  // Where there is no room beside it, the title keeps its line and the tools take another.
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    gap: '4px 16px',
  },
  heading: { flex: '1 1 260px', minWidth: 0 },
  tools: { display: 'flex', alignItems: 'center', gap: '4px', flexShrink: 0 },
  over: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  title: { margin: '2px 0 0', fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  label: {
    margin: '16px 0 2px',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
  },
  words: { margin: 0, maxWidth: '720px' },
  review: { margin: '16px 0 0' },
  // As wide as what stands below: in a wide window the link stays beside it.
  whereHead: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'baseline',
    gap: '16px',
    maxWidth: '976px',
  },
  where: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 6px',
    margin: 0,
    padding: 0,
    listStyleType: 'none',
  },
  crumb: { display: 'flex', alignItems: 'center', gap: '6px', '&:last-child': { fontWeight: 600 } },
  chevron: { color: tokens.colorNeutralForeground3 },
  link: { display: 'inline-flex', alignItems: 'center', gap: '6px', whiteSpace: 'nowrap' },
  columns: { display: 'grid', gridTemplateColumns: 'minmax(0, 640px) 304px', columnGap: '32px', marginTop: '20px' },
  narrow: {
    '@media (max-width: 1099.98px)': { gridTemplateColumns: 'minmax(0, 640px) 260px', columnGap: '20px' },
  },
  single: { gridTemplateColumns: 'minmax(0, 720px)', rowGap: '20px' },
  proof: {
    marginTop: '18px',
    paddingTop: '10px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: '13px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground3,
  },
  notes: {
    margin: '14px 0 0',
    padding: 0,
    listStyleType: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
  },
  note: {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr)',
    columnGap: '8px',
    fontSize: '13px',
    lineHeight: '18px',
  },
});

interface StepPaneProps {
  number: number;
  step: GuideStep;
  guide: Guide;
  status: PilotStatus;
  labels: Labels;
  onLabels(labels: Labels): void;
}

/** One step: why, where, what exactly, and how it will be known. */
export function StepPane({ number, step, guide, status, labels, onLabels }: StepPaneProps) {
  const styles = useStyles();
  const text = stepTexts[step.id];
  const sketch = text.sketch?.[labels] ?? null;
  const instructions = text.instructions[labels];
  const tick = useTick();
  const tight = useTight();
  const open = guide.steps.find((one) => !isDone(one))?.id;
  return (
    <div className={styles.pane}>
      <div className={styles.scroll}>
        <div className={styles.head}>
          <div className={styles.heading}>
            <div className={styles.over}>
              Step {number}, row {text.row} of the ServiceOps guide
            </div>
            <h2 className={styles.title}>{text.headline}</h2>
          </div>
          <div className={styles.tools}>
            <Tabs
              look="switch"
              label="Names in the portal"
              value={labels}
              onChange={onLabels}
              items={[
                { value: 'today', name: 'Entra today' },
                { value: 'older', name: 'Azure AD labels' },
              ]}
            />
            <Button
              appearance="subtle"
              icon={<PictureInPicture20Regular />}
              aria-label="Open the companion window"
              title="A small window with this step and the values to copy, beside the portal"
              onClick={() => openCompanion(labels, step.id === open ? undefined : step.id)}
            />
          </div>
        </div>
        <h3 className={styles.label}>Why</h3>
        <p className={styles.words}>{text.why}</p>
        <div className={styles.whereHead}>
          <h3 className={styles.label}>Where</h3>
          {step.id === 'endpoint' ? (
            <FluentLink href="#/settings/connection">Open Settings</FluentLink>
          ) : (
            <PortalLink portal={guide.portal} text={text} />
          )}
        </div>
        <ol className={styles.where}>
          {text.where[labels].map((place, index) => (
            <li key={place} className={styles.crumb}>
              {index > 0 && <ChevronRight12Regular className={styles.chevron} />}
              {place}
            </li>
          ))}
        </ol>
        <div className={mergeClasses(styles.columns, sketch === null || tight ? styles.single : styles.narrow)}>
          <div>
            <Instructions instructions={instructions} guide={guide} status={status} />
            <Checks checks={text.checks} ticks={guide.ticks} onTick={tick.run} />
            {step.id === 'before' && <BeforeFacts status={status} />}
            {step.id === 'finish' && <FinishFacts guide={guide} status={status} />}
            {step.id === 'before' && (
              <p className={styles.review}>
                For your security review: <FluentLink href="#/data-and-access">Data and access</FluentLink>, one page to
                print.
              </p>
            )}
            <div className={styles.proof}>{text.proof}</div>
            {text.notes.length > 0 && (
              <ul className={styles.notes}>
                {text.notes.map((note) => (
                  <li key={note} className={styles.note}>
                    <Mark kind="odd" size={12} label="Note" />
                    <span>{note}</span>
                  </li>
                ))}
              </ul>
            )}
            <Problem words={tick.problem} />
          </div>
          {sketch !== null && <Sketch title={text.where[labels].at(-1) ?? ''} items={sketch} url={status.tenantUrl} />}
        </div>
      </div>
      {text.checks.length === 0 && (
        <Dock
          key={step.id}
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
      <StepPractice step={step.id} />
    </div>
  );
}

/** Where the portal's pages of this application are, once it is known which one it is. */
export function PortalLink({ portal, text }: { portal: PortalIds | null; text: StepText }) {
  const styles = useStyles();
  const known = portal !== null && text.blade !== null;
  const app = portal === null || portal.appId === null ? '' : `/appId/${portal.appId}`;
  const href = known
    ? `https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/${text.blade}/objectId/${portal.objectId}${app}`
    : 'https://entra.microsoft.com/';
  return (
    <FluentLink href={href} target="_blank" rel="noreferrer" className={styles.link}>
      {known ? 'Open in the portal' : 'Open the admin center'}
      <Open16Regular aria-hidden />
    </FluentLink>
  );
}
