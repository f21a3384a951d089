/**
 * The desktop host: Electron's app around a pilot. The only room that imports electron; the door of the room.
 */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, Menu, nativeTheme, powerMonitor } from 'electron';
import { createWindowHandler, readAssets } from '../api/index.ts';
import { readSettings, type StartSettings } from '../cli/flags.ts';
import { alreadyOpenLine, startingLine, stoppingLine } from '../cli/host-messages.ts';
import { plainLog } from '../cli/log.ts';
import { aborted, outliveReaders, stopOnSignals } from '../cli/signals.ts';
import { createTunnelTeller } from '../cli/tunnel-lines.ts';
import { failureWords, readyAway, readyLine, readyTunnel } from '../cli/words.ts';
import { type Host, openHost } from '../host/index.ts';
import type { Pilot, PilotOptions } from '../pilot.ts';
import { createKeyFileSecrets, ensurePrivateFolder } from '../storage/index.ts';
import { registerAppScheme, serveAppScheme } from './app-protocol.ts';
import { appUrl } from './guards.ts';
import { menuTemplate } from './menu.ts';
import { guardPages, guardSession, openOutside } from './page-guards.ts';
import { createSafeStorageSecrets } from './secret-store.ts';
import { stayOpen } from './stay.ts';
import { openWindow } from './window.ts';
import { createUtilityWorkers } from './workers.ts';

export { flagsOf } from './guards.ts';

/** Names the window and, in the system's keyring, the key of our secrets. */
const appName = 'SCIM Pilot';

const noKeyring =
  'This desktop has no keyring that keeps secrets, so they are sealed with a key file in the data folder, and whoever reads that folder can open them. Install gnome-keyring or kwallet, then rotate the Secret Token.';

export interface DesktopOptions {
  /** The flags of `npm start`. */
  args: readonly string[];
  /** Folder of the built window. */
  rendererDir: string;
  createPilot(options: PilotOptions): Promise<Pilot>;
}

/**
 * Runs the app until it quits. Must be called before Electron is ready, and not be awaited by the entry file: Electron gets
 * ready only after that is loaded. A start that fails is told in a box, and the exit code is 1.
 */
export async function startDesktop({ args, rendererDir, createPilot }: DesktopOptions): Promise<void> {
  outliveReaders();
  try {
    const settings = readSettings(args);
    app.setName(appName);
    app.enableSandbox();
    registerAppScheme();
    guardPages();
    if (!isOnlyInstance(settings)) return;
    await app.whenReady();
    tellAlive();
    await run(settings, rendererDir, createPilot);
  } catch (error) {
    tellAlive();
    const words = failureWords(error);
    process.stderr.write(`${words}\n`);
    dialog.showErrorBox("SCIM Pilot can't start", words);
    app.exit(1);
  }
}

/** Tells `npm start` that Electron itself works here: from now on nobody has to fall back to a browser. */
function tellAlive(): void {
  process.stdout.write(`${startingLine}\n`);
}

/** One app for each data folder: another start with the same one brings this window to the front and ends. Throws `StartError`. */
function isOnlyInstance({ dataDir }: StartSettings): boolean {
  const profile = join(dataDir, 'desktop');
  ensurePrivateFolder(profile);
  app.setPath('userData', profile);
  if (app.requestSingleInstanceLock()) return true;
  process.stdout.write(`${alreadyOpenLine}\n`);
  app.exit(0);
  return false;
}

async function run(settings: StartSettings, rendererDir: string, createPilot: DesktopOptions['createPilot']) {
  // After Electron has set its own handlers, which would end the process at a second signal.
  const stop = stopOnSignals();
  const log = plainLog(process.stderr);
  const assets = readAssets(rendererDir);
  const keyring = await createSafeStorageSecrets(process.platform);
  const secrets = keyring ?? createKeyFileSecrets(settings.dataDir);
  const host = await openHost({
    createPilot,
    windowPort: null,
    dataDir: settings.dataDir,
    port: settings.port,
    tunnel: settings.tunnel,
    token: settings.token,
    workers: createUtilityWorkers(),
    secrets,
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    log,
  });
  quitCleanly(host);
  if (keyring === null) log.warn(noKeyring);
  serveAppScheme(createWindowHandler({ assets, host, log }));
  guardSession();
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged, openOutside)));

  const stateFile = join(app.getPath('userData'), 'window.json');
  const show = () => openWindow({ stateFile, isPackaged: app.isPackaged, title: appName, log });
  show();
  app.on('second-instance', () => focusWindow(show));
  app.on('activate', () => focusWindow(show));
  const staying = stayOpen({
    status: () => host.openPilot?.api.status() ?? null,
    onChange: (listener) => host.onTunnel(listener),
    show: () => focusWindow(show),
    toldFile: join(app.getPath('userData'), 'told-of-tray'),
    log,
  });
  void aborted(stop).then(staying.leave);
  const wear = () => {
    nativeTheme.themeSource = host.openPilot?.api.status().appearance.theme ?? 'system';
  };
  wear();
  host.onAppearance(wear);
  const pilot = await host.pilotNow();
  process.stdout.write(
    `${readyLine({
      pid: process.pid,
      scim: pilot.scim.url,
      tenantUrl: pilot.tenantUrl,
      token: await pilot.api.token.reveal(),
      window: appUrl,
      ...readyTunnel(pilot.tunnel.status()),
      ...readyAway(pilot.api.status()),
      dataDir: settings.dataDir,
      movedFrom: pilot.scim.movedFrom,
    })}\n`,
  );
  const tell = createTunnelTeller((line) => process.stdout.write(`${JSON.stringify(line)}\n`));
  tell(pilot.tunnel.status());
  host.onTunnel(tell);
  powerMonitor.on('resume', () => host.openPilot?.tunnel.wake());
}

/** Brings the window itself to the front, not the companion, or opens it. */
function focusWindow(show: () => BrowserWindow): void {
  const window = BrowserWindow.getAllWindows().find((one) => !one.isAlwaysOnTop()) ?? show();
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** However the app is asked to quit, it ends only when running requests are finished and the database is closed. */
function quitCleanly(host: Host): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    process.stdout.write(`${stoppingLine(host.openPilot?.api.status().azureAt ?? null)}\n`);
    host.close().then(
      () => app.exit(0),
      (error: unknown) => {
        process.stderr.write(`SCIM Pilot did not stop cleanly: ${error instanceof Error ? error.message : error}\n`);
        app.exit(1);
      },
    );
  });
}
