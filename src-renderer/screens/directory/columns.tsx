import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { memo, type ReactNode } from 'react';
import { formatNumber, formatWhen } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { Truncated } from '../../ui/truncated.tsx';
import { type DirectoryRow, stateOf } from './tables.ts';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    alignItems: 'center',
    columnGap: '16px',
    height: '100%',
    padding: '0 16px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    fontSize: '13px',
  },
  head: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, borderBottom: 'none' },
  users: { gridTemplateColumns: 'minmax(0, 1.1fr) minmax(0, 1.5fr) 92px minmax(0, 1fr) 56px 76px' },
  usersNarrow: { gridTemplateColumns: 'minmax(0, 1.6fr) 84px minmax(0, 1fr) 68px' },
  groups: { gridTemplateColumns: 'minmax(0, 1.3fr) 92px minmax(0, 1.4fr) 72px 76px' },
  groupsNarrow: { gridTemplateColumns: 'minmax(0, 1fr) 84px 64px 68px' },
  tight: { gridTemplateColumns: 'minmax(0, 1fr) 84px' },
  cell: { minWidth: 0, display: 'flex' },
  named: { display: 'flex', alignItems: 'center', gap: '6px', minWidth: 0 },
  name: { fontWeight: 600 },
  gone: { color: tokens.colorNeutralForeground3 },
  text: { color: tokens.colorNeutralForeground2 },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', color: tokens.colorNeutralForeground2 },
  state: { display: 'flex', alignItems: 'center', gap: '6px', color: tokens.colorNeutralForeground2 },
  number: { textAlign: 'right', justifyContent: 'flex-end' },
  ghost: { height: '32px' },
  bar: { height: '8px', width: '64%', borderRadius: '3px', backgroundColor: tokens.colorNeutralStroke3 },
  when: { fontSize: '12px', color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
});

interface Column {
  title: string;
  number?: boolean;
  cell(row: DirectoryRow, now: number): ReactNode;
}

function Name({ row }: { row: DirectoryRow['row'] }) {
  const styles = useStyles();
  return (
    <span className={styles.named}>
      <Truncated text={row.name} className={mergeClasses(styles.name, row.state !== 'active' && styles.gone)} />
      {row.drifted && <Mark kind="odd" size={12} label="differs from Azure" />}
      {row.changedBy === 'practice' && <Mark kind="practice" size={12} label="practice" />}
    </span>
  );
}

function State({ row }: { row: DirectoryRow['row'] }) {
  const styles = useStyles();
  const { mark, word } = stateOf(row);
  return (
    <span className={styles.state}>
      <Mark kind={mark} size={12} label="" />
      {word}
    </span>
  );
}

function Text({ text, mono = false }: { text: string | null; mono?: boolean }) {
  const styles = useStyles();
  return text === null ? null : <Truncated text={text} className={mono ? styles.mono : styles.text} />;
}

function When({ at, now }: { at: number; now: number }) {
  return <span className={useStyles().when}>{formatWhen(at, now)}</span>;
}

const NAME: Column = { title: 'Name', cell: ({ row }) => <Name row={row} /> };
const STATE: Column = { title: 'State', cell: ({ row }) => <State row={row} /> };
const CHANGED: Column = {
  title: 'Changed',
  number: true,
  cell: ({ row }, now) => <When at={row.changedAt} now={now} />,
};
const USER_NAME: Column = {
  title: 'userName',
  cell: (line) => (line.type === 'user' ? <Text text={line.row.userName} /> : null),
};
const DEPARTMENT: Column = {
  title: 'Department',
  cell: (line) => (line.type === 'user' ? <Text text={line.row.department} /> : null),
};
const GROUPS: Column = {
  title: 'Groups',
  number: true,
  cell: (line) => (line.type === 'user' ? formatNumber(line.row.groups) : null),
};
const EXTERNAL_ID: Column = {
  title: 'externalId',
  cell: (line) => (line.type === 'group' ? <Text text={line.row.externalId} mono /> : null),
};
const MEMBERS: Column = {
  title: 'Members',
  number: true,
  cell: (line) => (line.type === 'group' ? formatNumber(line.row.members) : null),
};

const TABLES = {
  user: {
    wide: [NAME, USER_NAME, STATE, DEPARTMENT, GROUPS, CHANGED],
    narrow: [NAME, STATE, DEPARTMENT, CHANGED],
    tight: [NAME, STATE],
  },
  group: {
    wide: [NAME, STATE, EXTERNAL_ID, MEMBERS, CHANGED],
    narrow: [NAME, STATE, MEMBERS, CHANGED],
    tight: [NAME, STATE],
  },
};

/** The columns of a table: with the pane open, or in a small window, the least telling fold away first. */
export function useColumnsOf(type: 'user' | 'group', room: 'wide' | 'narrow' | 'tight') {
  const styles = useStyles();
  const columns = TABLES[type][room];
  const templates = {
    user: { wide: styles.users, narrow: styles.usersNarrow, tight: styles.tight },
    group: { wide: styles.groups, narrow: styles.groupsNarrow, tight: styles.tight },
  };
  const template = templates[type][room];
  return { columns, template };
}

/** The header row. */
export function HeaderRow({ columns, template }: { columns: Column[]; template: string }) {
  const styles = useStyles();
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: a virtual grid cannot be a table
    // biome-ignore-start lint/a11y/useFocusableInteractive: nothing to press in these headers
    <div role="row" aria-rowindex={1} style={{ height: 29, flexShrink: 0 }}>
      <div role="presentation" className={mergeClasses(styles.row, template, styles.head)}>
        {columns.map((column) => (
          <span key={column.title} role="columnheader" className={mergeClasses(column.number && styles.number)}>
            {column.title}
          </span>
        ))}
      </div>
    </div>
    // biome-ignore-end lint/a11y/useFocusableInteractive: as above
    // biome-ignore-end lint/a11y/useSemanticElements: as above
  );
}

interface RecordCellsProps {
  row: DirectoryRow;
  columns: Column[];
  template: string;
  now: number;
}

/** The cells of one record. */
export const RecordCells = memo(function RecordCells({ row, columns, template, now }: RecordCellsProps) {
  const styles = useStyles();
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: a virtual grid cannot be a table
    // biome-ignore-start lint/a11y/useFocusableInteractive: the grid holds the focus
    <div role="presentation" className={mergeClasses(styles.row, template)}>
      {columns.map((column) => (
        <span key={column.title} role="gridcell" className={mergeClasses(styles.cell, column.number && styles.number)}>
          {column.cell(row, now)}
        </span>
      ))}
    </div>
    // biome-ignore-end lint/a11y/useFocusableInteractive: as above
    // biome-ignore-end lint/a11y/useSemanticElements: as above
  );
});

/** Rows that will come, without words. */
export function GhostRows({ template, columns }: { template: string; columns: number }) {
  const styles = useStyles();
  return (
    <div aria-hidden>
      {[1, 2, 3, 4].map((row) => (
        <div key={row} className={styles.ghost}>
          <div className={mergeClasses(styles.row, template)}>
            {Array.from({ length: columns }, (_, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: bars without identity
              <span key={column} className={styles.bar} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
