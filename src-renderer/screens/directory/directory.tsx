import { Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Search16Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../../api.ts';
import { formatNumber } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Unseen } from '../../ui/unseen.tsx';
import { useCompact, useTight, useWide } from '../../ui/use-compact.ts';
import { useDebounced } from '../../ui/use-debounced.ts';
import { useLive } from '../../ui/use-live.ts';
import { useNow } from '../../ui/use-now.ts';
import { useRowKeys } from '../../ui/use-row-keys.ts';
import { type GridHandle, VirtualGrid } from '../../ui/virtual-grid.tsx';
import { HeaderRow, RecordCells, useColumnsOf } from './columns.tsx';
import { RecordPane } from './detail/record-pane.tsx';
import { DirectoryEmpty } from './empty.tsx';
import { PurgeDeleted } from './purge-deleted.tsx';
import type { DirectoryRow, DirectoryTab } from './tables.ts';
import { useTable } from './use-table.ts';

const useStyles = makeStyles({
  screen: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', height: '100%' },
  split: {
    gridTemplateColumns: 'minmax(0, 1fr) 540px',
    '@media (max-width: 1099.98px)': { gridTemplateColumns: 'minmax(0, 1fr) 500px' },
    '@media (min-width: 1440px)': { gridTemplateColumns: 'minmax(0, 1fr) clamp(540px, 42vw, 760px)' },
  },
  list: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0 },
  search: { margin: '12px 16px 4px', height: '32px' },
  // What narrows a tab has a line of its own: beside four tabs and an open record there is no room.
  narrow: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    flexShrink: 0,
    padding: '8px 16px 4px',
  },
  kept: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground2,
  },
  tabs: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    padding: '0 16px',
    height: '36px',
    flexShrink: 0,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

const BOTH_TYPES = [
  { value: 'user', name: 'People' },
  { value: 'group', name: 'Groups' },
] as const;

const HEIGHT = 32;
const heightOf = () => HEIGHT;
const keyOf = (line: DirectoryRow) => `${line.type}-${line.row.id}`;
const always = () => true;

const asTab = (tab: string | undefined): DirectoryTab =>
  tab === 'groups' || tab === 'archived' || tab === 'drifted' ? tab : 'users';

/** What the tab *Archived* holds of a type, as Overview counts it: only users are archived without being deleted. */
function keptInWords(type: 'user' | 'group', total: number, archived: number): string {
  if (type === 'group') return `${formatNumber(total)} deleted`;
  return `${formatNumber(archived)} archived, ${formatNumber(Math.max(0, total - archived))} deleted`;
}

/** The people and groups that Azure put here. `id` in the address: `user-…` or `group-…`. */
export function Directory({ tab: named, id }: { tab: string | undefined; id: string | null }) {
  const tab = asTab(named);
  // Another table is another list: position, search and cursor begin anew.
  return <DirectoryTable key={tab} tab={tab} id={id} />;
}

