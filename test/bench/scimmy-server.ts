/**
 * The peer: SCIMMY with its Express routers over plain maps in memory, as its guide shows, with no capture and no disk.
 */
import { randomUUID } from 'node:crypto';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import { announce, portOf } from './usage.ts';

/** SCIMMY's handlers for one resource type over a map. */
function memory<Data extends object>() {
  type Stored = Data & { id: string; meta: { created: Date; lastModified: Date } };
  const records = new Map<string, Stored>();
  function find(id: string): Stored {
    const found = records.get(id);
    if (found === undefined) throw new SCIMMY.Types.Error(404, '', `Resource ${id} not found`);
    return found;
  }
  return {
    ingress({ id }: { id?: string | undefined }, data: Data): Stored {
      const now = new Date();
      const created = id === undefined ? now : find(id).meta.created;
      const stored = { ...data, id: id ?? randomUUID(), meta: { created, lastModified: now } };
      records.set(stored.id, stored);
      return stored;
    },
    egress({ id, filter, constraints }: Asked): Stored | Stored[] {
      if (id !== undefined) return find(id);
      const all = [...records.values()];
      if (filter !== undefined) return filter.match(all);
      if (constraints === undefined) return all;
      // SCIMMY renders all it is handed before it cuts the page out, so it is handed the page alone.
      const { startIndex = 1, count = 20 } = constraints;
      constraints.totalResults = all.length;
      return all.slice(startIndex - 1, startIndex - 1 + count);
    },
    degress({ id }: { id?: string | undefined }): void {
      if (id !== undefined) records.delete(id);
    },
  };
}

/** What SCIMMY hands to a handler that reads. */
interface Asked {
  id?: string;
  filter?: SCIMMY.Types.Filter;
  constraints?: { startIndex?: number; count?: number; totalResults?: number };
}

const users = memory<SCIMMY.Schemas.User>();
const groups = memory<SCIMMY.Schemas.Group>();
SCIMMY.Resources.declare(SCIMMY.Resources.User).ingress(users.ingress).egress(users.egress).degress(users.degress);
SCIMMY.Resources.declare(SCIMMY.Resources.Group).ingress(groups.ingress).egress(groups.egress).degress(groups.degress);

const app = express();
app.use('/scim/v2', new SCIMMYRouters({ type: 'bearer', handler: () => 'bench' }));
const server = app.listen(0, '127.0.0.1', () => {
  announce(portOf(server.address()), 'bench', async () => server.closeAllConnections());
});
