import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { api, client } from '../api.ts';
import { useDebounced } from '../ui/use-debounced.ts';
import type { Command } from './commands.ts';

const PEOPLE = 5;
const GROUPS = 3;
/** A call's code, as Azure quotes it in its log (`[call 7K2Q9]`), or bare where a digit tells it from a name. */
const CALL_CODE = /^\[?call\s+([0-9A-HJKMNP-TV-Z]{5,8})\]?$|^(?=.*\d)([0-9A-HJKMNP-TV-Z]{5,8})$/i;

/** The code of a call that `text` is, in its usual letters; null when it is none. */
function callCodeIn(text: string): string | null {
  const [, quoted, bare] = CALL_CODE.exec(text) ?? [];
  return (quoted ?? bare)?.toUpperCase() ?? null;
}

const inGroup = { state: 'current', after: null } as const;

/** People, groups and a call that `text` names, as commands that open them; and whether more may still be found. */
export function useFound(text: string): { found: readonly Command[]; searching: boolean } {
  const [, go] = useLocation();
  const search = useDebounced(text.trim(), 120);
  const { data, isFetching } = useQuery({
    // Under the directory's key, so that it is read again when records change.
    queryKey: [...api.directory.pathKey(), 'palette', search],
    queryFn: async ({ signal }) => {
      const [users, groups] = await Promise.all([
        client.directory.users.query({ ...inGroup, search, limit: PEOPLE }, { signal }),
        client.directory.groups.query({ ...inGroup, search, limit: GROUPS }, { signal }),
      ]);
      return { users: users.rows, groups: groups.rows };
    },
    enabled: search.length > 1,
    placeholderData: (previous) => previous,
  });
  const found = useMemo(() => {
    if (search.length < 2) return [];
    const { users, groups } = data ?? { users: [], groups: [] };
    const call = callCodeIn(search);
    return [
      ...(call === null
        ? []
        : [{ id: `call-${call}`, title: `Call ${call}`, group: 'Live feed', run: () => go(`/feed/${call}`) }]),
      ...users.map(({ id, name, userName }) => ({
        id: `user-${id}`,
        title: name,
        group: userName,
        run: () => go(`/directory/users/${encodeURIComponent(`user-${id}`)}`),
      })),
      ...groups.map(({ id, name }) => ({
        id: `group-${id}`,
        title: name,
        group: 'Group',
        run: () => go(`/directory/groups/${encodeURIComponent(`group-${id}`)}`),
      })),
    ];
  }, [data, search, go]);
  return { found, searching: isFetching || search !== text.trim() };
}
