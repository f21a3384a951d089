import { existsSync, writeFileSync } from 'node:fs';
import { app, clipboard, dialog, Menu, nativeImage, powerMonitor, powerSaveBlocker, Tray } from 'electron';
import type { Log } from '../contract/index.ts';
import { closedToTray, type Known, mustStayAwake, questionBeforeQuit, trayTemplate, trayTooltip } from './staying.ts';
import { trayIcon, trayIconScale } from './tray-icon.ts';

export interface StayOptions {
  /** What is known of the pilot at this moment. */
  status(): Known;
  /** Called after each change of the tunnel or of the pilot that is open. */
  onChange(listener: () => void): void;
  /** Brings the window to the front, or opens it. */
  show(): void;
  /** Exists once the admin was told that the pilot goes on without a window. */
  toldFile: string;
  log: Log;
}

/** How often it is looked whether Azure still comes. */
const lookMs = 60_000;

/**
 * A pilot must not stop by accident: without a window it goes on in the tray, the machine stays awake while Azure's job runs,
 * and quitting asks first. What comes from the system or a terminal (`leave`) is not asked about.
 */
export function stayOpen({ status, onChange, show, toldFile, log }: StayOptions): { leave(): void } {
  const icon = nativeImage.createFromBuffer(trayIcon, { scaleFactor: trayIconScale });
  icon.setTemplateImage(process.platform === 'darwin');
  const tray = new Tray(icon);
  let awake: number | null = null;
  let leaving = false;
  let asking = false;
  let told = existsSync(toldFile);

  function leave(): void {
    leaving = true;
    app.quit();
  }

  function look(): void {
    const known = status();
    tray.setToolTip(trayTooltip(known));
    tray.setContextMenu(
      Menu.buildFromTemplate(
        trayTemplate(known, { open: show, copy: (text) => clipboard.writeText(text), quit: () => app.quit() }),
      ),
    );
    const wanted = mustStayAwake(known, Date.now());
    if (wanted && awake === null) awake = powerSaveBlocker.start('prevent-app-suspension');
    if (!wanted && awake !== null) {
      powerSaveBlocker.stop(awake);
      awake = null;
    }
  }

  async function ask(question: Electron.MessageBoxOptions): Promise<void> {
    if (asking) return;
    asking = true;
    const { response } = await dialog.showMessageBox(question);
    asking = false;
    if (response === 1) leave();
  }

  function closed(): void {
    // A Mac keeps apps without windows anyway, and shows that it does.
    if (told || process.platform === 'darwin' || leaving) return;
    told = true;
    try {
      writeFileSync(toldFile, '', { mode: 0o600 });
    } catch (error) {
      log.warn('That the pilot goes on without its window will be told again', { error });
    }
    void ask(closedToTray);
  }

  tray.on('click', show);
  app.on('window-all-closed', closed);
  app.on('before-quit', (event) => {
    if (leaving) return;
    const question = questionBeforeQuit(status(), Date.now());
    if (question === null) {
      leaving = true;
      return;
    }
    event.preventDefault();
    void ask(question);
  });
  powerMonitor.on('shutdown', () => {
    leaving = true;
  });
  onChange(look);
  setInterval(look, lookMs).unref();
  look();
  return { leave };
}
