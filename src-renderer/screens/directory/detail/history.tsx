import { Button, Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import type { AttributeChange, HistoryEntry, MemberRef } from '../../../../src-main/contract/index.ts';
import { useAnnounce } from '../../../ui/announcer.tsx';
import { count, formatMoment, formatNumber } from '../../../ui/format.ts';
import { Mark } from '../../../ui/mark.tsx';
import { MoreButton, Names } from '../../../ui/names.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { groupsChangeOf, splitPath } from '../../../ui/values.ts';
import { AttributeValue } from './reference.tsx';
import type { Shown } from './shown.ts';
import { useHistory } from './use-history.ts';

/** Entries on the Profile tab, and lines of one entry. */
const SHORT = 5;
const LINES = 4;
/** Names of one line. */
const NAMED = 4;

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
  // Words that flow: what is new stands at the end of a line, which is whole however long it is.
  line: { padding: '4px 0', overflowWrap: 'anywhere' },
  kind: { fontWeight: 600, marginInlineEnd: '4px' },
  path: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    color: tokens.colorNeutralForeground3,
    marginInlineEnd: '4px',
  },
  value: { color: tokens.colorNeutralForeground2 },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', lineHeight: '18px', padding: '5px 0' },
  more: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 10px', paddingTop: '10px' },
  button: { height: '24px', fontSize: '12px', fontWeight: 400, minWidth: 0, whiteSpace: 'nowrap' },
  tally: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
});

const KIND: Record<HistoryEntry['kind'], string> = {
  created: 'Created',
  updated: 'Updated',
  archived: 'Archived',
  restored: 'Restored',
  deleted: 'Deleted',
};

const BY: Record<HistoryEntry['by'], string> = { azure: '', practice: 'by practice', admin: 'by hand' };

/** The last few changes of a record, beside its profile. */
export function LastChanges({ record: { history, olderHistory } }: { record: Shown['record'] }) {
  const styles = useStyles();
  if (history.length === 0) return null;
  const inAll = `${olderHistory === null ? '' : 'more than '}${formatNumber(history.length)}`;
  const byCalls = history.every(({ callCode }) => callCode !== null);
  return (
    <section className={mergeClasses(styles.section, styles.ruled)} aria-label="History">
      <div className={styles.head}>
        <h3 className={styles.title}>History</h3>
        <span className={styles.note}>
          {history.length > SHORT
            ? `the last ${SHORT} of ${inAll}`
            : byCalls
              ? 'each change has its call'
              : 'changes by hand have no call'}
        </span>
      </div>
      <Entries entries={history.slice(0, SHORT)} />
    </section>
  );
}

/** What has become of a record, newest first, each change of a call with that call. Older ones come when they are asked for. */
export function WholeHistory({ shown }: { shown: Shown }) {
  const styles = useStyles();
  const announce = useAnnounce();
  const list = useRef<HTMLOListElement>(null);
  const { entries, more, reading, failed, showOlder } = useHistory(shown);
  // The oldest change shown when older ones were asked for; null while none are.
  const asked = useRef<number | null>(null);
  useEffect(() => {
    if (asked.current === null || reading) return;
    const had = entries.findIndex(({ position }) => position === asked.current) + 1;
    asked.current = null;
    if (had === 0 || had === entries.length) return;
    announce(`${count(entries.length - had, 'older change')} shown`);
    // The button is gone with the last page, and the focus with it: it goes on where reading does, and nothing is moved.
    const next = list.current?.children.item(had);
    if (more || !(next instanceof HTMLElement)) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  });
  if (entries.length === 0) return <p className={styles.none}>No change was recorded.</p>;
  return (
    <section className={styles.section} aria-label="History">
      <Entries entries={entries} list={list} />
      {more && (
        <div className={styles.more}>
          <Button
            size="small"
            className={styles.button}
            disabledFocusable={reading}
            onClick={() => {
              asked.current = entries.at(-1)?.position ?? null;
              showOlder();
            }}
          >
            Show older
          </Button>
          <span className={styles.tally}>These are the newest {formatNumber(entries.length)}.</span>
        </div>
      )}
      <Problem words={failed ? 'Older changes could not be read. Nothing is lost.' : null} />
    </section>
  );
}

function Entries({ entries, list }: { entries: HistoryEntry[]; list?: RefObject<HTMLOListElement | null> }) {
  const styles = useStyles();
  const now = useNow(60_000);
  return (
    <ol ref={list} className={styles.list}>
      {entries.map((entry, index) => (
        <li key={entry.position} className={mergeClasses(styles.entry, index < entries.length - 1 && styles.joined)}>
          <span className={styles.when}>{formatMoment(entry.at, now)}</span>
          <span className={styles.mark}>
            <Mark kind={entry.by === 'practice' ? 'practice' : 'ok'} label="" />
          </span>
          <Entry entry={entry} />
          {entry.callCode !== null && (
            <FluentLink className={styles.code} href={`#/feed/${entry.callCode}`} aria-label={`Call ${entry.callCode}`}>
              {entry.callCode}
            </FluentLink>
          )}
        </li>
      ))}
    </ol>
  );
}

interface Line {
  key: string;
  path: string;
  text: ReactNode;
}

function linesOf(entry: HistoryEntry): Line[] {
  if (entry.kind === 'created')
    return [{ key: 'created', path: '', text: count(entry.attributes.length, 'attribute') }];
  const lines = entry.attributes.map((change) => lineOf(change, entry.managers));
  if (entry.membersAdded.length > 0)
    lines.push({ key: '+', path: 'members', text: named('+', entry.membersAdded, entry.moreAdded) });
  if (entry.membersRemoved.length > 0)
    lines.push({ key: '-', path: 'members', text: named('−', entry.membersRemoved, entry.moreRemoved) });
  return lines;
}

function lineOf(change: AttributeChange, managers: MemberRef[]): Line {
  const { path, before, after, more } = change;
  const groups = groupsChangeOf(change);
  if (groups !== null) return { key: path, path, text: named(groups.joined ? '+' : '−', groups.groups, groups.more) };
  const text = (
    <>
      <AttributeValue path={path} value={before} more={more} managers={managers} none="not set" />
      &nbsp;→ <AttributeValue path={path} value={after} more={more} managers={managers} none="removed" />
    </>
  );
  return { key: path, path: splitPath(path).leaf, text };
}

function named(sign: '+' | '−', members: MemberRef[], more: number | undefined): ReactNode {
  return (
    <>
      {sign} <Names members={members} more={more} first={NAMED} />
    </>
  );
}

function Entry({ entry }: { entry: HistoryEntry }) {
  const styles = useStyles();
  const lines = linesOf(entry);
  const [all, setAll] = useState(false);
  const shown = all ? lines : lines.slice(0, LINES);
  const more = lines.length - shown.length;
  const by = BY[entry.by];
  return (
    <div className={styles.lines}>
      {(shown.length === 0 ? [null] : shown).map((line, index) => (
        <div key={line?.key ?? 'none'} className={styles.line}>
          {index === 0 && (
            <span className={styles.kind}>{by === '' ? KIND[entry.kind] : `${KIND[entry.kind]} ${by}`}</span>
          )}{' '}
          {line !== null && line.path !== '' && <span className={styles.path}>{line.path}</span>}{' '}
          {line !== null && <span className={styles.value}>{line.text}</span>}
        </div>
      ))}
      {more > 0 && (
        <div className={styles.line}>
          <MoreButton onClick={() => setAll(true)}>and {formatNumber(more)} more</MoreButton>
        </div>
      )}
    </div>
  );
}
