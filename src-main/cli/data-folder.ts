import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** The platform's application-data folder for SCIM Pilot, absolute. */
export function defaultDataFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string = homedir(),
): string {
  if (platform === 'win32') {
    return win32.join(environment.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'SCIM Pilot');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'SCIM Pilot');
  // The XDG base directory specification: a relative path there is to be ignored.
  const base = environment.XDG_DATA_HOME;
  return posix.join(base?.startsWith('/') ? base : posix.join(home, '.local', 'share'), 'scim-pilot');
}
