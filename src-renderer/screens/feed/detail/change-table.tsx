import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { AttributeChange, MemberRef, RecordChange } from '../../../../src-main/contract/index.ts';
import { signal } from '../../../theme/index.ts';
import { formatNumber } from '../../../ui/format.ts';
import { MoreButton, Names } from '../../../ui/names.tsx';
import { Path } from '../../../ui/path.tsx';
import { groupsChangeOf, inLine } from '../../../ui/values.ts';
import { isAtFault } from './sent.ts';

/** Rows shown before "more" is pressed. */
const FIRST = 8;
const NONE: readonly string[] = [];

const useStyles = makeStyles({
  table: {
    display: 'grid',
    gridTemplateColumns: 'fit-content(190px) minmax(0, 1fr)',
    fontSize: '12px',
    lineHeight: '18px',
    margin: '0 -8px',
  },
  row: {
    display: 'grid',
    gridTemplateColumns: 'subgrid',
    gridColumn: '1 / -1',
    columnGap: '16px',
    alignItems: 'baseline',
    padding: '3px 8px',
  },
  odd: { backgroundColor: signal.tintWarn, borderRadius: '3px' },
  // Grey is too faint on a tint.
  onTint: { '& *': { color: tokens.colorNeutralForeground1 } },
  oddPath: { color: tokens.colorStatusWarningForeground1 },
  wide: { gridColumn: '1 / -1', padding: '0 8px' },
  // Whole, however long: two values may differ at their ends only.
  values: { minWidth: 0, fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
  before: { color: tokens.colorNeutralForeground3 },
  after: { color: tokens.colorNeutralForeground1 },
  gone: { color: tokens.colorNeutralForeground4 },
  arrow: { color: tokens.colorNeutralForeground4 },
  names: { fontFamily: tokens.fontFamilyBase, color: tokens.colorNeutralForeground1, overflowWrap: 'anywhere' },
  sign: { fontWeight: 600, color: tokens.colorNeutralForeground3 },
  added: { color: tokens.colorStatusSuccessForeground1 },
  whose: {
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 600,
    padding: '6px 0 2px',
    color: tokens.colorNeutralForeground2,
  },
  practice: { color: signal.practiceForeground },
});

/** What a call changed, in SCIM paths, before and after. */
export function ChangeTable({ changes, faults = NONE }: { changes: RecordChange[]; faults?: readonly string[] }) {
  const styles = useStyles();
  return (
    <>
      {changes.map((change) => (
        <div key={`${change.resourceType}-${change.id}`}>
          {changes.length > 1 && (
            <div className={styles.whose}>
              <bdi>{change.name}</bdi>
            </div>
          )}
          <OneChange change={change} faults={faults} />
        </div>
      ))}
    </>
  );
}

function OneChange({ change, faults }: { change: RecordChange; faults: readonly string[] }) {
  const styles = useStyles();
  const [all, setAll] = useState(false);
  // What is odd comes first: it must not hide behind "more".
  const odd = change.attributes.filter(({ path }) => isAtFault(path, faults));
  const groups = change.attributes.flatMap((one) => groupsChangeOf(one) ?? []);
  const ordered = [...odd, ...change.attributes.filter((one) => !odd.includes(one) && groupsChangeOf(one) === null)];
  const rows = all ? ordered : ordered.slice(0, FIRST);
  const hidden = ordered.length - rows.length;
  return (
    <div className={styles.table}>
      {rows.map((attribute) => (
        <AttributeRow
          key={attribute.path}
          attribute={attribute}
          created={change.kind === 'created'}
          odd={odd.includes(attribute)}
        />
      ))}
      {hidden > 0 && (
        <div className={styles.wide}>
          <MoreButton onClick={() => setAll(true)}>{formatNumber(hidden)} more</MoreButton>
        </div>
      )}
      {groups.map(({ joined, groups: named, more }) => (
        <Members
          key={`groups ${joined}`}
          path="groups"
          sign={joined ? '+' : '−'}
          words={joined ? 'groups joined' : 'groups left'}
          members={named}
          more={more}
        />
      ))}
      <Members sign="+" words="members added" members={change.membersAdded} more={change.moreAdded} />
      <Members sign="−" words="members removed" members={change.membersRemoved} more={change.moreRemoved} />
    </div>
  );
}

function AttributeRow({ attribute, created, odd }: { attribute: AttributeChange; created: boolean; odd: boolean }) {
  const styles = useStyles();
  const before = inLine(attribute.before, attribute.more);
  const after = inLine(attribute.after, attribute.more);
  return (
    <div className={mergeClasses(styles.row, odd && styles.odd)}>
      <Path path={attribute.path} className={odd ? styles.oddPath : undefined} tinted={odd} />
      <span className={mergeClasses(styles.values, odd && styles.onTint)}>
        {!created && (
          <>
            {before === null ? (
              <span className={styles.gone}>not set</span>
            ) : (
              <bdi className={styles.before}>{before}</bdi>
            )}
            &nbsp;
            <span className={styles.arrow} role="img" aria-label="became">
              →
            </span>{' '}
          </>
        )}
        {after === null ? <span className={styles.gone}>removed</span> : <bdi className={styles.after}>{after}</bdi>}
      </span>
    </div>
  );
}

interface MembersProps {
  path?: string;
  sign: string;
  words: string;
  members: MemberRef[];
  /** How many there were besides those named. */
  more: number | undefined;
}

function Members({ path = 'members', sign, words, members, more }: MembersProps) {
  const styles = useStyles();
  if (members.length === 0) return null;
  return (
    <div className={styles.row}>
      <Path path={path} />
      <span className={styles.names}>
        <span className={mergeClasses(styles.sign, sign === '+' && styles.added)} role="img" aria-label={words}>
          {sign}
        </span>{' '}
        <Names members={members} more={more} />
      </span>
    </div>
  );
}
