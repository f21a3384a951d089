import type { RefusedToken, TokenStatus } from '../../src-main/contract/index.ts';
import { count, formatMinute, formatWhen } from '../ui/format.ts';
import type { Matter } from './matter.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A token that expires within this is worth a warning: time enough to rotate it in working hours. */
const WARN_MS = 14 * DAY_MS;

/** Where a token is pasted in Azure, and what to press. */
export const PASTE =
  'In Azure: Enterprise applications, your app, Provisioning, Connectivity (older: Admin Credentials). Paste it as Secret Token, press Test Connection, then Save.';

/** The button that makes a tested token the one that Azure works with. */
const SAVE = 'In Azure: Provisioning, Connectivity (older: Admin Credentials), press Save.';

/** What it means that Azure has only tested the newest token. */
const ONLY_TESTED = 'Azure’s test used the new one: it is not saved there yet, or no cycle has run since.';

/** Which token Azure calls with. */
export function usedWords({ azureUses, azureTested, overlap }: TokenStatus, now: number): string {
  if (azureUses === null) {
    return azureTested
      ? 'Azure has tested the connection with it, and provisioned nothing yet.'
      : 'Azure has not called with it yet.';
  }
  if (azureUses.newest) return 'Azure uses it.';
  const old = overlap.find((token) => token.ending === azureUses.ending);
  const until = old !== undefined && old.until > now ? `accepted until ${formatMinute(old.until)}` : 'refused now';
  const last = `Azure last worked with the one before it (ends …${azureUses.ending}), which is ${until}.`;
  return azureTested ? `${ONLY_TESTED} ${last}` : last;
}

/** What of it rests on this computer. */
export function restWords({ fixedForRun, sealedBy }: TokenStatus): { what: string; note: string } {
  if (fixedForRun) return { what: 'Not stored', note: 'SCIM_PILOT_TOKEN brings it at each start.' };
  return sealedBy === 'safe-storage'
    ? { what: 'Sealed by this account’s keyring', note: 'Calls are checked against a hash of it.' }
    : {
        what: 'Sealed with a key file in the data folder',
        note: 'Calls are checked against a hash of it. Whoever can read that folder can open the token.',
      };
}

/** When it expires; null when it never does. */
export function expiryWords({ expiresAt }: TokenStatus, now: number): string | null {
  if (expiresAt === null) return null;
  if (expiresAt <= now)
    return 'It has expired: every call with it is refused. Rotate it, and paste the new one in Azure.';
  const days = Math.floor((expiresAt - now) / DAY_MS);
  return `It expires in ${days === 0 ? 'less than a day' : count(days, 'day')}.`;
}

/** What needs attention about the token, the most pressing first. */
export function tokenMatters(token: TokenStatus, now: number): Matter[] {
  const matters: Matter[] = [];
  if (token.expiresAt !== null && token.expiresAt - now <= WARN_MS) {
    const over = token.expiresAt <= now;
    const note = over ? 'Every call with it is refused. ' : '';
    const title = over ? 'The Secret Token has expired' : `The Secret Token ${expiryWords(token, now)?.slice(3, -1)}`;
    matters.push({ bad: over, title, note: `${note}Rotate it, and paste the new one in Azure.` });
  }
  const waiting = token.overlap.find((old) => old.until > now && old.ending === token.azureUses?.ending);
  if (waiting !== undefined) {
    const title = `Azure still uses the old Secret Token (ends …${waiting.ending})`;
    const end = `It is refused from ${formatMinute(waiting.until)} on.`;
    const note = token.azureTested ? `${ONLY_TESTED} ${end} ${SAVE}` : `${end} ${PASTE}`;
    matters.push({ bad: false, title, note });
  }
  const foreign = token.refused.filter((refused) => refused.kind === 'other' && refused.via === 'public');
  if (foreign.length < GUESSES) return [...matters, ...token.refused.map((refused) => refusedMatter(refused, now))];
  const others = token.refused.filter((refused) => !foreign.includes(refused));
  return [...matters, guessMatter(foreign, now), ...others.map((refused) => refusedMatter(refused, now))];
}

/** So many different tokens in an hour are nobody's slip. */
const GUESSES = 4;

/** `foreign`: newest first. */
function guessMatter(foreign: RefusedToken[], now: number): Matter {
  const calls = foreign.reduce((sum, refused) => sum + refused.calls, 0);
  const last = foreign[0] === undefined ? '' : `, last ${formatWhen(foreign[0].lastAt, now)}`;
  return {
    bad: true,
    title: `Somebody is guessing: at least ${foreign.length} different tokens within an hour`,
    note: `${count(calls, 'call')} by the public address${last}. Each one waits longer for its answer; the right token does not. If Azure fails as well, copy the Secret Token and paste it there.`,
  };
}

function refusedMatter({ kind, ending, calls, via, lastAt }: RefusedToken, now: number): Matter {
  const ends = ending === null ? '' : ` (ends …${ending})`;
  const from = via === 'public' ? 'by the public address' : 'from this machine';
  const came = `${count(calls, 'call')} ${from}, last ${formatWhen(lastAt, now)}.`;
  switch (kind) {
    case 'entra':
      return {
        bad: true,
        title: 'Secret Token was left blank in Azure',
        note: `${came} Azure sent a token that it issued itself. Copy the Secret Token and paste it there.`,
      };
    case 'other':
      return {
        bad: true,
        title:
          via === 'public' ? `Azure reached us with a different token${ends}` : `Calls with a different token${ends}`,
        note: `${came} Copy the Secret Token and paste it there${via === 'public' ? '; if Azure works, somebody else has called' : ''}.`,
      };
    default:
      return {
        bad: true,
        title: `Calls with a Secret Token that is ${kind}${ends}`,
        note: `${came} Copy the Secret Token and paste it in Azure.`,
      };
  }
}
