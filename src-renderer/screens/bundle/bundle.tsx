import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { BoxArrowUp20Regular } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { CallDetail } from '../../../src-main/contract/index.ts';
import type { OpenedBundle } from '../../exports/bundle.ts';
import { count, formatDate } from '../../ui/format.ts';
import { JsonView } from '../../ui/json-view.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useRowKeys } from '../../ui/use-row-keys.ts';
import { VirtualGrid } from '../../ui/virtual-grid.tsx';
import { useFeedColumns } from '../feed/columns.ts';
import { CallRow } from '../feed/row.tsx';
import { BundleCall } from './bundle-call.tsx';
import { showBundle, useOpenedBundle } from './opened.ts';
import { useOpenBundle } from './use-open-bundle.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: '12px',
    rowGap: '4px',
    padding: '8px 16px',
    flexShrink: 0,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  icon: { flexShrink: 0, color: tokens.colorNeutralForeground3 },
  words: { minWidth: 0, flexGrow: 1, flexBasis: '320px' },
  name: { margin: 0, fontSize: '14px', lineHeight: '20px', fontWeight: 600, overflowWrap: 'anywhere' },
  about: { margin: 0, fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground2 },
  problem: { color: tokens.colorStatusWarningForeground1 },
  tabs: { padding: '0 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, flexShrink: 0 },
  body: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', flexGrow: 1, minHeight: 0 },
  split: {
    gridTemplateColumns: 'minmax(0, 1fr) 448px',
    '@media (max-width: 1099.98px)': { gridTemplateColumns: 'minmax(0, 1fr) 412px' },
  },
  list: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0 },
  facts: { minHeight: 0, padding: '8px 0 0 12px' },
  none: { padding: '40px 24px', color: tokens.colorNeutralForeground2 },
  noneWords: { margin: '0 0 12px', maxWidth: '480px' },
});

/** A support bundle, to be looked at: the pilot that runs here goes on untouched. */
export function Bundle() {
  const styles = useStyles();
  const bundle = useOpenedBundle();
  const opening = useOpenBundle();
  if (bundle !== null) return <Opened key={`${bundle.name} ${bundle.about.createdAt}`} bundle={bundle} />;
  return (
    <section className={styles.none} aria-label="Support bundle">
      <p className={styles.noneWords}>
        No support bundle is open. A colleague makes one under Live feed, Export; it is shown here without touching this
        pilot.
      </p>
      <Button appearance="primary" onClick={opening.choose}>
        Open a support bundle…
      </Button>
      {opening.parts}
    </section>
  );
}

const ROW_HEIGHT = 32;
const NO_CALLS: CallDetail[] = [];
const keyOf = (call: CallDetail) => `${call.position} ${call.code}`;

function Opened({ bundle }: { bundle: OpenedBundle }) {
  const styles = useStyles();
  const [, go] = useLocation();
  const { shown: columns } = useFeedColumns('calls');
  const [view, setView] = useState('calls');
  const [chosen, setChosen] = useState<CallDetail | null>(null);
  const { about, calls, facts, problems } = bundle;
  useRowKeys({
    rows: view === 'calls' ? calls : NO_CALLS,
    keyOf,
    at: chosen === null ? null : keyOf(chosen),
    onStep: setChosen,
    onEscape() {
      if (chosen === null) return false;
      setChosen(null);
      return true;
    },
  });
  const items = useMemo(
    () => [
      { value: 'calls', name: 'Calls', number: String(calls.length) },
      ...Object.keys(facts).map((name) => ({ value: name, name: name.charAt(0).toUpperCase() + name.slice(1) })),
    ],
    [calls.length, facts],
  );
  const leave = () => {
    showBundle(null);
    go('/feed');
  };
  return (
    <section className={styles.page} aria-label="Support bundle">
      <div className={styles.bar}>
        <BoxArrowUp20Regular className={styles.icon} />
        <div className={styles.words}>
          <h1 className={styles.name}>
            You are looking at the bundle <bdi>{bundle.name}</bdi>
          </h1>
          <p className={styles.about}>
            Made {formatDate(about.createdAt)}, {count(about.calls, 'call')},{' '}
            {about.redacted ? 'redacted' : 'with names'}. Read only: nothing here is of this pilot.
          </p>
          {about.note !== '' && <p className={styles.about}>“{about.note}”</p>}
          {problems.length > 0 && <p className={mergeClasses(styles.about, styles.problem)}>{problems.join(' ')}</p>}
        </div>
        <Button onClick={leave}>Leave the bundle</Button>
      </div>
      <div className={styles.tabs}>
        <Tabs look="line" label="In the bundle" value={view} onChange={setView} items={items} />
      </div>
      {view === 'calls' ? (
        <div className={mergeClasses(styles.body, chosen !== null && styles.split)}>
          <div className={styles.list}>
            <VirtualGrid
              label="Calls of the bundle"
              rows={calls}
              keyOf={keyOf}
              heightOf={() => ROW_HEIGHT}
              pressable={() => true}
              render={(call) => <CallRow call={call} height={ROW_HEIGHT} as="calls" />}
              columns={3 + columns.length}
              selected={chosen === null ? null : keyOf(chosen)}
              onPress={(call) => setChosen(call)}
              empty={<p className={styles.none}>No call is in this bundle.</p>}
            />
          </div>
          {chosen !== null && <BundleCall call={chosen} onClose={() => setChosen(null)} />}
        </div>
      ) : (
        <div className={mergeClasses(styles.body, styles.facts)}>
          <JsonView text={JSON.stringify(facts[view], null, 2)} label={`${view} of the bundle`} />
        </div>
      )}
    </section>
  );
}
