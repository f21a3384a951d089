import { makeStyles, Select, tokens } from '@fluentui/react-components';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import { silentNames } from '../../../src-main/contract/catalogue/azure-log-words.ts';
import type { AzureImport, AzureSilent, CallSummary } from '../../../src-main/contract/index.ts';
import { api, client } from '../../api.ts';
import { count } from '../../ui/format.ts';
import { VirtualGrid } from '../../ui/virtual-grid.tsx';
import { useFeedColumns } from '../feed/columns.ts';
import { CallRow } from '../feed/row.tsx';

const PAGE = 100;
const ROW = 32;

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', minHeight: 0, flexGrow: 1 },
  bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px', padding: '8px 16px', flexShrink: 0 },
  select: { minWidth: '160px', '& select': { fontSize: '12px' } },
  words: {
    flexGrow: 1,
    flexBasis: '240px',
    margin: 0,
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  tally: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  none: { padding: '32px 16px' },
});

type Why = AzureSilent['why'];

const KINDS = Object.keys(silentNames) as Why[];
const keyOf = (call: CallSummary) => String(call.position);
const height = () => ROW;
const always = () => true;

interface SilentCallsProps {
  log: AzureImport;
  /** Null: of any kind. */
  why: Why | null;
  onWhy(why: Why | null): void;
}

/** Calls that came in the log's time and of which Azure's log has no row: one by one, each a press away. */
export function SilentCalls({ log, why, onWhy }: SilentCallsProps) {
  const styles = useStyles();
  const [, go] = useLocation();
  const { shown } = useFeedColumns('calls');
  const query = useInfiniteQuery({
    queryKey: [...api.azureLogs.pathKey(), 'silent', log.id, why],
    queryFn: ({ pageParam, signal }) =>
      client.azureLogs.silent.query({ id: log.id, why, before: pageParam, limit: PAGE }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
  const calls = useMemo(() => query.data?.pages.flatMap((page) => page.calls) ?? [], [query.data]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const words = query.isError
    ? 'The calls could not be read. Nothing is lost.'
    : query.isPending
      ? 'Looking through the calls…'
      : why === null
        ? 'Every call that came here in the log’s time has its row.'
        : 'There is no such call.';
  return (
    <div className={styles.list}>
      <div className={styles.bar}>
        <Select
          size="small"
          className={styles.select}
          aria-label="Kind of call"
          value={why ?? ''}
          onChange={(_, { value }) => onWhy(value === '' ? null : (value as Why))}
        >
          <option value="">Any kind</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {silentNames[kind].name}
            </option>
          ))}
        </Select>
        <p className={styles.words}>
          {why === null ? 'Azure’s log has no row for these calls of its time.' : silentNames[why].what}
        </p>
        <span className={styles.tally} role="status">
          {query.isSuccess && `${count(calls.length, 'call')}${hasNextPage ? ' so far' : ''}`}
        </span>
      </div>
      <VirtualGrid
        label="Calls without a row"
        rows={calls}
        keyOf={keyOf}
        heightOf={height}
        pressable={always}
        columns={3 + shown.length}
        selected={null}
        onPress={({ code }) => go(`/feed/${code}`)}
        onEnd={more}
        render={(call) => <CallRow call={call} height={ROW} as="calls" />}
        empty={
          // biome-ignore-start lint/a11y/useSemanticElements: a virtual grid cannot be a table
          // biome-ignore-start lint/a11y/useFocusableInteractive: the grid holds the focus
          <div role="row">
            <div role="gridcell" className={styles.none}>
              {words}
            </div>
          </div>
          // biome-ignore-end lint/a11y/useFocusableInteractive: as above
          // biome-ignore-end lint/a11y/useSemanticElements: as above
        }
      />
    </div>
  );
}
