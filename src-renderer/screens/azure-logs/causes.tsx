import { Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  actionNames,
  certaintyNames,
  missingNames,
  silentNames,
  statusNames,
} from '../../../src-main/contract/catalogue/azure-log-words.ts';
import type { AzureCertainty, AzureInsight, AzureReason, AzureSilent } from '../../../src-main/contract/index.ts';
import { FactTable } from '../../ui/fact-table.tsx';
import { count, formatNumber } from '../../ui/format.ts';
import { causeOf } from './words.ts';

const useStyles = makeStyles({
  words: { margin: '0 0 6px' },
  small: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  link: { fontSize: 'inherit', lineHeight: 'inherit', textAlign: 'left' },
  strong: { fontWeight: 600 },
});

/** What was done, and how it ended. */
export function Counts({ insight }: { insight: AzureInsight }) {
  return (
    <FactTable
      head={['Action', 'Status', 'Entries']}
      numeric={[2]}
      rows={insight.counts.map(({ action, status, entries }) => ({
        key: `${action} ${status}`,
        cells: [actionNames[action], statusNames[status], formatNumber(entries)],
      }))}
    />
  );
}

/** Errors or reasons for skipping, the most frequent first, with what they mean and what to do. */
export function Causes({
  causes,
  none,
  onShow,
}: {
  causes: readonly AzureReason[];
  none: string;
  /** Shows the entries of a cause; absent on paper. */
  onShow?(cause: AzureReason, name: string): void;
}) {
  const styles = useStyles();
  if (causes.length === 0) return <p className={styles.words}>{none}</p>;
  return (
    <FactTable
      head={['Cause', 'What to do', 'Entries', 'People']}
      numeric={[2, 3]}
      rows={causes.map((cause) => {
        const { name, what, cures } = causeOf(cause);
        return {
          key: `${cause.status} ${cause.cause}`,
          cells: [
            <div key="cause">
              {onShow === undefined ? (
                <span className={styles.strong}>{name}</span>
              ) : (
                <FluentLink
                  as="button"
                  className={mergeClasses(styles.link, styles.strong)}
                  onClick={() => onShow(cause, name)}
                >
                  {name}
                </FluentLink>
              )}
              {what !== null && <div>{what}</div>}
              {cause.code !== null && <div className={styles.small}>{cause.code}</div>}
            </div>,
            cures.length === 0 ? 'What Azure says in the entry is all that is known.' : cures.join(' '),
            formatNumber(cause.entries),
            formatNumber(cause.people),
          ],
        };
      })}
    />
  );
}

/** How the entries were matched, and what is on one side only. */
export function Sides({
  insight,
  entries,
  onSilent,
}: {
  insight: AzureInsight;
  entries: number;
  /** Lists such calls; absent on paper. */
  onSilent?(why: AzureSilent['why']): void;
}) {
  const styles = useStyles();
  const { certainty, missing, silent } = insight;
  const kinds: AzureCertainty[] = ['code', 'id', 'name'];
  const matched = kinds.reduce((sum, kind) => sum + certainty[kind], 0);
  return (
    <>
      <p className={styles.words}>
        {matched === 0
          ? `None of the ${count(entries, 'entry', 'entries')} has a call here.`
          : `${formatNumber(matched)} of ${count(entries, 'entry', 'entries')} have a call here: ${kinds
              .filter((kind) => certainty[kind] > 0)
              .map((kind) => `${formatNumber(certainty[kind])} ${certaintyNames[kind]}`)
              .join(', ')}.`}
      </p>
      {missing.length > 0 && (
        <FactTable
          head={['Entries without a call here', 'Entries']}
          numeric={[1]}
          rows={missing.map(({ why, entries: some }) => ({ key: why, cells: [missingNames[why], formatNumber(some)] }))}
        />
      )}
      {silent.length > 0 && (
        <FactTable
          head={['Calls in the log’s time without an entry', 'Why', 'Calls']}
          numeric={[2]}
          rows={silent.map(({ why, calls }) => ({
            key: why,
            cells: [
              onSilent === undefined ? (
                silentNames[why].name
              ) : (
                <FluentLink key="why" as="button" className={styles.link} onClick={() => onSilent(why)}>
                  {silentNames[why].name}
                </FluentLink>
              ),
              silentNames[why].what,
              formatNumber(calls),
            ],
          }))}
        />
      )}
    </>
  );
}
