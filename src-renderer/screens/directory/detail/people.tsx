import { Link as FluentLink, makeStyles, tokens } from '@fluentui/react-components';
import type { MemberRef } from '../../../../src-main/contract/index.ts';
import { formatNumber } from '../../../ui/format.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: '6px 20px', listStyleType: 'none' },
  item: {
    display: 'flex',
    alignItems: 'center',
    height: '32px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflow: 'hidden',
    whiteSpace: 'nowrap',
  },
  note: {
    padding: '12px 20px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    margin: 0,
  },
});

interface PeopleProps {
  people: MemberRef[];
  /** How many there are, of which `people` may be the first. */
  inAll: number;
  /** What each one is, for the link. */
  type: 'user' | 'group';
  none: string;
}

/** The groups of a user, or the first members of a group. */
export function People({ people, inAll, type, none }: PeopleProps) {
  const styles = useStyles();
  if (people.length === 0) return <p className={styles.note}>{none}</p>;
  return (
    <>
      <ul className={styles.list}>
        {people.map((person) => (
          <li key={person.id} className={styles.item}>
            <FluentLink href={`#/directory/${type}s/${encodeURIComponent(`${type}-${person.id}`)}`}>
              <bdi>{person.name}</bdi>
            </FluentLink>
          </li>
        ))}
      </ul>
      {inAll > people.length && (
        <p className={styles.note}>
          The first {formatNumber(people.length)} by name, of {formatNumber(inAll)}.
        </p>
      )}
    </>
  );
}
