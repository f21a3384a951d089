import type { CallMeaning } from '../calls/index.ts';
import type { CapturedCall } from '../contract/index.ts';
import { count, listNames } from './wire.ts';

/** Whether a call was POST /Bulk (RFC 7644 §3.7): one call that may change many records. */
export function isBulk(call: CapturedCall): boolean {
  return call.method === 'POST' && /\/Bulk\/*$/.test(call.path);
}

/**
 * The sentence of a bulk request that was answered. It failed where any of its operations did: `detail` counts them. It is odd
 * where all went well but for members that were left out.
 */
export function describeBulk({ detail, changes, tenantAdmins = [] }: CapturedCall): CallMeaning {
  const skipped = tenantAdmins.length === 0 ? '' : `, skipped ${listNames(tenantAdmins)}: ServiceOps tenant admin`;
  const note = detail === null ? `${count(changes.length, 'change')}${skipped}` : detail.replace(/\.$/, '');
  return {
    sentence: { verb: 'Ran a bulk request', object: null, note },
    outcome: detail !== null ? 'failed' : skipped === '' ? 'ok' : 'odd',
    probe: false,
    plain: false,
  };
}
