import {
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  dialog,
  nativeTheme,
  screen,
  type WebPreferences,
} from 'electron';
import type { Log } from '../contract/index.ts';
import { afterRenderProcessGone, appUrl } from './guards.ts';
import { placeWindow, readWindowState, writeWindowState } from './window-state.ts';

export interface WindowOptions {
  /** Where the window's place is remembered. */
  stateFile: string;
  isPackaged: boolean;
  title: string;
  log: Log;
}

/** Opens the window on `app://` where it was last, and brings its page back should its process die. */
export function openWindow({ stateFile, isPackaged, title, log }: WindowOptions): BrowserWindow {
  const { maximized, ...place } = placeWindow(
    readWindowState(stateFile),
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...place,
    title,
    show: false,
    // Seen only until the first paint.
    backgroundColor: paper(),
    webPreferences: pagePreferences(isPackaged),
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    try {
      writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
    } catch (error) {
      log.warn("The window's place could not be remembered", { error });
    }
  });
  reviveOnCrash(window);
  void window.loadURL(appUrl);
  return window;
}

/** The companion: small, above other programs' windows, so that it stays in sight beside the portal. */
export function companionOptions(isPackaged: boolean): BrowserWindowConstructorOptions {
  return {
    width: 400,
    height: 640,
    minWidth: 340,
    minHeight: 440,
    useContentSize: true,
    alwaysOnTop: true,
    maximizable: false,
    fullscreenable: false,
    autoHideMenuBar: true,
    backgroundColor: paper(),
    webPreferences: pagePreferences(isPackaged),
  };
}

function paper(): string {
  return nativeTheme.shouldUseDarkColors ? '#1f1f1f' : '#fafafa';
}

/** Every page's cage. */
function pagePreferences(isPackaged: boolean): WebPreferences {
  return {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    devTools: !isPackaged,
    // Its dictionaries would be fetched from the internet.
    spellcheck: false,
  };
}

function reviveOnCrash(window: BrowserWindow): void {
  let last = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    const now = performance.now();
    const todo = afterRenderProcessGone(reason, now - last);
    last = now;
    if (todo === 'reload') window.webContents.reload();
    if (todo === 'ask') void askToReload(window);
  });
}

async function askToReload(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window stopped working twice in a row.',
    detail: 'The endpoint still answers Azure. Show the window again, or close it: the pilot goes on in the tray.',
    buttons: ['Show again', 'Close'],
    cancelId: 0,
  });
  if (response === 0) window.webContents.reload();
  else window.close();
}
