import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowUp12Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { CallAction, Cycle } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { useWindowState } from '../../frame/window-state.tsx';
import { formatMoment, formatNumber } from '../../ui/format.ts';
import { useKeys } from '../../ui/keys.ts';
import { Unseen } from '../../ui/unseen.tsx';
import { useLive } from '../../ui/use-live.ts';
import { useNow } from '../../ui/use-now.ts';
import { type GridHandle, VirtualGrid } from '../../ui/virtual-grid.tsx';
import { ExportMenu } from '../export/export-menu.tsx';
import { NAMES, useColumns, useFeedColumns } from './columns.ts';
import { DetailPane } from './detail/detail-pane.tsx';
import { useCallKeys } from './detail/use-call-acts.ts';
import { FeedLoading, FeedUnread, FilteredOut, NothingYet, PausedEmpty, StillSearching } from './empty.tsx';
import { type FeedLine, stopsOf, withBands, withPinned } from './lines.ts';
import { openHeight } from './open-calls.tsx';
import type { QueryFieldHandle } from './query-field.tsx';
import { ActionRow, Band, CallRow } from './row.tsx';
import { Spark } from './spark.tsx';
import { Toolbar } from './toolbar.tsx';
import { useCursor } from './use-cursor.ts';
import { useFeed } from './use-feed.ts';
import { useHeld } from './use-held.ts';
import { togglePin, usePins } from './use-pins.ts';
import { useReach } from './use-reach.ts';
import { useRows } from './use-rows.ts';
import { useWholeActions } from './use-whole-actions.ts';
import { useFeedView } from './view.ts';

const BAND_HEIGHT = 28;
const ROW_HEIGHT = { normal: 32, compact: 26 };
const NO_CYCLES: Cycle[] = [];
const NO_PINS: ReadonlyMap<number, CallAction> = new Map();

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

const isRow = (line: FeedLine) => line.kind !== 'band';
const keyOf = (line: FeedLine) => line.key;

const searchWords = (to: number | null) =>
  to === null ? 'Searching…' : `Searching, back to ${formatMoment(to, Date.now())}…`;

/** Whether the line shows this call. */
function shows(line: FeedLine, code: string): boolean {
  if (line.kind === 'call') return line.call.code === code;
  return line.kind === 'action' && line.action.calls.some((call) => call.code === code);
}

