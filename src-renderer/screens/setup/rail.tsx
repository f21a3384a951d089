import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Link } from 'wouter';
import type { GuideStep } from '../../../src-main/contract/index.ts';
import { signal } from '../../theme/index.ts';
import { Mark, type MarkKind } from '../../ui/mark.tsx';
import { isDone, stateWords } from './state-words.ts';
import { stepTexts } from './steps.ts';

const useStyles = makeStyles({
  rail: {
    display: 'flex',
    flexDirection: 'column',
    minHeight: 0,
    overflowY: 'auto',
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: { display: 'flex', alignItems: 'baseline', justifyContent: 'space-between', padding: '16px 16px 8px 20px' },
  title: { margin: 0, fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  tally: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  number: {
    marginRight: '6px',
    fontSize: '20px',
    lineHeight: '28px',
    fontWeight: 600,
    color: tokens.colorNeutralForeground1,
  },
  columns: {
    display: 'flex',
    justifyContent: 'space-between',
    padding: '0 16px 4px 48px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  step: {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr) auto',
    columnGap: '12px',
    alignItems: 'center',
    minHeight: '44px',
    padding: '0 16px 0 20px',
    '@media (max-width: 1099.98px)': { padding: '0 12px 0 14px', columnGap: '8px', fontSize: '13px' },
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '@media (max-height: 700px)': { minHeight: '38px' },
  },
  current: {
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1Selected,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Selected },
  },
  place: { position: 'relative', display: 'grid', placeItems: 'center', width: '16px', alignSelf: 'stretch' },
  line: {
    position: 'absolute',
    top: 0,
    bottom: 0,
    left: '7px',
    width: '2px',
    backgroundImage: `linear-gradient(${signal.signalIdle} 50%, transparent 50%)`,
    backgroundSize: '2px 6px',
  },
  done: { backgroundImage: 'none', backgroundColor: signal.signalOk },
  first: { top: '50%' },
  last: { bottom: '50%' },
  mark: { position: 'relative' },
  name: { fontSize: '14px', lineHeight: '18px', '@media (max-width: 1099.98px)': { fontSize: '13px' } },
  bold: { fontWeight: 600 },
  state: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  listening: { color: tokens.colorBrandForeground1 },
  ok: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  row: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  legend: {
    display: 'flex',
    gap: '16px',
    marginTop: 'auto',
    padding: '10px 20px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  key: { display: 'flex', alignItems: 'center', gap: '6px' },
});

const MARKS: Record<GuideStep['state'], MarkKind> = {
  todo: 'todo',
  heard: 'waiting',
  ticked: 'tick',
  seen: 'ok',
  problem: 'failed',
};

/** The steps in their order, each with how it stands. */
export function Rail({ steps, current, now }: { steps: readonly GuideStep[]; current: string; now: number }) {
  const styles = useStyles();
  const done = steps.filter(isDone).length;
  const seen = steps.filter(({ state }) => state === 'seen').length;
  return (
    <div className={styles.rail}>
      <div className={styles.head}>
        <h1 className={styles.title}>Set-up</h1>
        <span className={styles.tally}>
          <span className={styles.number}>{done}</span>of {steps.length} done, {seen} seen
        </span>
      </div>
      <div className={styles.columns} aria-hidden>
        <span>Step</span>
        <span>Guide row</span>
      </div>
      <ol className={styles.list} aria-label="Steps">
        {steps.map((step, index) => {
          const { title, row, listening } = stepTexts[step.id];
          const listens = step.id === current && step.state === 'todo' && listening !== null;
          const words = listens ? 'listening' : stateWords(step, now);
          return (
            <li key={step.id}>
              <Link
                to={`/setup/${step.id}`}
                className={mergeClasses(styles.step, step.id === current && styles.current)}
                aria-current={step.id === current ? 'step' : undefined}
              >
                <span className={styles.place}>
                  <span
                    className={mergeClasses(
                      styles.line,
                      isDone(step) && styles.done,
                      index === 0 && styles.first,
                      index === steps.length - 1 && styles.last,
                    )}
                  />
                  <Mark kind={listens ? 'waiting' : MARKS[step.state]} label="" className={styles.mark} />
                </span>
                <span>
                  <span className={mergeClasses(styles.name, step.id === current && styles.bold)}>{title}</span>
                  {words !== null && (
                    <div
                      className={mergeClasses(
                        styles.state,
                        listens && styles.listening,
                        step.state === 'seen' && styles.ok,
                        step.state === 'problem' && styles.bad,
                      )}
                    >
                      {words}
                    </div>
                  )}
                </span>
                <span className={styles.row}>{row}</span>
              </Link>
            </li>
          );
        })}
      </ol>
      <div className={styles.legend} aria-hidden>
        <span className={styles.key}>
          <Mark kind="ok" size={12} label="" /> seen working
        </span>
        <span className={styles.key}>
          <Mark kind="tick" size={12} label="" /> your own tick
        </span>
      </div>
    </div>
  );
}
