import { Button, Input, makeStyles, mergeClasses, Select, tokens } from '@fluentui/react-components';
import { Dismiss12Regular, Search16Regular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import { actionNames, missingNames, statusNames } from '../../../src-main/contract/catalogue/azure-log-words.ts';
import type {
  AzureAction,
  AzureFilter,
  AzureImport,
  AzureMissing,
  AzureRow,
  AzureStatus,
} from '../../../src-main/contract/index.ts';
import { count, formatClock, formatNumber, formatWhen } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Truncated } from '../../ui/truncated.tsx';
import { Unseen } from '../../ui/unseen.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { useRowKeys } from '../../ui/use-row-keys.ts';
import { type GridHandle, VirtualGrid } from '../../ui/virtual-grid.tsx';
import { NoEntries } from './no-entries.tsx';
import { NO_FILTER, useRows } from './use-rows.ts';
import { MARKS, matchOf, noteOf, verbOf } from './words.ts';

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', minHeight: 0, flexGrow: 1 },
  bar: { display: 'flex', alignItems: 'center', gap: '8px', padding: '8px 16px', flexShrink: 0 },
  search: { flexGrow: 1, flexShrink: 1, flexBasis: '120px', minWidth: '96px', maxWidth: '260px' },
  select: {
    flexShrink: 1,
    width: '124px',
    minWidth: '72px',
    '& select': { fontSize: '12px', textOverflow: 'ellipsis' },
  },
  chip: { height: '24px', minWidth: 0, padding: '0 8px', fontSize: '12px', fontWeight: 400, maxWidth: '220px' },
  tally: {
    marginLeft: 'auto',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
  },
  header: { height: '28px', flexShrink: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  columns: {
    display: 'grid',
    gridTemplateColumns: '108px 14px minmax(0, 1fr) minmax(0, 190px)',
    columnGap: '10px',
    alignItems: 'center',
    height: '100%',
    padding: '0 16px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  narrow: { gridTemplateColumns: '58px 14px minmax(0, 1fr) 124px' },
  small: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  what: { display: 'flex', alignItems: 'baseline', gap: '6px', minWidth: 0, whiteSpace: 'nowrap' },
  // A note gives way before a name does.
  name: { fontWeight: 600, flexShrink: 0, maxWidth: '60%' },
  note: { fontSize: '12px', lineHeight: '16px', flexShrink: 1, color: tokens.colorNeutralForeground3 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  matched: { color: tokens.colorNeutralForeground2 },
  time: { whiteSpace: 'nowrap' },
  words: { padding: '32px 16px', maxWidth: '560px' },
  title: { margin: '0 0 8px', fontSize: '16px', lineHeight: '22px', fontWeight: 600 },
});

const keyOf = (row: AzureRow) => String(row.row);
const height = () => 32;
const always = () => true;

const STATUSES: AzureStatus[] = ['success', 'failure', 'warning', 'skipped', 'unknown'];
const ACTIONS: AzureAction[] = ['create', 'update', 'disable', 'delete', 'stagedDelete', 'stagedAction', 'other'];
const MISSING = Object.keys(missingNames) as AzureMissing[];

interface EntriesProps {
  log: AzureImport;
  filter: AzureFilter;
  onFilter(filter: AzureFilter): void;
  /** What the filter's person or cause is called. */
  named: string | null;
  chosen: number | null;
  onChoose(row: number | null): void;
  /** A pane is open beside. */
  narrow: boolean;
  now: number;
}

/** The entries of an import, narrowed, newest first. */
export function Entries({ log, filter, onFilter, named, chosen, onChoose, narrow, now }: EntriesProps) {
  const styles = useStyles();
  const [typed, setTyped] = useState(filter.text);
  const text = useDebounced(typed, 150);
  const table = useRows(log.id, { ...filter, text }, log.entries);
  const grid = useRef<GridHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  useRowKeys({
    rows: table.rows,
    keyOf,
    at: chosen === null ? null : String(chosen),
    onStep(next) {
      onChoose(next.row);
      grid.current?.focus();
      grid.current?.scrollToKey(keyOf(next));
    },
    onEscape() {
      if (chosen === null) return false;
      onChoose(null);
      return true;
    },
    more: {
      '/': () => {
        field.current?.focus();
        return true;
      },
    },
  });
  const isShown = chosen !== null && table.rows.some(({ row }) => row === chosen);
  useEffect(() => {
    if (isShown && chosen !== null) grid.current?.scrollToKey(String(chosen));
  }, [isShown, chosen]);

  const set = (change: Partial<AzureFilter>) => onFilter({ ...filter, ...change });
  const narrowed = JSON.stringify({ ...filter, text }) !== JSON.stringify(NO_FILTER);
  const matched = filter.missing ?? (filter.matched === null ? '' : filter.matched ? 'yes' : 'no');
  return (
    <div className={styles.list}>
      <div className={styles.bar} role="toolbar" aria-label="Narrow the entries">
        <Input
          size="small"
          className={styles.search}
          input={{ ref: field }}
          type="search"
          value={typed}
          onChange={(_, { value }) => setTyped(value.slice(0, 200))}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
          placeholder="Name, id, code, reason"
          aria-label="Search the log"
          contentBefore={<Search16Regular />}
          contentAfter={<Kbd>/</Kbd>}
        />
        <Select
          size="small"
          className={styles.select}
          aria-label="Status"
          value={filter.status ?? ''}
          onChange={(_, { value }) => set({ status: value === '' ? null : (value as AzureStatus) })}
        >
          <option value="">Any status</option>
          {STATUSES.filter((status) => log.byStatus[status] > 0 || status === filter.status).map((status) => (
            <option key={status} value={status}>
              {statusNames[status]} ({formatNumber(log.byStatus[status])})
            </option>
          ))}
        </Select>
        <Select
          size="small"
          className={styles.select}
          aria-label="Action"
          value={filter.action ?? ''}
          onChange={(_, { value }) => set({ action: value === '' ? null : (value as AzureAction) })}
        >
          <option value="">Any action</option>
          {ACTIONS.map((action) => (
            <option key={action} value={action}>
              {actionNames[action]}
            </option>
          ))}
        </Select>
        <Select
          size="small"
          className={styles.select}
          aria-label="Call here"
          value={matched}
          onChange={(_, { value }) =>
            set(
              value === '' || value === 'yes' || value === 'no'
                ? { missing: null, matched: value === '' ? null : value === 'yes' }
                : { missing: value as AzureMissing, matched: null },
            )
          }
        >
          <option value="">Any call</option>
          <option value="yes">With a call here</option>
          <option value="no">Without a call here</option>
          {MISSING.map((why) => (
            <option key={why} value={why}>
              {missingNames[why]}
            </option>
          ))}
        </Select>
        {(filter.person !== null || filter.cause !== null || filter.cycle !== null) && (
          <Button
            size="small"
            shape="circular"
            className={styles.chip}
            icon={<Dismiss12Regular />}
            iconPosition="after"
            onClick={() =>
              set({
                person: null,
                cause: null,
                cycle: null,
                // What came with it goes with it.
                ...(filter.cause === null ? {} : { status: null }),
                ...(filter.cycle === null ? {} : { from: null, to: null }),
              })
            }
          >
            <Truncated text={filter.cycle !== null ? 'One cycle' : (named ?? 'One cause')} />
          </Button>
        )}
        <span className={styles.tally} role="status">
          {table.total === null
            ? ''
            : narrowed
              ? `${formatNumber(table.total)} of ${count(log.entries, 'entry', 'entries')}`
              : count(table.total, 'entry', 'entries')}
        </span>
      </div>
      <VirtualGrid
        label="Log entries"
        handle={grid}
        rows={table.rows}
        keyOf={keyOf}
        heightOf={height}
        pressable={always}
        columns={4}
        selected={chosen === null ? null : String(chosen)}
        onPress={({ row }) => onChoose(row)}
        onEnd={table.more}
        render={(row) => <Cells row={row} narrow={narrow} now={now} />}
        header={
          // biome-ignore-start lint/a11y/useSemanticElements: a virtual grid cannot be a table
          // biome-ignore-start lint/a11y/useFocusableInteractive: nothing to press in these headers
          <div role="row" className={styles.header} aria-rowindex={1}>
            <div role="presentation" className={mergeClasses(styles.columns, narrow && styles.narrow, styles.small)}>
              <span role="columnheader">Time</span>
              <span role="columnheader">
                <Unseen>Status</Unseen>
              </span>
              <span role="columnheader">Azure says</span>
              <span role="columnheader">Here</span>
            </div>
          </div>
          // biome-ignore-end lint/a11y/useFocusableInteractive: as above
          // biome-ignore-end lint/a11y/useSemanticElements: as above
        }
        empty={
          (table.loaded || table.failed) && (
            // biome-ignore-start lint/a11y/useSemanticElements: a virtual grid cannot be a table
            // biome-ignore-start lint/a11y/useFocusableInteractive: the grid holds the focus
            <div role="row">
              <div role="gridcell" className={styles.words}>
                <h2 className={styles.title}>
                  {table.failed ? 'The log could not be read' : narrowed ? 'No entry fits' : 'No entry was read'}
                </h2>
                {table.failed || narrowed ? (
                  <p>
                    {table.failed
                      ? 'The pilot did not answer. Nothing is lost.'
                      : `${count(log.entries, 'entry is', 'entries are')} hidden by what is chosen above.`}
                  </p>
                ) : (
                  <NoEntries log={log} />
                )}
                {table.failed && <Button onClick={() => void table.retry()}>Try again</Button>}
                {!table.failed && narrowed && (
                  <Button
                    onClick={() => {
                      setTyped('');
                      onFilter(NO_FILTER);
                    }}
                  >
                    Show all
                  </Button>
                )}
              </div>
            </div>
            // biome-ignore-end lint/a11y/useFocusableInteractive: as above
            // biome-ignore-end lint/a11y/useSemanticElements: as above
          )
        }
      />
    </div>
  );
}

function Cells({ row, narrow, now }: { row: AzureRow; narrow: boolean; now: number }) {
  const styles = useStyles();
  const note = noteOf(row);
  const here = matchOf(row);
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: a virtual grid cannot be a table
    // biome-ignore-start lint/a11y/useFocusableInteractive: the grid holds the focus
    <div role="presentation" className={mergeClasses(styles.columns, narrow && styles.narrow)}>
      <span role="gridcell" className={mergeClasses(styles.small, styles.time)}>
        {row.at === null ? 'no time' : narrow ? formatWhen(row.at, now) : whenOf(row.at, now)}
      </span>
      <span role="gridcell">
        <Mark kind={MARKS[row.status]} label={statusNames[row.status]} />
      </span>
      <span role="gridcell" className={styles.what}>
        <span>{verbOf(row)}</span>
        <Truncated text={row.name ?? (row.type === 'Group' ? 'a group' : 'somebody')} className={styles.name} />
        {note !== null && (
          <Truncated text={note} className={mergeClasses(styles.note, row.status === 'failure' && styles.failed)} />
        )}
      </span>
      <span role="gridcell" className={styles.what}>
        <Truncated text={here} className={mergeClasses(styles.small, row.match !== null && styles.matched)} />
      </span>
    </div>
    // biome-ignore-end lint/a11y/useFocusableInteractive: as above
    // biome-ignore-end lint/a11y/useSemanticElements: as above
  );
}

/** The day where it is not today, and the time. */
function whenOf(at: number, now: number): string {
  const when = formatWhen(at, now);
  return when.includes(':') ? when : `${when} ${formatClock(at)}`;
}
