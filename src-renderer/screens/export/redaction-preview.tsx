import { makeStyles, tokens } from '@fluentui/react-components';
import { kinds } from '../../exports/identities.ts';
import type { RedactionTally } from '../../exports/redact.ts';
import { count, formatNumber } from '../../ui/format.ts';
import { Truncated } from '../../ui/truncated.tsx';

const useStyles = makeStyles({
  words: { margin: '0 0 6px', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground2 },
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed', fontSize: '12px', lineHeight: '16px' },
  head: {
    padding: '4px 8px 4px 0',
    textAlign: 'left',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  number: { width: '56px', textAlign: 'right', paddingRight: '16px', whiteSpace: 'nowrap' },
  kind: { width: '112px' },
  cell: {
    padding: '5px 8px 5px 0',
    verticalAlign: 'top',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  example: { display: 'flex', gap: '6px', minWidth: 0, fontFamily: tokens.fontFamilyMonospace },
  from: { color: tokens.colorNeutralForeground3, maxWidth: '48%' },
  arrow: { color: tokens.colorNeutralForeground4, flexShrink: 0 },
});

/** What will stand in place of what, by kind. */
export function RedactionPreview({ tally }: { tally: RedactionTally }) {
  const styles = useStyles();
  const shown = kinds.filter((kind) => (tally.counts[kind] ?? 0) > 0);
  return (
    <>
      <p className={styles.words}>
        {shown.length === 0
          ? `Nothing in ${count(tally.calls, 'call')} tells of a person.`
          : `Taken out of ${count(tally.calls, 'call')}. The same person has the same placeholder throughout; remarks and unknown headers are left out too.`}
        {tally.bodies > 0 &&
          ` ${count(tally.bodies, 'body', 'bodies')} that ${tally.bodies === 1 ? 'is' : 'are'} no whole JSON will be left out.`}
      </p>
      {shown.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={`${styles.head} ${styles.kind}`}>
                Kind
              </th>
              <th scope="col" className={`${styles.head} ${styles.number}`}>
                Number
              </th>
              <th scope="col" className={styles.head}>
                For example
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((kind) => (
              <tr key={kind}>
                <th scope="row" className={`${styles.head} ${styles.cell}`}>
                  {kind}
                </th>
                <td className={`${styles.cell} ${styles.number}`}>{formatNumber(tally.counts[kind])}</td>
                <td className={styles.cell}>
                  {tally.examples
                    .filter((example) => example.kind === kind)
                    .slice(0, 2)
                    .map(({ from, to }) => (
                      <span key={from} className={styles.example}>
                        <Truncated text={from} className={styles.from} />
                        <span className={styles.arrow} role="img" aria-label="becomes">
                          →
                        </span>
                        <Truncated text={to} />
                      </span>
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
