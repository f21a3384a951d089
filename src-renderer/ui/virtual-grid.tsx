import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type Ref, type UIEvent, useEffect, useId, useImperativeHandle, useRef } from 'react';
import { useAppearance } from '../appearance.ts';

const useStyles = makeStyles({
  place: { position: 'relative', display: 'flex', flexDirection: 'column', minHeight: 0, flexGrow: 1 },
  grid: { display: 'flex', flexDirection: 'column', minHeight: 0, flexGrow: 1, outlineStyle: 'none' },
  // While no row is chosen that could show it.
  bare: { ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' } },
  scroll: {
    position: 'relative',
    flexGrow: 1,
    minHeight: 0,
    overflowY: 'auto',
    overflowX: 'hidden',
    overflowAnchor: 'none',
  },
  body: { position: 'relative', width: '100%' },
  row: { position: 'absolute', left: 0, top: 0, width: '100%' },
  pressable: { cursor: 'default', ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover } },
  active: {
    '[role="grid"]:focus-visible &': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  selected: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Selected },
    '::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      top: 0,
      bottom: 0,
      width: '2px',
      backgroundColor: tokens.colorCompoundBrandStroke,
    },
  },
});

/** What a screen may tell its grid. */
export interface GridHandle {
  scrollToTop(): void;
  /** Brings a row in sight: the next one as far as it must, one from far away into the middle, among its neighbours. */
  scrollToKey(key: string): void;
  /** Puts the focus on the grid, from which the chosen row is read out. */
  focus(): void;
}

interface VirtualGridProps<Row> {
  /** The accessible name tests and screen readers know the grid by. */
  label: string;
  rows: Row[];
  keyOf(row: Row): string;
  heightOf(row: Row): number;
  /** False for rows that only divide. */
  pressable(row: Row): boolean;
  /** The cells, each with `role="gridcell"`. */
  render(row: Row): ReactNode;
  /** A `role="row"` with `role="columnheader"` cells; never scrolled away. */
  header?: ReactNode;
  columns: number;
  selected: string | null;
  onPress(row: Row): void;
  /** What lies inside while there are no rows. */
  empty?: ReactNode;
  onScroll?(top: number): void;
  /** Called when the end of the loaded rows is near. */
  onEnd?: () => void;
  /** Lies over the list, under the header. */
  overlay?: ReactNode;
  handle?: Ref<GridHandle>;
}

const NEAR_END = 20;

/** How much lower each row is in compact lists, pixels. */
const TIGHTER = 6;

/** A table of any length: only the rows in sight exist. One tab stop; the selected row is its active descendant. */
export function VirtualGrid<Row>(props: VirtualGridProps<Row>) {
  const { rows, keyOf, heightOf, selected } = props;
  const styles = useStyles();
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { density } = useAppearance();
  const tighter = density === 'compact' ? TIGHTER : 0;
  const at = selected === null ? -1 : rows.findIndex((row) => keyOf(row) === selected);
  const chosen = useRef(at);
  useEffect(() => {
    chosen.current = at;
  });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const row = rows[index];
      return row === undefined ? 0 : heightOf(row) - tighter;
    },
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan: 8,
    observeElementRect: (instance, tell) =>
      observeElementRect(instance, (rect) => {
        const before = instance.scrollRect?.height ?? 0;
        tell(rect);
        // What comes beside or above a list may take the room of the very row that was chosen.
        const row = instance.measurementsCache[chosen.current];
        const top = instance.scrollOffset ?? 0;
        if (row === undefined || row.end > top + before || row.end <= top + rect.height) return;
        instance.scrollToIndex(chosen.current, { align: 'auto' });
      }),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights that are known are measured anew when they change
  useEffect(() => virtual.measure(), [tighter]);
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { onEnd } = props;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - NEAR_END) onEnd?.();
  }, [lastShown, rows.length, onEnd]);

  useImperativeHandle(props.handle, () => ({
    focus: () => root.current?.focus({ preventScroll: true }),
    scrollToTop: () => virtual.scrollToOffset(0),
    scrollToKey: (key) => {
      const index = rows.findIndex((row) => keyOf(row) === key);
      const row = virtual.measurementsCache[index];
      if (row === undefined) return;
      const top = virtual.scrollOffset ?? 0;
      const bottom = top + (virtual.scrollRect?.height ?? 0);
      const far = row.end + row.size < top || row.start - row.size > bottom;
      virtual.scrollToIndex(index, { align: far ? 'center' : 'auto' });
    },
  }));

  const rowId = (key: string) => `${id}-${key}`;
  return (
    <div className={styles.place}>
      {/* biome-ignore lint/a11y/useSemanticElements: a virtual list cannot be a table element */}
      <div
        ref={root}
        role="grid"
        aria-label={props.label}
        aria-rowcount={rows.length + (props.header ? 1 : 0)}
        aria-colcount={props.columns}
        aria-activedescendant={selected !== null && at >= 0 ? rowId(selected) : undefined}
        tabIndex={0}
        className={mergeClasses(styles.grid, at < 0 && styles.bare)}
      >
        {props.header}
        <div
          ref={scroller}
          role="presentation"
          className={styles.scroll}
          onScroll={(event: UIEvent<HTMLDivElement>) => props.onScroll?.(event.currentTarget.scrollTop)}
        >
          {rows.length === 0 && props.empty}
          <div role="presentation" className={styles.body} style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              const key = keyOf(row);
              const pressable = props.pressable(row);
              return (
                // biome-ignore lint/a11y/useSemanticElements: as above
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's, which holds the focus
                <div
                  key={item.key}
                  id={rowId(key)}
                  role="row"
                  tabIndex={-1}
                  aria-rowindex={item.index + (props.header ? 2 : 1)}
                  aria-selected={pressable ? key === selected : undefined}
                  className={mergeClasses(
                    styles.row,
                    pressable && styles.pressable,
                    key === selected && styles.selected,
                    key === selected && styles.active,
                  )}
                  style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                  onClick={pressable ? () => props.onPress(row) : undefined}
                >
                  {props.render(row)}
                </div>
              );
            })}
          </div>
        </div>
      </div>
      {props.overlay}
    </div>
  );
}
