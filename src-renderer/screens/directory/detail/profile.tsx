import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { managerPath } from '../../../../src-main/contract/catalogue/manager-path.ts';
import type { GroupDetail, MemberRef, ProfileField, UserDetail } from '../../../../src-main/contract/index.ts';
import { Truncated } from '../../../ui/truncated.tsx';
import { briefPath } from '../../../ui/values.ts';
import { Reference } from './reference.tsx';

const useStyles = makeStyles({
  table: { width: '100%', padding: '6px 20px 10px' },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 150fr) minmax(0, 205fr) minmax(0, 144fr)',
    columnGap: '12px',
    alignItems: 'center',
    minHeight: '30px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    fontSize: '13px',
    '&:last-child': { borderBottom: 'none' },
  },
  head: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  // Whole, however long: nobody can hover over what is cut with a key.
  value: { padding: '5px 0', lineHeight: '20px', minWidth: 0, overflowWrap: 'anywhere' },
  never: { color: tokens.colorNeutralForeground3 },
  // Cut from its left: the end of a path tells one field from another.
  path: {
    direction: 'rtl',
    textAlign: 'left',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground2,
  },
  source: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground3,
  },
});

/** The fields of a user's profile, those with a value first in the order the pilot gives them. */
export const profileOfUser = (user: UserDetail): ProfileField[] => [
  ...user.fields.filter((field) => field.value !== null),
  ...user.fields.filter((field) => field.value === null),
];

/** A group has few fields of its own; its members have a tab. */
export function profileOfGroup(group: GroupDetail): ProfileField[] {
  return [
    { path: 'displayName', value: group.name, entraSource: 'displayName' },
    { path: 'externalId', value: group.externalId, entraSource: 'objectId' },
    { path: 'members', value: String(group.members), entraSource: 'members' },
  ];
}

/** Azure's default mapping of `active` is an expression over this attribute. */
const sourceOf = (attribute: string): string => (attribute === 'IsSoftDeleted' ? 'Not([IsSoftDeleted])' : attribute);

/** SCIM path, value, and the Azure attribute that feeds it by default. */
export function Profile({ fields, manager }: { fields: ProfileField[]; manager: MemberRef | null }) {
  const styles = useStyles();
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: rows are grids of three fractions, which table cells are not
    // biome-ignore-start lint/a11y/useFocusableInteractive: a plain table, nothing to press but links
    <div role="table" aria-label="Profile" className={styles.table}>
      <div role="row" className={mergeClasses(styles.row, styles.head)}>
        <span role="columnheader">Here, in SCIM</span>
        <span role="columnheader">Value</span>
        <span role="columnheader">From Azure, by default</span>
      </div>
      {fields.map((field) => (
        <div key={field.path} role="row" className={styles.row}>
          <span role="rowheader" style={{ minWidth: 0, display: 'flex' }}>
            <Truncated text={field.path} className={styles.path}>
              <bdi dir="ltr">{briefPath(field.path)}</bdi>
            </Truncated>
          </span>
          <span role="cell" style={{ minWidth: 0, display: 'flex' }}>
            <Value field={field} manager={manager} />
          </span>
          <span role="cell" style={{ minWidth: 0, display: 'flex' }}>
            {field.entraSource !== null && <Truncated text={sourceOf(field.entraSource)} className={styles.source} />}
          </span>
        </div>
      ))}
    </div>
    // biome-ignore-end lint/a11y/useFocusableInteractive: as above
    // biome-ignore-end lint/a11y/useSemanticElements: as above
  );
}

function Value({ field, manager }: { field: ProfileField; manager: MemberRef | null }) {
  const styles = useStyles();
  if (field.value === null) return <span className={styles.never}>not set</span>;
  // A manager who is not here has no name.
  if (manager !== null && manager.name !== manager.id && managerPath.test(field.path)) {
    return (
      <span className={styles.value}>
        <Reference person={manager} linked />
      </span>
    );
  }
  return <bdi className={styles.value}>{field.value}</bdi>;
}
