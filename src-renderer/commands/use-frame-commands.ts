import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { client } from '../api.ts';
import { SCREENS } from '../frame/nav.tsx';
import { revealToken } from '../frame/reveal-token.ts';
import { useWindowState } from '../frame/window-state.tsx';
import { useChooseLog } from '../screens/azure-logs/drop.tsx';
import { openCompanion } from '../screens/companion/open-companion.ts';
import { SECTIONS } from '../screens/settings/settings.tsx';
import { useAnnounce } from '../ui/announcer.tsx';
import { problemOf } from '../ui/problem-of.ts';
import { useCopy } from '../ui/use-copy.ts';
import { useLive } from '../ui/use-live.ts';
import { type Command, useCommands } from './commands.ts';

/** Offers what can be done from every screen. */
export function useFrameCommands(): void {
  const [, go] = useLocation();
  const { status } = useLive();
  const { paused, setPaused } = useWindowState();
  const announce = useAnnounce();
  const copyUrl = useCopy('Tenant URL', status?.tenantUrl ?? '').copy;
  const copyToken = useCopy('Secret Token', revealToken).copy;
  const chooseLog = useChooseLog();
  const kind = status?.tunnel.kind ?? 'none';
  const stands = status === null || status.tunnel.state === 'off' || status.tunnel.state === 'down';

  const commands = useMemo(() => {
    const ask = (act: () => Promise<unknown>, done: string) => () => {
      act().then(
        () => announce(done),
        (error: Error) => announce(problemOf(error)),
      );
    };
    const tunnel: Command[] =
      kind === 'none'
        ? []
        : stands
          ? [
              {
                id: 'tunnel-start',
                title: 'Start the tunnel',
                group: 'Connection',
                run: ask(() => client.tunnel.start.mutate(), 'The tunnel is starting'),
              },
            ]
          : [
              {
                id: 'tunnel-test',
                title: 'Test the public address',
                group: 'Connection',
                run: ask(() => client.tunnel.check.mutate(), 'The public address was tried'),
              },
              {
                id: 'tunnel-stop',
                title: 'Stop the tunnel',
                group: 'Connection',
                run: ask(() => client.tunnel.stop.mutate(), 'The tunnel is stopped'),
              },
            ];
    return [
      ...SCREENS.map(({ to, name }) => ({ id: to, title: name, group: 'Go to', run: () => go(to) })),
      { id: '/data-and-access', title: 'Data and access', group: 'Go to', run: () => go('/data-and-access') },
      { id: 'copy-url', title: 'Copy Tenant URL', group: 'Copy', run: () => void copyUrl() },
      { id: 'copy-token', title: 'Copy Secret Token', group: 'Copy', run: () => void copyToken() },
      {
        id: 'pause',
        title: paused ? 'Resume the Live feed' : 'Pause the Live feed',
        group: 'Live feed',
        keys: 'Space',
        run: () => setPaused(!paused),
      },
      { id: 'azure-import', title: 'Import Azure’s logs…', group: 'Azure logs', run: chooseLog },
      { id: 'companion', title: 'Open the companion', group: 'Window', run: () => openCompanion('today') },
      ...tunnel,
      ...SECTIONS.map(({ path, name }) => ({
        id: `settings-${path}`,
        title: name,
        group: 'Settings',
        run: () => go(`/settings/${path}`),
      })),
    ] satisfies Command[];
  }, [go, kind, stands, paused, setPaused, announce, copyUrl, copyToken, chooseLog]);
  useCommands(commands);
}
