import type { CallSummary, PilotStatus } from '../../../src-main/contract/index.ts';
import { tunnelMatter } from '../../frame/tunnel.ts';
import { count } from '../../ui/format.ts';
import { practiceGoesOn } from './cycle-story.ts';

/** A provisioning job that runs comes back every 20 to 40 minutes: longer than this, and it is not certain that it runs. */
const QUIET_MS = 60 * 60_000;

const HOUR_MS = 60 * 60_000;

/** Where the failed calls of the last hour are, and what Azure makes of them: only of those that are its own. */
function adviceOnFailures(status: PilotStatus, failures: CallSummary[], now: number): string {
  const one = status.failedLastHour === 1;
  const listed = one ? 'It is listed below.' : 'The newest are listed below.';
  if (status.tunnel.kind === 'none') return `${listed} ${one ? 'It' : 'They'} came from this machine, not from Azure.`;
  const recent = failures.filter((call) => call.at > now - HOUR_MS);
  if (recent.some((call) => call.via === 'public' && !call.practice)) {
    return `${listed} Azure tries a failed call again in its next cycle, then less and less often.`;
  }
  // The reading holds the newest only: what is not in it may be Azure's.
  if (recent.length < status.failedLastHour) return listed;
  return `${listed} ${one ? 'It did not come' : 'None of them came'} from Azure.`;
}

/** What to do about a tunnel through which nothing comes, and what Azure makes of it, as far as that is known. */
function awayAdvice({ tunnel: { state }, azureAt }: PilotStatus): string {
  const cure =
    state === 'off' ? 'Start it in Settings, Connection.' : 'Settings, Connection tells the cause and what to do.';
  // Before its first call nothing says that there is a job.
  return azureAt === null
    ? `${cure} Until then Test Connection fails in Azure.`
    : `${cure} A provisioning job that runs tries again in its next cycle, about every 40 minutes.`;
}

/** Is it working? In one sentence, and what to make of it in a second. `failures`: the newest failed calls, newest first. */
export function verdictOf(
  status: PilotStatus,
  failures: CallSummary[],
  now: number,
): { verdict: string; advice: string } {
  const away = tunnelMatter(status.tunnel);
  if (away?.bad === true) {
    return { verdict: 'Azure cannot reach this pilot.', advice: `${away.title}. ${awayAdvice(status)}` };
  }
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
      advice: adviceOnFailures(status, failures, now),
    };
  }
  if (last.practice) {
    return {
      verdict: practiceGoesOn(last.at, status, now)
        ? 'A practice run is under way. Nothing has failed.'
        : 'The practice run came through.',
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
      advice: 'Nothing has failed in the last hour. For Azure itself to call, set up a tunnel in Settings, Connection.',
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
