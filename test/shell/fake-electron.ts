import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { vi } from 'vitest';

/**
 * A fake of the part of Electron that the shell uses. Every function has the real type, so a change in Electron's API fails
 * the type check here as it would in the shell. Handlers are kept for tests to call as Electron would.
 */

export class FakeWebContents extends EventEmitter {
  windowOpenHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null;
  setWindowOpenHandler = vi.fn<Electron.WebContents['setWindowOpenHandler']>((handler) => {
    this.windowOpenHandler = handler;
  });
  reload = vi.fn<Electron.WebContents['reload']>();
}

export class FakeBrowserWindow extends EventEmitter {
  static all: FakeBrowserWindow[] = [];
  static getAllWindows = () => FakeBrowserWindow.all;
  webContents = new FakeWebContents();
  options: Electron.BrowserWindowConstructorOptions;
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    FakeBrowserWindow.all.push(this);
    fake.app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL = vi.fn<Electron.BrowserWindow['loadURL']>(async () => {});
  show = vi.fn<Electron.BrowserWindow['show']>();
  focus = vi.fn<Electron.BrowserWindow['focus']>();
  restore = vi.fn<Electron.BrowserWindow['restore']>();
  maximize = vi.fn<Electron.BrowserWindow['maximize']>();
  isMinimized = vi.fn<Electron.BrowserWindow['isMinimized']>(() => false);
  isAlwaysOnTop = vi.fn<Electron.BrowserWindow['isAlwaysOnTop']>(() => this.options.alwaysOnTop === true);
  isMaximized = vi.fn<Electron.BrowserWindow['isMaximized']>(() => false);
  getNormalBounds = vi.fn<Electron.BrowserWindow['getNormalBounds']>(() => ({
    x: 10,
    y: 20,
    width: 1000,
    height: 700,
  }));
  close = vi.fn<Electron.BrowserWindow['close']>(() => {
    this.emit('close', {});
    FakeBrowserWindow.all = FakeBrowserWindow.all.filter((window) => window !== this);
    if (FakeBrowserWindow.all.length === 0) fake.app.emit('window-all-closed');
  });
}

class FakeApp extends EventEmitter {
  isPackaged = false;
  paths = new Map<string, string>();
  /** Resolves `whenReady`. */
  becomeReady: () => void = () => {};
  #ready = new Promise<void>((resolve) => {
    this.becomeReady = resolve;
  });
  whenReady = vi.fn<Electron.App['whenReady']>(() => this.#ready);
  enableSandbox = vi.fn<Electron.App['enableSandbox']>();
  setName = vi.fn<Electron.App['setName']>();
  setPath = vi.fn<Electron.App['setPath']>((name, path) => {
    this.paths.set(name, path);
  });
  getPath = vi.fn<Electron.App['getPath']>((name) => this.paths.get(name) ?? '/nowhere');
  requestSingleInstanceLock = vi.fn<Electron.App['requestSingleInstanceLock']>(() => true);
  exit = vi.fn<Electron.App['exit']>();
  quit = vi.fn<Electron.App['quit']>(() => {
    let stays = false;
    this.emit('before-quit', { preventDefault: () => (stays = true) });
    if (!stays) this.emit('will-quit', { preventDefault: vi.fn() });
  });
}

export class FakeTray extends EventEmitter {
  static all: FakeTray[] = [];
  menu: Electron.MenuItemConstructorOptions[] = [];
  constructor() {
    super();
    FakeTray.all.push(this);
  }
  setToolTip = vi.fn<Electron.Tray['setToolTip']>();
  setContextMenu = vi.fn((menu: Electron.MenuItemConstructorOptions[]) => {
    this.menu = menu;
  });
}

type ProtocolHandler = Parameters<Electron.Protocol['handle']>[1];

