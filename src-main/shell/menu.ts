import type { MenuItemConstructorOptions } from 'electron';

/** The application menu: the platform's usual roles; developer tools only in a development build. */
export function menuTemplate(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  openOutside: (url: string) => void,
): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    ...(isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  const open = (label: string, url: string): MenuItemConstructorOptions => ({ label, click: () => openOutside(url) });
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : [{ role: 'fileMenu' } as const]),
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        open(
          'How Entra provisioning works',
          'https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works',
        ),
        open('Microsoft Entra admin center', 'https://entra.microsoft.com/'),
      ],
    },
  ];
}
