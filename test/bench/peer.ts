import { type Started, start } from './child.ts';
import { type Company, type Group, user } from './company.ts';
import { groupBody, type Ids, type Row, rowsOf } from './rows.ts';

/** The peer with a company in it, and the same rows for the ids it gave. */
export interface Peer {
  server: Started;
  rows: ReadonlyMap<string, Row>;
}

/** Starts SCIMMY and fills it over HTTP: it has no other door. Only groups that rows use. The rows as `rowsOf`. */
export async function startPeer(people: Company, connections: number): Promise<Peer> {
  const server = await start('scimmy-server.ts');
  async function create(path: string, body: object): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${server.port}/scim/v2${path}`, {
      method: 'POST',
      headers: server.headers,
      body: JSON.stringify(body),
    });
    if (answer.status !== 201) throw new Error(`SCIMMY answers ${answer.status}: ${await answer.text()}`);
    const created: unknown = await answer.json();
    if (typeof created === 'object' && created !== null && 'id' in created) return String(created.id);
    throw new Error('SCIMMY answers without an id.');
  }
  const users: string[] = [];
  for (let n = 0; n < people.users; n++) users.push(await create('/Users', user(n)));
  const groups = new Map<string, string>();
  const ids: Ids = {
    user: (n) => users[n] ?? '',
    group: (group: Group) => groups.get(group.name) ?? '',
  };
  for (const group of [people.ten, ...people.departments]) {
    groups.set(group.name, await create('/Groups', groupBody(group, ids)));
  }
  return { server, rows: new Map(rowsOf(people, ids, connections).map((row) => [row.name, row])) };
}
