import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowUp12Regular } from '@fluentui/react-icons';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { useWindowState } from '../../frame/window-state.tsx';
import { formatNumber } from '../../ui/format.ts';
import { useKeys } from '../../ui/keys.ts';
import { Unseen } from '../../ui/unseen.tsx';
import { useLive } from '../../ui/use-live.ts';
import { useNow } from '../../ui/use-now.ts';
import { type GridHandle, VirtualGrid } from '../../ui/virtual-grid.tsx';
import { type FeedLine, toLines } from './bands.ts';
import { useColumns } from './columns.ts';
import { DetailPane } from './detail/detail-pane.tsx';
import { FeedLoading, FeedUnread, FilteredOut, NothingYet, PausedEmpty } from './empty.tsx';
import { Band, CallRow } from './row.tsx';
import { Spark } from './spark.tsx';
import { Toolbar } from './toolbar.tsx';
import { useCursor } from './use-cursor.ts';
import { useFeed } from './use-feed.ts';
import { useHeld } from './use-held.ts';

const COLUMNS = 5;

const useStyles = makeStyles({
  screen: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', height: '100%' },
  split: {
    gridTemplateColumns: 'minmax(0, 1fr) 448px',
    '@media (max-width: 1099.98px)': { gridTemplateColumns: 'minmax(0, 1fr) 412px' },
    '@media (min-width: 1440px)': { gridTemplateColumns: 'minmax(0, 1fr) clamp(448px, 38vw, 720px)' },
  },
  list: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0 },
  header: {
    height: '28px',
    flexShrink: 0,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  pill: { position: 'absolute', top: '37px', left: '50%', transform: 'translateX(-50%)', height: '24px', zIndex: 1 },
});

const isCall = (line: FeedLine) => line.kind === 'call';
const keyOf = (line: FeedLine) => line.key;
const heightOf = (line: FeedLine) => (line.kind === 'band' ? 28 : 32);

/** Every call the moment it comes, newest on top, and the chosen one at the right. */
export function Feed({ code }: { code: string | null }) {
  const styles = useStyles();
  const columns = useColumns();
  const { status } = useLive();
  const { query, paused, ...set } = useWindowState();
  const { list, loaded, failed, retry, older } = useFeed(query);
  const [, go] = useLocation();
  const [scrolled, setScrolled] = useState(false);
  const grid = useRef<GridHandle>(null);
  const chip = useRef<HTMLButtonElement>(null);
  const day = Math.floor(useNow(60_000) / 60_000) * 60_000;

  const { cursor, setCursor, open } = useCursor(code);
  const held = useHeld(list.calls, paused || scrolled || cursor !== null, loaded, status?.lastCall?.position ?? 0);
  const lines = useMemo(() => toLines(held.shown, list.next !== null, day), [held.shown, list.next, day]);

  const step = (by: 1 | -1) => {
    const calls = held.shown;
    const from = cursor === null ? -1 : calls.findIndex((call) => call.code === cursor);
    const next = calls[from === -1 ? 0 : Math.min(Math.max(from + by, 0), calls.length - 1)];
    if (next === undefined) return false;
    setCursor(next.code, code !== null);
    grid.current?.focus();
    return true;
  };
  const close = () => {
    if (code !== null) go('/feed');
    else if (cursor !== null) setCursor(null, false);
    else return false;
    return true;
  };
  useKeys({
    j: () => step(1),
    arrowdown: () => step(1),
    k: () => step(-1),
    arrowup: () => step(-1),
    enter: () => {
      if (cursor === null) return false;
      open(cursor);
      return true;
    },
    escape: close,
    ' ': () => {
      set.setPaused(!paused);
      return true;
    },
    '/': () => {
      chip.current?.focus();
      return true;
    },
  });

  const stored = status?.callsStored ?? 0;
  const narrowed = query !== '';
  const shown = `${formatNumber(held.shown.length)}${list.next === null ? '' : '+'}`;
  const selected = held.shown.find((call) => call.code === cursor)?.position;

  useEffect(() => {
    // A call that was opened from elsewhere may lie far down the list.
    if (selected !== undefined) grid.current?.scrollToKey(String(selected));
  }, [selected]);

  const empty = () => {
    if (failed) return <FeedUnread onRetry={() => void retry()} />;
    if (!loaded || status === null) return <FeedLoading />;
    if (paused) return <PausedEmpty waiting={held.waiting} onResume={() => set.setPaused(false)} />;
    if (narrowed && stored > 0) {
      return <FilteredOut hidden={stored} onShow={() => set.setQuery('')} />;
    }
    return <NothingYet tenantUrl={status.tenantUrl} reachable={status.tunnel.kind !== 'none'} />;
  };

  return (
    <div className={mergeClasses(styles.screen, code !== null && styles.split)}>
      <section className={styles.list} aria-label="Live feed">
        <Unseen as="h1">Live feed</Unseen>
        <Toolbar
          first={chip}
          tally={
            stored === 0 ? '' : narrowed ? `${shown} of ${formatNumber(stored)} calls` : `${formatNumber(stored)} calls`
          }
        />
        <Spark />
        <VirtualGrid
          label="Provisioning calls"
          handle={grid}
          rows={lines}
          keyOf={keyOf}
          heightOf={heightOf}
          pressable={isCall}
          render={(line) =>
            line.kind === 'call' ? <CallRow call={line.call} /> : <Band line={line} columns={COLUMNS} />
          }
          columns={COLUMNS}
          selected={selected === undefined ? null : String(selected)}
          onPress={(line) => line.kind === 'call' && open(line.call.code)}
          onScroll={(top) => setScrolled(top > 4)}
          onEnd={list.next === null ? undefined : older}
          empty={empty()}
          header={
            // biome-ignore-start lint/a11y/useSemanticElements: a virtual grid cannot be a table
            // biome-ignore-start lint/a11y/useFocusableInteractive: nothing to press in these headers
            <div role="row" className={styles.header} aria-rowindex={1}>
              <div role="presentation" className={mergeClasses(columns.columns, columns.small)}>
                <span role="columnheader">Time</span>
                <span role="columnheader">
                  <Unseen>State</Unseen>
                </span>
                <span role="columnheader">What</span>
                <span role="columnheader" className={columns.number}>
                  Status
                </span>
                <span role="columnheader" className={columns.number}>
                  ms
                </span>
              </div>
            </div>
            // biome-ignore-end lint/a11y/useFocusableInteractive: as above
            // biome-ignore-end lint/a11y/useSemanticElements: as above
          }
          overlay={
            held.waiting > 0 && lines.length > 0 ? (
              <Button
                size="small"
                shape="circular"
                appearance="primary"
                className={styles.pill}
                icon={<ArrowUp12Regular />}
                onClick={() => {
                  held.admit();
                  grid.current?.scrollToTop();
                }}
              >
                {formatNumber(held.waiting)} new
              </Button>
            ) : null
          }
        />
      </section>
      {code !== null && <DetailPane code={code} onClose={close} />}
    </div>
  );
}
