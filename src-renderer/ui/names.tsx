import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { MemberRef } from '../../src-main/contract/index.ts';
import { formatNumber } from './format.ts';

/** Names shown before "more" is pressed. */
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

/** Members by name, each in its own direction: the first few, then all. `more`: how many there were besides those named. */
export function Names({ members, more = 0 }: { members: MemberRef[]; more?: number | undefined }) {
  const styles = useStyles();
  const [all, setAll] = useState(false);
  const shown = all ? members : members.slice(0, FIRST);
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
          <Button appearance="transparent" size="small" className={styles.more} onClick={() => setAll(true)}>
            and {formatNumber(members.length - shown.length + more)} more
          </Button>
        </>
      )}
      {more > 0 && members.length === shown.length && <> and {formatNumber(more)} more</>}
    </>
  );
}
