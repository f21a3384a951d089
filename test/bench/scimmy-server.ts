/**
 * The peer: SCIMMY with its Express routers over plain maps in memory, as its guide shows, with no capture and no disk.
 * Prints its port as JSON when ready; ends with its parent (IPC).
 */
import { randomUUID } from 'node:crypto';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';

interface Stored {
  id: string;
  meta: { created: Date; lastModified: Date };
  [attribute: string]: unknown;
}

/** What SCIMMY hands to a handler that reads. */
interface Asked {
  id?: string;
  filter?: { match(values: Stored[]): Stored[] };
}

/** SCIMMY's handlers for one resource type over a map. */
function memory() {
  const records = new Map<string, Stored>();
  function find(id: string): Stored {
    const found = records.get(id);
    if (found === undefined) throw new SCIMMY.Types.Error(404, '', `Resource ${id} not found`);
    return found;
  }
  return {
    ingress(resource: { id?: string | undefined }, data: object): Stored {
      const now = new Date();
      const created = resource.id === undefined ? now : find(resource.id).meta.created;
      const stored = { ...data, id: resource.id ?? randomUUID(), meta: { created, lastModified: now } };
      records.set(stored.id, stored);
      return stored;
    },
    egress({ id, filter }: Asked) {
      if (id !== undefined) return find(id);
      const all = [...records.values()];
      return filter === undefined ? all : filter.match(all);
    },
    degress(resource: { id?: string | undefined }): void {
      if (resource.id !== undefined) records.delete(resource.id);
    },
  };
}

const [users, groups] = [memory(), memory()];
SCIMMY.Resources.declare(SCIMMY.Resources.User)
  .ingress(users.ingress as never)
  .egress(users.egress as never)
  .degress(users.degress as never);
SCIMMY.Resources.declare(SCIMMY.Resources.Group)
  .ingress(groups.ingress as never)
  .egress(groups.egress as never)
  .degress(groups.degress as never);

const app = express();
app.use('/scim/v2', new SCIMMYRouters({ type: 'bearer', handler: () => 'bench' }));
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0, token: 'bench' });
});
process.on('disconnect', () => process.exit(0));
