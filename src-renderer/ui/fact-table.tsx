import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  table: { width: '100%', margin: '0 0 8px', borderCollapse: 'collapse', fontSize: '13px', lineHeight: '18px' },
  head: {
    padding: '2px 16px 4px 0',
    textAlign: 'left',
    verticalAlign: 'bottom',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  cell: {
    padding: '5px 16px 5px 0',
    textAlign: 'left',
    verticalAlign: 'top',
    fontWeight: 400,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  // Attribute names may be long, and break rather than squeeze the other columns.
  name: { overflowWrap: 'anywhere' },
  number: { textAlign: 'right', whiteSpace: 'nowrap' },
});

interface FactTableProps {
  head: readonly string[];
  /** Columns of numbers, from 0. */
  numeric?: readonly number[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
}

/** A plain table whose first column names the row. */
export function FactTable({ head, numeric = [], rows }: FactTableProps) {
  const styles = useStyles();
  const numberAt = (at: number) => numeric.includes(at) && styles.number;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {head.map((name, at) => (
            <th key={name} scope="col" className={mergeClasses(styles.head, numberAt(at))}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, at) =>
              at === 0 ? (
                <th key={head[at]} scope="row" className={mergeClasses(styles.cell, styles.name)}>
                  {cell}
                </th>
              ) : (
                <td key={head[at]} className={mergeClasses(styles.cell, numberAt(at))}>
                  {cell}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
