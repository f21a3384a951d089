import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import type { MemberRef } from '../../../../src-main/contract/index.ts';
import { api } from '../../../api.ts';
import { useDebounced } from '../../../ui/use-debounced.ts';

const FOUND = 6;

const useStyles = makeStyles({
  list: { margin: '4px 0 0', padding: 0, listStyleType: 'none' },
  item: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    minHeight: '32px',
    padding: '2px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  person: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere', lineHeight: '18px' },
  userName: { display: 'block', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  none: { margin: '4px 0 0', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  button: { height: '24px', fontSize: '12px', fontWeight: 400, minWidth: 0, flexShrink: 0 },
});

interface FindUserProps {
  label: string;
  /** The field, for who has to give the focus back. */
  field: RefObject<HTMLInputElement | null>;
  size?: 'small' | 'medium';
  /** Users who are not offered, by id. */
  except: ReadonlySet<string>;
  /** What a found user's button says. */
  word: string;
  /** The same with the user's name, for who hears the button alone. */
  wordFor(name: string): string;
  onFound(person: MemberRef): void;
}

/** A search that ends in one of the users who are here. */
export function FindUser({ label, field, size = 'medium', except, word, wordFor, onFound }: FindUserProps) {
  const styles = useStyles();
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim(), 150);
  const found = useQuery({
    ...api.directory.users.queryOptions({ search, state: 'current', after: null, limit: FOUND }),
    enabled: search !== '',
  });
  const people = search === '' ? [] : (found.data?.rows ?? []).filter(({ id }) => !except.has(id));
  const nobody = search !== '' && found.data !== undefined && people.length === 0;
  return (
    <div>
      <Input
        style={{ width: '100%' }}
        input={{ ref: field }}
        aria-label={label}
        type="search"
        size={size}
        value={typed}
        placeholder="Search name, mail or id"
        onChange={(_, data) => setTyped(data.value)}
      />
      <div role="status">{nobody && <p className={styles.none}>Nobody else here matches.</p>}</div>
      {people.length > 0 && (
        <ul className={styles.list} aria-label="Users found">
          {people.map(({ id, name, userName }) => (
            <li key={id} className={styles.item}>
              <span className={styles.person}>
                <bdi>{name}</bdi>
                {userName !== name && <bdi className={styles.userName}>{userName}</bdi>}
              </span>
              <Button
                size="small"
                className={styles.button}
                aria-label={wordFor(name)}
                onClick={() => {
                  onFound({ id, name });
                  setTyped('');
                  // The button goes with the list.
                  field.current?.focus();
                }}
              >
                {word}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
