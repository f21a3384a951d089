import type { CallMeaning } from '../calls/index.ts';
import type { CapturedCall } from '../contract/index.ts';
import type { DescribeOptions } from './describe.ts';
import { equalityOf, filterOf } from './wire.ts';

const refused = 'Refused: ServiceOps tenant admin';

/**
 * What a call means that is about a ServiceOps tenant admin and did nothing: a refused write, an id that is hidden, a name that
 * is not found. Null for any other call.
 */
export function describeTenantAdmin(call: CapturedCall, admins: DescribeOptions['tenantAdmins']): CallMeaning | null {
  if (call.status >= 400 && call.tenantAdmins !== undefined) {
    const note = 'excluded from provisioning: leave it unassigned in Azure';
    return {
      sentence: { verb: refused, object: call.tenantAdmins[0] ?? null, note },
      outcome: 'failed',
      probe: false,
      plain: false,
    };
  }
  if (call.status === 404 && call.resourceType === 'User' && call.resourceId !== null) {
    const name = admins.hidden(call.resourceId);
    if (name === null) return null;
    const note = 'hidden from Azure since it is one';
    return { sentence: { verb: refused, object: name, note }, outcome: 'failed', probe: false, plain: false };
  }
  if (call.totalResults !== 0 || call.resourceType !== 'User') return null;
  const filter = filterOf(call);
  const match = filter === null ? null : equalityOf(filter);
  if (match === null || match.attribute.toLowerCase() !== 'username' || !admins.named(match.value)) return null;
  const note = 'not found: a ServiceOps tenant admin';
  const sentence = { verb: 'Looked for', object: match.value, note };
  return { sentence, outcome: 'ok', probe: false, plain: false, sought: match };
}
