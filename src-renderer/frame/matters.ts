import type { PilotStatus } from '../../src-main/contract/index.ts';
import type { Matter } from './matter.ts';
import { tokenMatters } from './token-words.ts';
import { tunnelMatter } from './tunnel.ts';

/** The panes of Settings that hold a cure, and their names. */
export const paneNames = { connection: 'Connection', token: 'Secret Token' };
export type SettingsPane = keyof typeof paneNames;

/** What Settings holds a cure for, and where; the tunnel first: without it nothing else matters. */
export function mattersOf({ tunnel, token }: PilotStatus, now: number): (Matter & { pane: SettingsPane })[] {
  const reach = tunnelMatter(tunnel);
  return [
    ...(reach === null ? [] : [{ ...reach, pane: 'connection' as const }]),
    ...tokenMatters(token, now).map((matter) => ({ ...matter, pane: 'token' as const })),
  ];
}
