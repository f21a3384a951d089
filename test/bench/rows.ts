import { type Company, type Group, groupSchema, idOf, memberOf, user } from './company.ts';
import type { Request } from './load.ts';

const scim = '/scim/v2';

/** A request, and what stands for it on the floor. */
export interface Asked extends Request {
  floor: string;
}

export interface Row {
  name: string;
  kind: 'read' | 'write';
  /** What each connection sends. `shot` differs from load to load: no value is written twice in a row. */
  lists(shot: number): Asked[][];
}

/** Where the company lives: the ids a server gave it. */
export interface Ids {
  user(n: number): string;
  group(group: Group): string;
}

/** The ids of a directory that `fill.ts` made. */
export const filledIds: Ids = { user: idOf, group: ({ record }) => idOf(record) };

/** Different users a load touches, at most. */
const spreadOver = 16_000;
/** Coprime to every number of users: counting in steps of it walks through all of them, far apart from one another. */
const stride = 7_368_787;

/** The rows of the benchmark for a company whose ids are `ids`, as sent over so many `connections`. */
export function rowsOf({ users, ten, departments, regions }: Company, ids: Ids, connections: number): Row[] {
  /** Numbers below `size`, spread over all of it, dealt to the connections: no two connections share one. */
  function deal<T>(size: number, shot: number, of: (n: number) => T): T[][] {
    const count = Math.min(size, spreadOver);
    const lists: T[][] = Array.from({ length: connections }, () => []);
    for (let i = 0; i < count; i++) lists[i % connections]?.push(of(((shot * count + i) * stride) % size));
    return lists;
  }

  const reading = (name: string, of: (n: number) => Asked): Row => ({
    name,
    kind: 'read',
    lists: (shot) => deal(users, shot, of),
  });
  const get = (path: string, floor: string): Asked => ({ method: 'GET', path: scim + path, floor });
  const found = (n: number, filter: string) =>
    get(`/Users?filter=${encodeURIComponent(filter)}`, `/found/${ids.user(n)}`);
  const patch = (path: string, op: string, attribute: string, value: unknown, floor: string): Asked => ({
    method: 'PATCH',
    path: scim + path,
    body: JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op, path: attribute, value }],
    }),
    floor,
  });
  const member = (group: Group, op: string, n: number) =>
    patch(`/Groups/${ids.group(group)}`, op, 'members', [{ value: ids.user(n) }], '/write/empty');
  /** Members leave and come back, one at a time: what an interrupted load leaves out is as little as there are connections. */
  const leaving = (group: Group): Row => ({
    name: `PATCH group of ${group.size.toLocaleString('en')}, one member`,
    kind: 'write',
    lists: (shot) =>
      deal(group.size, shot, (i) => memberOf(group, i)).map((list) =>
        list.flatMap((n) => [member(group, 'Remove', n), member(group, 'Add', n)]),
      ),
  });

  return [
    reading('GET user by id', (n) => get(`/Users/${ids.user(n)}`, `/user/${ids.user(n)}`)),
    reading('filter userName eq', (n) => found(n, `userName eq "${user(n).userName}"`)),
    reading('filter externalId eq', (n) => found(n, `externalId eq "${user(n).externalId}"`)),
    reading('list 10 users', () => get('/Users?startIndex=1&count=10', '/page')),
    {
      name: 'PATCH user',
      kind: 'write',
      // Two rounds with other titles than the load before: each request changes something.
      lists: (shot) =>
        deal(users, shot, (n) => n).map((list) =>
          ['A', 'B'].flatMap((round) =>
            list.map((n) => patch(`/Users/${ids.user(n)}`, 'Replace', 'title', `Title ${shot}${round}`, '/write/user')),
          ),
        ),
    },
    {
      name: `PATCH group of 10, one member`,
      kind: 'write',
      // Others than its ten come and go; few and always the same, so that those an interrupted load leaves in stay few.
      lists: () =>
        Array.from({ length: connections }, (_, connection) =>
          Array.from({ length: 20 }, (_, i) => ((i * connections + connection) * stride) % users)
            .filter((n) => n % ten.step !== 0)
            .flatMap((n) => [member(ten, 'Add', n), member(ten, 'Remove', n)]),
        ),
    },
    ...[...departments.slice(0, 1), ...regions.slice(0, 1).filter(({ size }) => size > 1_000)].map(leaving),
    {
      name: 'POST user',
      kind: 'write',
      lists: (shot) => {
        let created = 0;
        const body = () => JSON.stringify(user(`new.${shot}.${created++}`));
        return Array.from({ length: connections }, () => [
          { method: 'POST', path: `${scim}/Users`, body, floor: '/write/user' },
        ]);
      },
    },
  ];
}

/** The requests that stand for a row's on the floor. `synchronous`: which of its inserts. */
export function onFloor(lists: readonly Asked[][], synchronous: 'normal' | 'full'): Request[][] {
  return lists.map((list) =>
    list.map(({ method, floor, body }) => ({
      method: method === 'GET' ? 'GET' : 'POST',
      path: method === 'GET' ? floor : `${floor}/${synchronous}`,
      ...(body === undefined ? {} : { body }),
    })),
  );
}

/** The body that creates a group on a server that gives ids of its own. */
export function groupBody(group: Group, ids: Pick<Ids, 'user'>): object {
  const members = Array.from({ length: group.size }, (_, i) => ({ value: ids.user(memberOf(group, i)) }));
  return { schemas: [groupSchema], displayName: group.name, members };
}
