import { Button, makeStyles, ToggleButton, Tooltip, tokens } from '@fluentui/react-components';
import { Pause20Regular, Play20Regular } from '@fluentui/react-icons';
import { type ReactNode, type Ref, useRef, useState } from 'react';
import type { CallSummary, CallTally } from '../../../src-main/contract/index.ts';
import { hasPart, type Known, withPart } from '../../../src-main/contract/query/index.ts';
import { useWindowState } from '../../frame/window-state.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Mark, type MarkKind } from '../../ui/mark.tsx';
import { QueryField, type QueryFieldHandle } from './query-field.tsx';
import { QueryParts } from './query-parts.tsx';
import { SavedFilters } from './saved-filters.tsx';
import { useTally } from './use-tally.ts';
import { ViewMenu } from './view-menu.tsx';
import { ViewSwitch } from './view-switch.tsx';

/** Calls whose names are offered while a query is typed. */
const NAMES_FROM = 2_000;

const useStyles = makeStyles({
  bar: { display: 'flex', flexDirection: 'column', gap: '10px', margin: '12px 16px 12px' },
  top: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px', minWidth: 0 },
  chips: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px', minHeight: '24px' },
  chip: {
    height: '24px',
    minWidth: 0,
    padding: '0 10px',
    gap: '6px',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground2,
  },
  number: { color: tokens.colorNeutralForeground3 },
  onNumber: { color: 'inherit' },
  icon: { width: '12px', height: '12px', margin: 0, display: 'block' },
  tally: {
    marginLeft: 'auto',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
  },
  unread: { margin: 0, fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground1 },
  wrong: { color: tokens.colorStatusDangerForeground1 },
  pause: { minWidth: '32px', width: '32px', height: '32px', padding: 0 },
});

interface ChipFacts {
  part: string;
  label: string;
  mark?: MarkKind;
  /** How many of all calls it is about. */
  tally?: keyof Omit<CallTally, 'position'>;
}

const CHIPS: readonly ChipFacts[] = [
  { part: 'failed', label: 'Failed', mark: 'failed', tally: 'failed' },
  { part: 'odd', label: 'Odd', mark: 'odd', tally: 'odd' },
  { part: 'not(probe)', label: 'Hide probes' },
  { part: 'not(practice)', label: 'Hide practice', tally: 'practice' },
];
const BEGINNINGS = [
  { text: 'user:', label: 'User…' },
  { text: 'group:', label: 'Group…' },
];

interface ToolbarProps {
  /** How much of the feed is shown. */
  tally: string;
  /** What is being searched; null while nothing is. */
  searching: string | null;
  calls: readonly CallSummary[];
  field: Ref<QueryFieldHandle>;
  /** Beside the saved filters. */
  tools: ReactNode;
}

/** The query that narrows the feed, chips that edit it, what is kept of it, and the pause. */
export function Toolbar({ tally, searching, calls, field, tools }: ToolbarProps) {
  const styles = useStyles();
  const { query, setQuery, paused, setPaused } = useWindowState();
  const counts = useTally();
  const [unread, setUnread] = useState<string | null>(null);
  const own = useRef<QueryFieldHandle>(null);
  const names = useRef<Names>({ users: new Set(), groups: new Set(), sources: new Set(), whys: new Set() });
  const attach = (handle: QueryFieldHandle | null) => {
    own.current = handle;
    if (typeof field === 'function') field(handle);
    else if (field !== null && field !== undefined) field.current = handle;
  };
  return (
    <div className={styles.bar}>
      <div className={styles.top}>
        <QueryField
          query={query}
          onQuery={setQuery}
          onUnread={setUnread}
          known={() => addNames(names.current, calls)}
          handle={attach}
        />
        <ViewSwitch />
        <ViewMenu />
        <SavedFilters query={query} onQuery={setQuery} />
        {tools}
        <Tooltip
          content={paused ? 'Resume: let the list follow again' : 'Pause: hold the list still'}
          relationship="description"
          positioning="below"
        >
          <Button
            appearance="subtle"
            className={styles.pause}
            aria-label={paused ? 'Resume' : 'Pause'}
            icon={paused ? <Play20Regular /> : <Pause20Regular />}
            onClick={() => setPaused(!paused)}
          />
        </Tooltip>
      </div>
      <div className={styles.chips} role="toolbar" aria-label="Narrow the feed">
        {CHIPS.slice(0, 2).map((chip) => (
          <Chip key={chip.part} {...chip} counts={counts} query={query} onQuery={setQuery} />
        ))}
        {BEGINNINGS.map(({ text, label }) => (
          <Button
            key={text}
            shape="circular"
            size="small"
            className={styles.chip}
            onClick={() => own.current?.begin(text)}
          >
            {label}
          </Button>
        ))}
        {CHIPS.slice(2).map((chip) => (
          <Chip key={chip.part} {...chip} counts={counts} query={query} onQuery={setQuery} />
        ))}
        <span className={styles.tally}>
          <span role="status">{searching}</span>
          {/* What is counted is not what stands in the field. */}
          {searching === null && (unread === null ? tally : query === '' ? 'not filtered' : 'filtered as before')}
        </span>
      </div>
      {unread !== null && unread !== '' && (
        <p className={styles.unread} role="status">
          <span className={styles.wrong}>This filter can’t be read, so it is not applied.</span> {unread}{' '}
          {query === '' ? 'Every call is shown.' : 'The list is filtered as before.'}
        </p>
      )}
      <QueryParts query={query} onQuery={setQuery} chips={CHIPS.map(({ part }) => part)} />
    </div>
  );
}

interface ChipProps extends ChipFacts {
  /** Null until they are known. */
  counts: CallTally | null;
  query: string;
  onQuery(query: string): void;
}

/** Demands a condition, or no longer. */
function Chip({ part, label, mark, tally, counts, query, onQuery }: ChipProps) {
  const styles = useStyles();
  const on = hasPart(query, part);
  const number = tally === undefined ? 0 : (counts?.[tally] ?? 0);
  return (
    <ToggleButton
      shape="circular"
      size="small"
      className={styles.chip}
      checked={on}
      {...(mark === undefined
        ? {}
        : { icon: { className: styles.icon, children: <Mark kind={mark} size={12} label="" /> } })}
      onClick={() => onQuery(withPart(query, part, !on))}
    >
      <span>{label} </span>
      {number > 0 && <span className={on ? styles.onNumber : styles.number}>{formatNumber(number)}</span>}
    </ToggleButton>
  );
}

interface Names {
  users: Set<string>;
  groups: Set<string>;
  sources: Set<string>;
  whys: Set<string>;
}

/** Names and addresses in the newest calls, added to those of other lists: a narrowed one knows few. */
function addNames(names: Names, calls: readonly CallSummary[]): Known {
  for (const call of calls.slice(0, NAMES_FROM)) {
    names.sources.add(call.source);
    for (const code of call.why) names.whys.add(code);
    const name = call.resourceName ?? (call.outcome === 'failed' ? call.sentence.object : null);
    if (name === null || name === call.resourceId) continue;
    if (call.resourceType === 'User') names.users.add(name);
    else if (call.resourceType === 'Group') names.groups.add(name);
  }
  return { users: [...names.users], groups: [...names.groups], sources: [...names.sources], whys: [...names.whys] };
}
