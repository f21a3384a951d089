import type { Look } from '../look.ts';
import type { Finding, Seen, World } from './types.ts';

const none: Finding[] = [];

/** What is odd or worth a word in a call that was answered well and changed nothing. */
export function ofRead(call: Seen, look: Look | null, world: World): Finding[] {
  if (call.method === 'PATCH') return [{ code: 'SP-NOTHING-CHANGED', slots: {} }];
  if (call.method === 'PUT') {
    return [
      { code: 'SP-NOTHING-CHANGED', slots: {} },
      { code: 'SP-PUT', slots: {} },
    ];
  }
  if (look === null) return showsMembers(call) ? [{ code: 'SP-MEMBERS-SHOWN', slots: {} }] : none;
  const found = ofSearch(call, look, world);
  if (call.scanned === true && look.filter !== null) {
    found.push({ code: 'SP-SEARCH-SCANNED', slots: { filter: look.filter } });
  }
  return found;
}

function ofSearch(call: Seen, { match, hits, probe }: Look, { tenantAdmins }: World): Finding[] {
  if (match === null) return showsMembers(call) ? [{ code: 'SP-MEMBERS-SHOWN', slots: {} }] : [];
  const { attribute, value } = match;
  if (hits > 1) return [{ code: 'SP-MATCH-MANY', slots: { attribute, value, hits: String(hits) } }];
  if (hits === 1) return showsMembers(call) ? [{ code: 'SP-MEMBERS-SHOWN', slots: {} }] : [];
  if (call.resourceType === 'User' && attribute.toLowerCase() === 'username' && tenantAdmins.named(value)) {
    return [{ code: 'SP-TENANT-ADMIN-SOUGHT', slots: { name: value } }];
  }
  if (probe) return [{ code: 'SP-PROBE', slots: {} }];
  return call.method === 'GET' ? [{ code: 'SP-NOT-FOUND', slots: {} }] : [];
}

/** Whether a group was answered with its members: such bodies are large, so the query is looked at first. */
function showsMembers({ resourceType, method, query, shows, responseBody }: Seen): boolean {
  if (resourceType !== 'Group' || method !== 'GET' || /attributes=/i.test(query)) return false;
  if (shows !== null && shows !== undefined)
    return shows.records.some(({ references }) => (references?.length ?? 0) > 0);
  return responseBody?.text.includes('"members":[{') === true;
}
