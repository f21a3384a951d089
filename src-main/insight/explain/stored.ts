import { entryOf, explained } from '../../contract/catalogue/explanations/index.ts';
import type { CallDetail, Caller, Explanation } from '../../contract/index.ts';
import { explain } from './explain.ts';
import type { World } from './types.ts';

/**
 * The explanations of a stored call: its codes were found when it was stored, their slots are filled from what is kept of it.
 * What it no longer tells (a field was defined since, another record is gone) is left to the words that entries bring.
 */
export function explanationsOf(call: Omit<CallDetail, 'explanations'>, world: World): Explanation[] {
  const { why, sentence } = call;
  const skipped = /(?:^|, )skipped (.*): ServiceOps tenant admin$/.exec(sentence.note ?? '')?.[1];
  const seen = {
    ...call,
    shows: null,
    scanned: why.includes('SP-SEARCH-SCANNED'),
    tenantAdmins: skipped === undefined ? [] : [skipped],
  };
  const found = explain(seen, asItWas(world, call));
  return why.flatMap((code) => {
    const entry = entryOf(code);
    if (entry === null) return [];
    const finding = found.find((one) => one.code === code);
    return [explained(code, entry, { slots: finding?.slots, faults: finding?.faults, caller: callerOf(call) })];
  });
}

/** Whose call it was, as far as its way tells. */
export function callerOf({ via, practice }: Pick<CallDetail, 'via' | 'practice'>): Caller {
  if (practice) return 'practice';
  return via === 'public' ? 'azure' : 'local';
}

/** The world as the codes say it was: it may have changed since. */
function asItWas(world: World, { why, sentence }: Pick<CallDetail, 'why' | 'sentence'>): World {
  return {
    registry: world.registry,
    nameOfUser: () => null,
    sharesExternalId: () => true,
    tenantAdmins: {
      named: () => why.includes('SP-TENANT-ADMIN-SOUGHT'),
      hidden: () => (why.includes('SP-TENANT-ADMIN-HIDDEN') ? (sentence.object ?? '') : null),
    },
  };
}
