import { Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { HistoryEntry, MemberRef } from '../../../../src-main/contract/index.ts';
import { count, formatMoment, formatNumber } from '../../../ui/format.ts';
import { Mark } from '../../../ui/mark.tsx';
import { Truncated } from '../../../ui/truncated.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { inLine, splitPath } from '../../../ui/values.ts';

/** Entries on the Profile tab, and lines of one entry. */
const SHORT = 5;
const LINES = 4;

const useStyles = makeStyles({
  section: { padding: '14px 20px 16px' },
  none: {
    padding: '12px 20px',
    margin: 0,
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  ruled: { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  head: {
    display: 'flex',
    gap: '10px',
    alignItems: 'baseline',
    fontSize: '12px',
    lineHeight: '16px',
    marginBottom: '6px',
  },
  title: { margin: 0, fontSize: '12px', lineHeight: '16px', fontWeight: 600 },
  note: { color: tokens.colorNeutralForeground3 },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  entry: {
    position: 'relative',
    display: 'grid',
    gridTemplateColumns: '112px 14px minmax(0, 1fr) auto',
    columnGap: '10px',
    alignItems: 'start',
    fontSize: '13px',
    lineHeight: '20px',
  },
  // The line runs from this mark to the next: none after the last.
  joined: {
    '::before': {
      content: '""',
      position: 'absolute',
      left: '128px',
      top: '14px',
      bottom: '-14px',
      width: '2px',
      backgroundColor: tokens.colorNeutralStroke2,
    },
  },
  when: {
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
    padding: '6px 0',
  },
  mark: { position: 'relative', padding: '7px 0' },
  lines: { minWidth: 0 },
  line: { display: 'flex', gap: '7px', minWidth: 0, padding: '4px 0', whiteSpace: 'nowrap' },
  kind: { fontWeight: 600, flexShrink: 0 },
  path: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    color: tokens.colorNeutralForeground3,
    flexShrink: 0,
  },
  value: { color: tokens.colorNeutralForeground2 },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', lineHeight: '18px', padding: '5px 0' },
});

const KIND: Record<HistoryEntry['kind'], string> = {
  created: 'Created',
  updated: 'Updated',
  archived: 'Archived',
  restored: 'Restored',
  deleted: 'Deleted',
};

const BY: Record<HistoryEntry['by'], string> = { azure: '', practice: 'by practice', admin: 'by hand' };

/** What has become of a record, newest first, each change with its call. */
export function History({ entries, short }: { entries: HistoryEntry[]; short: boolean }) {
  const styles = useStyles();
  const now = useNow(60_000);
  const shown = short ? entries.slice(0, SHORT) : entries;
  if (entries.length === 0) return short ? null : <p className={styles.none}>No change was recorded.</p>;
  return (
    <section className={mergeClasses(styles.section, short && styles.ruled)} aria-label="History">
      {short && (
        <div className={styles.head}>
          <h3 className={styles.title}>History</h3>
          <span className={styles.note}>
            {shown.length < entries.length
              ? `the last ${SHORT} of ${formatNumber(entries.length)}`
              : 'each change has its call'}
          </span>
        </div>
      )}
      <ol className={styles.list}>
        {shown.map((entry, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: counted from the first, which stays; two acts by hand may share their moment
            key={entries.length - index}
            className={mergeClasses(styles.entry, index < shown.length - 1 && styles.joined)}
          >
            <span className={styles.when}>{formatMoment(entry.at, now)}</span>
            <span className={styles.mark}>
              <Mark kind={entry.by === 'practice' ? 'practice' : 'ok'} label="" />
            </span>
            <Entry entry={entry} />
            {entry.callCode !== null && (
              <FluentLink
                className={styles.code}
                href={`#/feed/${entry.callCode}`}
                aria-label={`Call ${entry.callCode}`}
              >
                {entry.callCode}
              </FluentLink>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface Line {
  key: string;
  path: string;
  text: string;
}

const names = (members: MemberRef[], more = 0): string =>
  members.length + more <= 4 ? members.map((member) => member.name).join(', ') : count(members.length + more, 'user');

function linesOf(entry: HistoryEntry): Line[] {
  if (entry.kind === 'created')
    return [{ key: 'created', path: '', text: count(entry.attributes.length, 'attribute') }];
  const lines: Line[] = entry.attributes.map(({ path, before, after, more }) => ({
    key: path,
    path: splitPath(path).leaf,
    text: `${inLine(before, more) ?? 'not set'} → ${inLine(after, more) ?? 'removed'}`,
  }));
  if (entry.membersAdded.length > 0)
    lines.push({ key: '+', path: 'members', text: `+ ${names(entry.membersAdded, entry.moreAdded)}` });
  if (entry.membersRemoved.length > 0)
    lines.push({ key: '-', path: 'members', text: `− ${names(entry.membersRemoved, entry.moreRemoved)}` });
  return lines;
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const styles = useStyles();
  const lines = linesOf(entry);
  const shown = lines.slice(0, LINES);
  const more = lines.length - shown.length;
  const by = BY[entry.by];
  return (
    <div className={styles.lines}>
      {(shown.length === 0 ? [null] : shown).map((line, index) => (
        <div key={line?.key ?? 'none'} className={styles.line}>
          {index === 0 && (
            <span className={styles.kind}>{by === '' ? KIND[entry.kind] : `${KIND[entry.kind]} ${by}`}</span>
          )}
          {line !== null && line.path !== '' && <span className={styles.path}>{line.path}</span>}
          {line !== null && <Truncated text={line.text} className={styles.value} />}
        </div>
      ))}
      {more > 0 && (
        <div className={styles.line}>
          <span className={styles.value}>and {formatNumber(more)} more</span>
        </div>
      )}
    </div>
  );
}
