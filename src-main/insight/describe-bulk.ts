import type { CallMeaning } from '../calls/index.ts';
import type { CapturedCall } from '../contract/index.ts';
import { count } from './wire.ts';

/** Whether a call was POST /Bulk (RFC 7644 §3.7): one call that may change many records. */
export function isBulk(call: CapturedCall): boolean {
  return call.method === 'POST' && /\/Bulk\/*$/.test(call.path);
}

/** The sentence of a bulk request that was answered. It failed where any of its operations did: `detail` counts them. */
export function describeBulk({ detail, changes }: CapturedCall): CallMeaning {
  const note = detail === null ? count(changes.length, 'change') : detail.replace(/\.$/, '');
  return {
    sentence: { verb: 'Ran a bulk request', object: null, note },
    outcome: detail === null ? 'ok' : 'failed',
    probe: false,
    plain: false,
  };
}