/** What Azure does the moment it does it, newest on top, as actions or call by call, and the chosen call at the right. */
export function Feed({ code }: { code: string | null }) {
  const styles = useStyles();
  const columns = useColumns();
  const { status } = useLive();
  const { query, paused, ...set } = useWindowState();
  const { list, loaded, failed, retry, older, searching } = useFeed(query);
  const [, go] = useLocation();
  const [scrolled, setScrolled] = useState(false);
  const grid = useRef<GridHandle>(null);
  const field = useRef<QueryFieldHandle>(null);
  const day = Math.floor(useNow(60_000) / 60_000) * 60_000;

  const view = useFeedView();
  const { shown: chosen, template } = useFeedColumns();
  const pins = usePins();
  const { data: cycles = NO_CYCLES } = useQuery({ ...api.feed.cycles.queryOptions(), enabled: status !== null });
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const { cursor, setCursor, open } = useCursor(code);
  useReach(code, query, list);

  const newest = Math.max(status?.lastCall?.position ?? 0, list.calls[0]?.position ?? 0);
  const held = useHeld(paused || scrolled || cursor !== null, loaded, newest);
  const { rows: listed, waiting } = useRows(list.calls, { view: view.rows, limit: held.limit, still: paused });
  const rows = useWholeActions(listed, opened, query !== '');
  const lines = useMemo(() => {
    const { top, rest } = withPinned(rows, view.rows === 'actions' ? pins : NO_PINS);
    return [...top, ...withBands(rest, cycles, day)];
  }, [rows, view.rows, pins, cycles, day]);
  const at = useMemo(() => (cursor === null ? undefined : lines.find((line) => shows(line, cursor))), [lines, cursor]);
  const rowHeight = ROW_HEIGHT[view.density];
  const heightOf = (line: FeedLine) => {
    if (line.kind === 'band') return BAND_HEIGHT;
    return line.kind === 'action' && opened.has(line.action.position) ? rowHeight + openHeight(line) : rowHeight;
  };

  const toggle = useCallback((position: number) => {
    setOpened((before) => {
      const after = new Set(before);
      if (!after.delete(position)) after.add(position);
      return after;
    });
  }, []);
  const step = (by: 1 | -1) => {
    const stops = stopsOf(lines, opened);
    const next = stops[nextStop(stops, by)];
    if (next === undefined) return false;
    setCursor(next, code !== null);
    grid.current?.focus();
    return true;
  };
  const nextStop = (stops: string[], by: 1 | -1): number => {
    if (cursor === null) return 0;
    const from = stops.indexOf(cursor);
    // A call of a closed action: from its row on.
    const stop = from === -1 && at !== undefined ? stops.indexOf(stopsOf([at], opened)[0] ?? '') : from;
    return stop === -1 ? 0 : Math.min(Math.max(stop + by, 0), stops.length - 1);
  };
  /** Opens the action under the cursor into its calls, or closes it. */
  const unfold = (on: boolean) => {
    if (at?.kind !== 'action' || opened.has(at.action.position) === on) return false;
    toggle(at.action.position);
    return true;
  };
  const close = () => {
    if (code !== null) go('/feed');
    else if (cursor !== null) setCursor(null, false);
    else return false;
    return true;
  };
  useCallKeys(cursor);
  useKeys({
    j: () => step(1),
    arrowdown: () => step(1),
    k: () => step(-1),
    arrowup: () => step(-1),
    arrowright: () => unfold(true),
    arrowleft: () => unfold(false),
    enter: () => {
      if (cursor === null) return false;
      // Once more on the call at the right: its action opens into its calls, or closes.
      if (cursor === code && at?.kind === 'action') toggle(at.action.position);
      else open(cursor);
      return true;
    },
    p: () => {
      if (at?.kind !== 'action') return false;
      togglePin(at.action);
      return true;
    },
    escape: close,
    ' ': () => {
      set.setPaused(!paused);
      return true;
    },
    '/': () => {
      field.current?.focus();
      return true;
    },
  });

  const stored = status?.callsStored ?? 0;
  const narrowed = query !== '';
  const shown = `${formatNumber(list.calls.length)}${list.next === null ? '' : '+'}`;
  const selected = at?.key ?? null;
  // Opened from elsewhere, most likely: the filter hides it, or has not been followed back to it.
  const unlisted =
    narrowed && loaded && searching === null && at === undefined && !list.calls.some((call) => call.code === code);
  const enlist = () => {
    set.setQuery('');
    grid.current?.focus();
  };
  const question = useMemo(() => ({ query }), [query]);

  useEffect(() => {
    // A call that was opened from elsewhere may lie far down the list.
    if (selected !== null) grid.current?.scrollToKey(selected);
  }, [selected]);

  const empty = () => {
    if (failed) return <FeedUnread onRetry={() => void retry()} />;
    if (!loaded || status === null) return <FeedLoading />;
    if (paused) return <PausedEmpty waiting={waiting} onResume={() => set.setPaused(false)} />;
    if (searching !== null) return <StillSearching to={searching.to} onStop={() => set.setQuery('')} />;
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
          field={field}
          calls={list.calls}
          searching={searching === null || !loaded ? null : searchWords(searching.to)}
          tools={<ExportMenu question={question} narrowed={narrowed} selected={cursor} />}
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
          pressable={isRow}
          render={(line) => {
            if (line.kind === 'band') return <Band line={line} columns={3 + chosen.length} />;
            if (line.kind === 'call') return <CallRow call={line.call} height={rowHeight} />;
            return (
              <ActionRow
                line={line}
                open={opened.has(line.action.position)}
                cursor={line === at ? cursor : null}
                height={rowHeight}
                onToggle={toggle}
                onCall={open}
              />
            );
          }}
          columns={3 + chosen.length}
          selected={selected}
          onPress={(line) => {
            if (line.kind === 'call') open(line.call.code);
            else if (line.kind === 'action') open(line.action.decisive.code);
          }}
          onScroll={(top) => setScrolled(top > 4)}
          onEnd={list.next === null ? undefined : older}
          empty={empty()}
          header={
            // biome-ignore-start lint/a11y/useSemanticElements: a virtual grid cannot be a table
            // biome-ignore-start lint/a11y/useFocusableInteractive: nothing to press in these headers
            <div role="row" className={styles.header} aria-rowindex={1}>
              <div
                role="presentation"
                className={mergeClasses(columns.columns, columns.small)}
                style={{ gridTemplateColumns: template }}
              >
                <span role="columnheader">Time</span>
                <span role="columnheader">
                  <Unseen>State</Unseen>
                </span>
                <span role="columnheader">What</span>
                {chosen.map((one) => (
                  <span key={one} role="columnheader" className={columns.number}>
                    {NAMES[one]}
                  </span>
                ))}
              </div>
            </div>
            // biome-ignore-end lint/a11y/useFocusableInteractive: as above
            // biome-ignore-end lint/a11y/useSemanticElements: as above
          }
          overlay={
            waiting > 0 && lines.length > 0 ? (
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
                {formatNumber(waiting)} new
              </Button>
            ) : null
          }
        />
      </section>
      {code !== null && <DetailPane code={code} onClose={close} onList={unlisted ? enlist : null} />}
    </div>
  );
}
