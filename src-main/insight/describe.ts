import type { CallMeaning } from '../calls/index.ts';
import type { CapturedCall } from '../contract/index.ts';
import type { SchemaRegistry } from '../scim/index.ts';
import { describeBulk, isBulk } from './describe-bulk.ts';
import { describeChange } from './describe-change.ts';
import { describeFailure } from './describe-failure.ts';
import { describeRead } from './describe-read.ts';
import { describeTenantAdmin } from './describe-tenant-admin.ts';
import { isDoubledBearer, listNames } from './wire.ts';

/** A browser or scanner that looks for a web page: no provisioning call, so no failure of one. */
function isPassingVisitor(call: CapturedCall): boolean {
  return (
    call.status === 404 &&
    call.stage === 'endpoint' &&
    !/\/(scim|Users|Groups|Schemas|ResourceTypes)\b/i.test(call.path)
  );
}

export interface DescribeOptions {
  /** The schemas in force; the same object until they change. */
  registry(): SchemaRegistry;
  /** The name of a user by id, for sentences about managers; null when there is none. */
  nameOfUser(id: string): string | null;
  tenantAdmins: {
    /** Whether a userName is a ServiceOps tenant admin's. */
    named(userName: string): boolean;
    /** The name of a tenant admin who was provisioned before; null for any other id. */
    hidden(id: string): string | null;
  };
}

/**
 * Says what a call was in one sentence, from what is on the wire and in the change it made, and no more. `odd`: answered
 * well, but Azure should not have sent it or will send it again.
 */
export function createDescribe(options: DescribeOptions): (call: CapturedCall) => CallMeaning {
  return (call) => {
    const aboutAdmin = describeTenantAdmin(call, options.tenantAdmins);
    if (aboutAdmin !== null) return aboutAdmin;
    if (call.status >= 400) {
      const outcome = isPassingVisitor(call) ? 'odd' : 'failed';
      return { sentence: describeFailure(call), outcome, probe: false, plain: false };
    }
    if (isBulk(call)) return describeBulk(call);
    const change = call.changes[0];
    const meaning =
      change === undefined ? describeRead(call) : { ...describeChange(change, options), probe: false, plain: false };
    if (call.tenantAdmins !== undefined && call.tenantAdmins.length > 0) {
      const note = `skipped ${listNames(call.tenantAdmins)}: ServiceOps tenant admin`;
      return { ...meaning, outcome: 'odd', sentence: { ...meaning.sentence, note }, plain: false };
    }
    if (meaning.outcome === 'ok' && isDoubledBearer(call)) {
      // An amber row must say why it is amber, whatever else there is to say.
      const sentence = { ...meaning.sentence, note: 'the token was pasted with the word Bearer' };
      return { ...meaning, outcome: 'odd', sentence, plain: false };
    }
    return meaning;
  };
}
