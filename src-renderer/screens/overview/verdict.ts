import type { PilotStatus } from '../../../src-main/contract/index.ts';
import { count } from '../../ui/format.ts';

/** A provisioning job that runs comes back every 20 to 40 minutes: longer than this, and it is not certain that it runs. */
const QUIET_MS = 60 * 60_000;

/** Is it working? In one sentence, and what to make of it in a second; read from the status and nothing else. */
export function verdictOf(status: PilotStatus, now: number): { verdict: string; advice: string } {
  const last = status.lastCall;
  if (last === null) {
    return {
      verdict: 'Listening. Azure has not called yet.',
      advice: 'Give Azure the address and the token. What it sends appears here the moment it comes.',
    };
  }
  const failed = status.failedLastHour;
  if (failed > 0) {
    return {
      verdict: `${count(failed, 'call')} failed in the last hour.`,
      advice:
        'Each is listed below with its answer. Azure tries a failed call again in its next cycle, then less and less often.',
    };
  }
  if (last.practice) {
    return {
      verdict: 'The practice run came through.',
      advice: 'Practice says nothing about Azure: that is known when Azure itself has called.',
    };
  }
  const local = status.tunnel.kind === 'none';
  if (now - last.at > QUIET_MS) {
    return local
      ? {
          verdict: 'No call for over an hour.',
          advice: 'The pilot is listening, on this machine only.',
        }
      : {
          verdict: 'Azure has gone quiet.',
          advice:
            'A running provisioning job calls about every 40 minutes, even when nothing changed. Look whether it was stopped in the portal.',
        };
  }
  if (local) {
    return {
      verdict: 'Provisioning works on this machine.',
      advice: 'Nothing has failed in the last hour. For Azure itself to call, start with a public address.',
    };
  }
  if (status.directory.users + status.directory.groups === 0) {
    return {
      verdict: 'Azure reaches this pilot.',
      advice: 'Nobody is provisioned yet. Assign a user in the portal and provision on demand, or start provisioning.',
    };
  }
  return {
    verdict: 'Azure is provisioning. Nothing has failed.',
    advice: 'Every call of the last hour was answered as Azure wants it.',
  };
}