function DirectoryTable({ tab, id }: { tab: DirectoryTab; id: string | null }) {
  const styles = useStyles();
  const { status } = useLive();
  const compact = useCompact();
  const wide = useWide();
  const tight = useTight();
  const [, go] = useLocation();
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim(), 150);
  const { data: drifted } = useQuery({ ...api.directory.drifted.queryOptions(), enabled: status !== null });
  const both = tab === 'archived' || tab === 'drifted';
  const [chosenType, setChosenType] = useState<'user' | 'group' | null>(null);
  // Where only groups differ, they are what is looked for.
  const likelier = tab === 'drifted' && drifted?.users === 0 && drifted.groups > 0 ? 'group' : 'user';
  const type = both ? (chosenType ?? likelier) : tab === 'groups' ? 'group' : 'user';
  const table = useTable(type, both ? tab : 'current', search);
  const room = id !== null && tight ? 'tight' : compact || (id !== null && !wide) ? 'narrow' : 'wide';
  const { columns, template } = useColumnsOf(type, room);
  const [cursor, setCursor] = useState(id);
  const grid = useRef<GridHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const now = useNow(30_000);

  const open = (key: string, replace = false) => {
    setCursor(key);
    go(`/directory/${tab}/${encodeURIComponent(key)}`, { replace });
  };
  const close = () => {
    if (id !== null) go(`/directory/${tab}`);
    else if (cursor !== null) setCursor(null);
    else return false;
    return true;
  };
  const retype = (words: string) => {
    setTyped(words);
    // An open record may not be among what is found.
    setCursor(null);
    if (id !== null) go(`/directory/${tab}`, { replace: true });
  };
  useRowKeys({
    rows: table.rows,
    keyOf,
    at: cursor,
    onStep(next) {
      if (id === null) setCursor(keyOf(next));
      else open(keyOf(next), true);
      grid.current?.focus();
      grid.current?.scrollToKey(keyOf(next));
    },
    onEscape: close,
    more: {
      enter: () => {
        if (cursor === null) return false;
        open(cursor);
        return true;
      },
      '/': () => {
        field.current?.focus();
        return true;
      },
    },
  });

  const shown = id !== null && table.rows.some((row) => keyOf(row) === id);
  useEffect(() => {
    // A record that was opened from elsewhere may lie far down the list.
    if (shown && id !== null) grid.current?.scrollToKey(id);
  }, [shown, id]);

  const counts = status?.directory;
  const numbers = {
    users: counts?.users ?? 0,
    groups: counts?.groups ?? 0,
    archived: (counts?.archived ?? 0) + (counts?.deleted ?? 0),
    drifted: (drifted?.users ?? 0) + (drifted?.groups ?? 0),
  };
  return (
    <div className={mergeClasses(styles.screen, id !== null && styles.split)}>
      <section className={styles.list} aria-label="Directory">
        <Unseen as="h1">Directory</Unseen>
        <Input
          className={styles.search}
          input={{ ref: field }}
          type="search"
          value={typed}
          onChange={(_, data) => retype(data.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
          placeholder="Search name, mail or id"
          aria-label="Search the directory"
          contentBefore={<Search16Regular />}
          contentAfter={<Kbd>/</Kbd>}
        />
        <div className={styles.tabs}>
          <Tabs
            look="line"
            label="Tables"
            value={tab}
            onChange={(value) => go(`/directory/${value}`)}
            items={[
              { value: 'users', name: 'Users', number: formatNumber(numbers.users) },
              { value: 'groups', name: 'Groups', number: formatNumber(numbers.groups) },
              { value: 'archived', name: 'Archived', number: formatNumber(numbers.archived) },
              ...(numbers.drifted > 0 || tab === 'drifted'
                ? [{ value: 'drifted' as const, name: 'Drifted', number: formatNumber(numbers.drifted) }]
                : []),
            ]}
          />
        </div>
        {both && (
          <div className={styles.narrow}>
            <Tabs
              look="switch"
              label={tab === 'archived' ? 'Archived' : 'Drifted'}
              value={type}
              onChange={setChosenType}
              items={BOTH_TYPES}
            />
            {tab === 'archived' && (
              <span className={styles.kept}>
                {search === '' && table.loaded && <span>{keptInWords(type, table.total, counts?.archived ?? 0)}</span>}
                {(counts?.deleted ?? 0) > 0 && <PurgeDeleted />}
              </span>
            )}
          </div>
        )}
        <VirtualGrid
          key={type}
          label={type === 'user' ? 'Users' : 'Groups'}
          handle={grid}
          rows={table.rows}
          keyOf={keyOf}
          heightOf={heightOf}
          pressable={always}
          columns={columns.length}
          header={<HeaderRow columns={columns} template={template} />}
          render={(row) => <RecordCells row={row} columns={columns} template={template} now={now} />}
          selected={id ?? cursor}
          onPress={(row) => open(keyOf(row))}
          onEnd={table.more}
          empty={
            (table.loaded || table.failed) && (
              <DirectoryEmpty
                tab={tab}
                type={type}
                template={template}
                columns={columns.length}
                search={search}
                failed={table.failed}
                onClear={() => retype('')}
                onRetry={() => void table.retry()}
              />
            )
          }
        />
      </section>
      {id !== null && <RecordPane id={id} onClose={close} />}
    </div>
  );
}
