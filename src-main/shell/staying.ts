import type { MenuItemConstructorOptions, MessageBoxOptions } from 'electron';
import { jobRuns, leaving } from '../contract/catalogue/leaving.ts';
import type { PilotStatus, TunnelStatus } from '../contract/index.ts';

/** Every decision about going on without a window and about stopping, as plain functions. */

/** What the decisions look at; null while another pilot is being opened. */
export type Known = Pick<PilotStatus, 'pilotName' | 'tenantUrl' | 'azureAt' | 'tunnel'> | null;

/** Whether the machine must not fall asleep: a job of Azure's is believed to run and has a way to get here. */
export function mustStayAwake(status: Known, now: number): boolean {
  return status !== null && status.tunnel.state !== 'off' && jobRuns(status.azureAt, now);
}

/** The question before quitting; null where nobody would miss the endpoint. */
export function questionBeforeQuit(status: Known, now: number): MessageBoxOptions | null {
  if (status === null || !jobRuns(status.azureAt, now)) return null;
  return {
    type: 'warning',
    message: `Azure’s job of ${status.pilotName} is running.`,
    detail: `${leaving.what} ${leaving.todo}`,
    buttons: ['Keep running', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  };
}

/** Said when the window is closed for the first time: what goes on, and how to come back. */
export const closedToTray: MessageBoxOptions = {
  type: 'info',
  message: 'SCIM Pilot goes on without its window.',
  detail:
    'Azure is still answered. The window comes back from the icon in the tray, or by starting SCIM Pilot once more. To stop it, choose Quit there.',
  buttons: ['Keep running', 'Quit'],
  defaultId: 0,
  cancelId: 0,
};

const tunnelWords: Record<TunnelStatus['state'], string> = {
  off: 'Tunnel: off',
  starting: 'Tunnel: starting',
  up: 'Tunnel: up',
  reconnecting: 'Tunnel: reconnecting',
  down: 'Tunnel: down',
};

/** What the tray says of the pilot. */
export function trayTooltip(status: Known): string {
  return status === null ? 'SCIM Pilot' : `SCIM Pilot: ${status.pilotName}\n${tunnelLine(status.tunnel)}`;
}

function tunnelLine({ kind, state }: TunnelStatus): string {
  return kind === 'none' ? 'This computer only' : tunnelWords[state];
}

export interface TrayActs {
  open(): void;
  copy(text: string): void;
  quit(): void;
}

export function trayTemplate(status: Known, acts: TrayActs): MenuItemConstructorOptions[] {
  return [
    { label: 'Open SCIM Pilot', click: acts.open },
    { type: 'separator' },
    ...(status === null
      ? []
      : [
          { label: status.pilotName, enabled: false },
          { label: tunnelLine(status.tunnel), enabled: false },
          { label: 'Copy Tenant URL', click: () => acts.copy(status.tenantUrl) },
          { type: 'separator' as const },
        ]),
    { label: 'Quit', click: acts.quit },
  ];
}