const defaultSession = {
  setPermissionRequestHandler: vi.fn<Electron.Session['setPermissionRequestHandler']>(),
  setPermissionCheckHandler: vi.fn<Electron.Session['setPermissionCheckHandler']>(),
  setDevicePermissionHandler: vi.fn<Electron.Session['setDevicePermissionHandler']>(),
};

function createFake() {
  const handlers = new Map<string, ProtocolHandler>();
  return {
    app: new FakeApp(),
    BrowserWindow: FakeBrowserWindow,
    dialog: {
      showErrorBox: vi.fn<Electron.Dialog['showErrorBox']>(),
      showMessageBox: vi.fn(async () => ({ response: 0, checkboxChecked: false })),
    },
    Menu: {
      buildFromTemplate: vi.fn((template: Electron.MenuItemConstructorOptions[]) => template),
      setApplicationMenu: vi.fn(),
    },
    Tray: FakeTray,
    clipboard: { writeText: vi.fn<Electron.Clipboard['writeText']>() },
    nativeImage: {
      createFromBuffer: vi.fn((buffer: Buffer, options: Electron.CreateFromBufferOptions) => ({
        buffer,
        options,
        setTemplateImage: vi.fn<Electron.NativeImage['setTemplateImage']>(),
      })),
    },
    nativeTheme: { shouldUseDarkColors: false, themeSource: 'system' } as Pick<
      Electron.NativeTheme,
      'shouldUseDarkColors' | 'themeSource'
    >,
    powerSaveBlocker: {
      start: vi.fn<Electron.PowerSaveBlocker['start']>(() => 7),
      stop: vi.fn<Electron.PowerSaveBlocker['stop']>(() => true),
    },
    powerMonitor: new EventEmitter(),
    protocol: {
      handlers,
      registerSchemesAsPrivileged: vi.fn<Electron.Protocol['registerSchemesAsPrivileged']>(),
      handle: vi.fn<Electron.Protocol['handle']>((scheme, handler) => {
        handlers.set(scheme, handler);
      }),
    },
    safeStorage: {
      isAsyncEncryptionAvailable: vi.fn<Electron.SafeStorage['isAsyncEncryptionAvailable']>(async () => true),
      getSelectedStorageBackend: vi.fn<Electron.SafeStorage['getSelectedStorageBackend']>(() => 'gnome_libsecret'),
      encryptStringAsync: vi.fn<Electron.SafeStorage['encryptStringAsync']>(async (plain) =>
        Buffer.from(`sealed:${plain}`),
      ),
      decryptStringAsync: vi.fn<Electron.SafeStorage['decryptStringAsync']>(async (sealed) => {
        const text = sealed.toString();
        if (!text.startsWith('sealed:')) throw new Error('Error while decrypting the ciphertext');
        return { result: text.slice('sealed:'.length), shouldReEncrypt: false };
      }),
    },
    screen: {
      getAllDisplays: vi.fn(() => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }]),
    },
    session: { defaultSession },
    utilityProcess: { fork: vi.fn<typeof Electron.utilityProcess.fork>() },
    shell: { openExternal: vi.fn<Electron.Shell['openExternal']>(async () => {}) },
  };
}

export let fake = createFake();

/** A fresh Electron, for `beforeEach`; modules that hold the old one must be loaded anew. */
export function resetFake(): typeof fake {
  FakeBrowserWindow.all = [];
  FakeTray.all = [];
  fake = createFake();
  return fake;
}

/** A request as Electron hands it to a protocol handler: with no signal of its own that ever fires. */
export async function askOverProtocol(
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: string; initiatorOrigin?: string } = {},
): Promise<Response> {
  const { initiatorOrigin, ...rest } = init;
  const handler = fake.protocol.handlers.get(new URL(url).protocol.replace(':', ''));
  if (handler === undefined) throw new Error(`Nobody handles ${url}`);
  const request = new Request(url, rest);
  if (initiatorOrigin !== undefined) Object.assign(request, { initiatorOrigin });
  return handler(request);
}
