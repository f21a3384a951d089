import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import type { RecordChange } from '../../../src-main/contract/index.ts';
import { signal } from '../../theme/index.ts';
import { JsonView } from '../../ui/json-view.tsx';
import { Merge } from '../../ui/merge.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { ChangeTable } from '../feed/detail/change-table.tsx';
import { CHANGES_GONE } from '../feed/detail/story.ts';

const useStyles = makeStyles({
  place: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0, flexGrow: 1 },
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '6px 20px',
    flexShrink: 0,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  same: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  heads: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    flexShrink: 0,
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    backgroundColor: signal.scopeBackground,
  },
  head: { padding: '8px 20px 4px', minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  second: { borderLeft: `1px solid ${tokens.colorNeutralStroke3}` },
  body: { flexGrow: 1, flexBasis: 0, minHeight: '160px', minWidth: 0, backgroundColor: signal.scopeBackground },
  changes: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    height: '100%',
    overflowY: 'auto',
  },
  change: { padding: '4px 20px 12px', minWidth: 0 },
  plain: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', height: '100%' },
  text: { minWidth: 0, minHeight: 0, padding: '4px 0 0 8px', boxSizing: 'border-box' },
  none: { margin: '4px 0', fontSize: '12px', lineHeight: '18px', color: tokens.colorNeutralForeground3 },
});

export interface Side {
  /** Above its column, e.g. "Original, call 7K2Q9". */
  name: string;
  request: string;
  answer: string;
  /** As in `CallDetail`. */
  answerGone: boolean;
  changes: RecordChange[];
  /** As in `CallDetail`. */
  changesGone: boolean;
}

type View = 'answer' | 'request' | 'change';

interface TwoSidesProps {
  before: Side;
  after: Side;
  /** Which view is shown first. */
  first: View;
  /** Beside the switch. */
  children?: ReactNode;
}

/** Two exchanges side by side: answers, requests, and what each changed. */
export function TwoSides({ before, after, first, children }: TwoSidesProps) {
  const styles = useStyles();
  const [view, setView] = useState<View>(first);
  const items = [
    { value: 'answer', name: 'Answer' },
    { value: 'request', name: 'Request' },
    { value: 'change', name: 'Change' },
  ] as const;
  // There is nothing to hold the other against.
  const alone = view === 'answer' && (before.answerGone || after.answerGone);
  const same = view !== 'change' && !alone && before[view] === after[view];
  return (
    <div className={styles.place}>
      <div className={styles.bar}>
        <Tabs look="switch" label="What is compared" value={view} onChange={setView} items={items} />
        {same && <span className={styles.same}>Both are the same.</span>}
        {children}
      </div>
      <div className={styles.heads}>
        <div className={styles.head}>{before.name}</div>
        <div className={mergeClasses(styles.head, styles.second)}>{after.name}</div>
      </div>
      <div className={styles.body}>
        {view === 'change' ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys, with little inside to reach
          <section className={styles.changes} aria-label="Changes" tabIndex={0}>
            <Changes side={before} />
            <div className={styles.second}>
              <Changes side={after} />
            </div>
          </section>
        ) : alone ? (
          <div className={styles.plain}>
            {[before, after].map(({ name, answer }, index) => (
              <div
                key={index === 0 ? 'before' : 'after'}
                className={mergeClasses(styles.text, index > 0 && styles.second)}
              >
                <JsonView text={answer} label={`${name}: answer`} />
              </div>
            ))}
          </div>
        ) : (
          <Merge
            before={before[view]}
            after={after[view]}
            labels={[`${before.name}: ${view}`, `${after.name}: ${view}`]}
          />
        )}
      </div>
    </div>
  );
}

function Changes({ side }: { side: Side }) {
  const styles = useStyles();
  return (
    <div className={styles.change}>
      {side.changes.length === 0 ? (
        <p className={styles.none}>{side.changesGone ? CHANGES_GONE : 'Nothing changed.'}</p>
      ) : (
        <ChangeTable changes={side.changes} />
      )}
    </div>
  );
}
