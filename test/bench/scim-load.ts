import { connections, type Request } from './load.ts';

const scim = '/scim/v2';
const group = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** A user as Azure creates one. */
export function user(key: number | string): object {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: `user.${key}@bench.example`,
    externalId: `external-${key}`,
    displayName: `User ${key}`,
    active: true,
    title: 'Analyst',
    name: { givenName: 'User', familyName: String(key) },
    emails: [{ type: 'work', primary: true, value: `user.${key}@bench.example` }],
  };
}

export interface Row {
  name: string;
  floor: 'read' | 'insert';
  requestsOf(connection: number, shot: number): Request[];
}

/** Creates `users` users and two groups on a SCIM server and gives the rows of the benchmark for it. */
export async function fill(port: number, headers: Record<string, string>, users: number): Promise<Row[]> {
  async function create(path: string, body: object): Promise<string> {
    const url = `http://127.0.0.1:${port}${scim}${path}`;
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}: ${await answer.text()}`);
    return ((await answer.json()) as { id: string }).id;
  }

  const ids: string[] = [];
  for (let from = 0; from < users; from += 200) {
    const batch = Array.from({ length: Math.min(200, users - from) }, (_, i) => create('/Users', user(from + i)));
    ids.push(...(await Promise.all(batch)));
  }
  const createGroup = (displayName: string, members: string[]) =>
    create('/Groups', { schemas: [group], displayName, members: members.map((value) => ({ value })) });
  const large = await createGroup('Everyone', ids.slice(0, 1_000));
  const small = await createGroup('Ten', ids.slice(0, 10));
  // Members that come and go in the small group are none of its ten.
  const others = ids.slice(10, 1_000);
  return rowsFor(ids, { large, small }, others);
}

function rowsFor(ids: string[], groups: { large: string; small: string }, others: string[]): Row[] {
  const get = (path: string): Request => ({ method: 'GET', path: scim + path });
  const patch = (path: string, op: string, attribute: string, value: unknown): Request => ({
    method: 'PATCH',
    path: scim + path,
    body: JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op, path: attribute, value }],
    }),
  });
  const member = (id: string, op: string, value: string) => patch(`/Groups/${id}`, op, 'members', [{ value }]);
  const reading = (name: string, requestOf: (id: string, n: number) => Request): Row => ({
    name,
    floor: 'read',
    requestsOf: (connection) => share(ids.map(requestOf), connection),
  });
  return [
    reading('GET user by id', (id) => get(`/Users/${id}`)),
    reading('filter userName eq', (_, n) => get(`/Users?filter=userName+eq+%22user.${n}%40bench.example%22`)),
    reading('filter externalId eq', (_, n) => get(`/Users?filter=externalId+eq+%22external-${n}%22`)),
    reading('list 10 users', () => get('/Users?startIndex=1&count=10')),
    {
      name: 'POST user',
      floor: 'insert',
      requestsOf: () => [{ method: 'POST', path: `${scim}/Users`, body: JSON.stringify(user('[<id>]')) }],
    },
    {
      name: 'PATCH user',
      floor: 'insert',
      // Two rounds of other titles than the shot before: each request changes something.
      requestsOf: (connection, shot) =>
        ['A', 'B'].flatMap((round) =>
          share(ids, connection).map((id) => patch(`/Users/${id}`, 'Replace', 'title', `Title ${shot}${round}`)),
        ),
    },
    {
      name: 'PATCH group of 1,000, one member',
      floor: 'insert',
      requestsOf: (connection) =>
        share(others, connection).flatMap((id) => [
          member(groups.large, 'Remove', id),
          member(groups.large, 'Add', id),
        ]),
    },
    {
      name: 'PATCH group of 10, one member',
      floor: 'insert',
      requestsOf: (connection) =>
        share(others, connection).flatMap((id) => [
          member(groups.small, 'Add', id),
          member(groups.small, 'Remove', id),
        ]),
    },
  ];
}

/** What falls to one connection, so that no two change the same record to the same value. At most 1,000 in all. */
function share<T>(all: readonly T[], connection: number): T[] {
  return all.slice(0, 1_000).filter((_, n) => n % connections === connection);
}
