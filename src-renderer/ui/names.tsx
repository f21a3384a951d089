import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import type { MemberRef } from '../../src-main/contract/index.ts';
import { formatNumber } from './format.ts';

const FIRST = 8;

const useStyles = makeStyles({
  more: {
    minWidth: 0,
    height: '24px',
    padding: 0,
    fontSize: '12px',
    fontWeight: 400,
    color: tokens.colorBrandForegroundLink,
  },
});

/** Unfolds the rest of a list, in whose line it stands. */
export function MoreButton({ onClick, children }: { onClick(): void; children: ReactNode }) {
  const styles = useStyles();
  return (
    <Button appearance="transparent" size="small" className={styles.more} onClick={onClick}>
      {children}
    </Button>
  );
}

interface NamesProps {
  members: MemberRef[];
  /** How many there were besides those named. */
  more?: number | undefined;
  /** Names shown before "more" is pressed. */
  first?: number;
}

/** Members by name, each in its own direction: the first few, then all. */
export function Names({ members, more = 0, first = FIRST }: NamesProps) {
  const [all, setAll] = useState(false);
  const shown = all ? members : members.slice(0, first);
  return (
    <>
      {shown.map((member, index) => (
        <span key={member.id}>
          {index > 0 && ', '}
          <bdi>{member.name}</bdi>
        </span>
      ))}
      {members.length > shown.length && (
        <>
          {' '}
          <MoreButton onClick={() => setAll(true)}>
            and {formatNumber(members.length - shown.length + more)} more
          </MoreButton>
        </>
      )}
      {more > 0 && members.length === shown.length && <> and {formatNumber(more)} more</>}
    </>
  );
}
