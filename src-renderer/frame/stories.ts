import type { PilotStatus } from '../../src-main/contract/index.ts';
import { count, formatClock, formatMs } from '../ui/format.ts';

/** What each station of the signal line says when pressed: its state, and what to do where something is wrong. */

export function azureStory(status: PilotStatus): string {
  const last = status.lastCall;
  if (last === null) {
    return 'No call has come since this pilot was set up. Paste Tenant URL and Secret Token in the portal, under Provisioning, and press Test Connection.';
  }
  if (last.practice) return 'The last call was a practice run, which says nothing about Azure.';
  if (last.via === 'local' && status.tunnel.kind !== 'none') {
    return `The last call came at ${formatClock(last.at)}, from this machine and not by the public address: it says nothing about Azure.`;
  }
  if (status.tunnel.kind === 'none') {
    return `The last call came at ${formatClock(last.at)}, from this machine. Azure itself needs a public address to call.`;
  }
  return `The last call came at ${formatClock(last.at)}. A running provisioning job comes back about every 40 minutes.`;
}

export function endpointStory(status: PilotStatus, refused: boolean): string {
  const speed =
    status.endpointMedianMs === null
      ? 'It is listening.'
      : `Half of the last calls were answered within ${formatMs(status.endpointMedianMs)} ms.`;
  return refused
    ? `The last call was refused here, before it reached the directory. The Live feed tells why. ${speed}`
    : `${speed} Every call must carry the Secret Token.`;
}

export function directoryStory(status: PilotStatus, refused: boolean): string {
  const { users, archived, groups, memberships } = status.directory;
  const stock = `It holds ${count(users, 'user')} (${archived} archived), ${count(groups, 'group')} and ${count(memberships, 'membership')}.`;
  return refused ? `The last call was refused by the directory. The Live feed tells why. ${stock}` : stock;
}
