import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StartError } from '../../src-main/contract/catalogue/errors.ts';
import type { PilotStatus, TunnelStatus } from '../../src-main/contract/index.ts';
import type { Pilot, PilotOptions } from '../../src-main/pilot.ts';
import { createFakePilotApi, type FakePilotApi, fakeToken, fakeTunnel } from '../support/fake-pilot-api.ts';
import { fakeAssets } from '../support/fake-window.ts';
import { askOverProtocol, FakeBrowserWindow, FakeTray, type fake as live, resetFake } from './fake-electron.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).fake);

let fake: typeof live;
let folder: string;
let api: FakePilotApi;
let printed: string[];
let complained: string[];
let close: () => Promise<void>;
let tunnel: TunnelStatus;
let tunnelChanged: (status: TunnelStatus) => void;
const wake = vi.fn();
const createPilot = vi.fn<(options: PilotOptions) => Promise<Pilot>>();

/** Loads the shell anew, so that it holds this test's Electron. */
async function start(...args: string[]): Promise<void> {
  vi.resetModules();
  vi.doMock('electron', () => fake);
  const { startDesktop } = await import('../../src-main/shell/index.ts');
  fake.app.becomeReady();
  await startDesktop({
    args: ['--data', join(folder, 'data'), ...args],
    rendererDir: join(folder, 'renderer'),
    createPilot,
  });
}

beforeEach(() => {
  fake = resetFake();
  folder = mkdtempSync(join(tmpdir(), 'scim-pilot-shell-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  for (const [path, { body }] of fakeAssets) writeFileSync(join(folder, 'renderer', path), body);
  printed = [];
  complained = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => complained.push(String(text)) > 0);
  api = createFakePilotApi();
  close = async () => {};
  tunnel = fakeTunnel({});
  wake.mockReset();
  createPilot.mockReset().mockImplementation(async () => ({
    scim: { url: 'http://127.0.0.1:8620/scim/v2', port: 8620, movedFrom: null },
    tenantUrl: 'http://127.0.0.1:8620/scim/v2',
    tunnel: {
      status: () => tunnel,
      onChange(listener) {
        tunnelChanged = listener;
        return () => {};
      },
      wake,
    },
    api,
    statusChanged() {},
    copyTo: async () => {},
    inspect: () => Promise.reject(new Error('A fake pilot reads no files')),
    knownIn: async () => 0,
    close: () => close(),
  }));
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.removeAllListeners(name);
  rmSync(folder, { recursive: true, force: true });
});

function onlyWindow(): FakeBrowserWindow {
  const [window, ...others] = FakeBrowserWindow.all;
  if (window === undefined || others.length > 0) throw new Error('There is not exactly one window');
  return window;
}

describe('the window', () => {
  test('opens on app:// in a sandbox, isolated, without node', async () => {
    await start();
    expect(fake.app.enableSandbox).toHaveBeenCalledBefore(fake.app.whenReady);
    expect(fake.protocol.registerSchemesAsPrivileged).toHaveBeenCalledBefore(fake.app.whenReady);
    expect(fake.protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    ]);
    const window = onlyWindow();
    expect(window.loadURL).toHaveBeenCalledWith('app://pilot/');
    expect(window.options.webPreferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: true,
      spellcheck: false,
    });
  });

  test('has no developer tools when packaged', async () => {
    fake.app.isPackaged = true;
    await start();
    expect(onlyWindow().options.webPreferences?.devTools).toBe(false);
  });

  test('is shown when painted, and its place is remembered', async () => {
    await start();
    const window = onlyWindow();
    expect(window.show).not.toHaveBeenCalled();
    window.emit('ready-to-show');
    expect(window.show).toHaveBeenCalled();
    window.close();
    expect(JSON.parse(readFileSync(join(folder, 'data', 'desktop', 'window.json'), 'utf8'))).toEqual({
      bounds: { x: 10, y: 20, width: 1000, height: 700 },
      maximized: false,
    });
  });

  test('a page whose process dies comes back; one that dies again asks', async () => {
    await start();
    const { webContents } = onlyWindow();
    webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    expect(webContents.reload).toHaveBeenCalledTimes(1);
    expect(fake.dialog.showMessageBox).not.toHaveBeenCalled();
    webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    expect(fake.dialog.showMessageBox).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(webContents.reload).toHaveBeenCalledTimes(2));
  });
});

describe('guards', () => {
  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    '%s away from the window is prevented',
    async (name) => {
      await start();
      const event = (url: string) => ({ url, preventDefault: vi.fn() });
      const away = event('https://entra.microsoft.com/');
      const within = event('app://pilot/#/feed');
      for (const details of [away, within]) onlyWindow().webContents.emit(name, details);
      expect(away.preventDefault).toHaveBeenCalled();
      expect(within.preventDefault).not.toHaveBeenCalled();
    },
  );

  test('a webview is never attached', async () => {
    await start();
    const event = { preventDefault: vi.fn() };
    onlyWindow().webContents.emit('will-attach-webview', event, {}, {});
    expect(event.preventDefault).toHaveBeenCalled();
  });

  test('no window but the companion is opened; known links go to the browser, others nowhere', async () => {
    await start();
    const handler = onlyWindow().webContents.windowOpenHandler;
    const open = (url: string) =>
      handler?.({
        url,
        frameName: '',
        features: '',
        disposition: 'foreground-tab',
        referrer: { url: '', policy: 'default' },
      });
    expect(open('https://learn.microsoft.com/entra')).toEqual({ action: 'deny' });
    expect(open('https://attacker.example/')).toEqual({ action: 'deny' });
    expect(open('app://pilot/#/feed')).toEqual({ action: 'deny' });
    expect(fake.shell.openExternal.mock.calls).toEqual([['https://learn.microsoft.com/entra']]);
    expect(open('app://pilot/#/companion')).toMatchObject({
      action: 'allow',
      overrideBrowserWindowOptions: {
        width: 400,
        height: 640,
        alwaysOnTop: true,
        webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
      },
    });
  });

  test('permissions and devices are refused, writing to the clipboard apart', async () => {
    await start();
    const { defaultSession } = fake.session;
    const check = defaultSession.setPermissionCheckHandler.mock.lastCall?.[0];
    const details = { isMainFrame: true };
    expect(check?.(null, 'clipboard-sanitized-write', 'app://pilot', details)).toBe(true);
    expect(check?.(null, 'geolocation', 'app://pilot', details)).toBe(false);
    expect(check?.(null, 'clipboard-sanitized-write', 'https://attacker.example', details)).toBe(false);
    const device = defaultSession.setDevicePermissionHandler.mock.lastCall?.[0];
    expect(
      device?.({
        deviceType: 'usb',
        origin: 'app://pilot',
        device: { deviceId: '1', vendorId: 1, productId: 1 },
      } as never),
    ).toBe(false);
    const request = defaultSession.setPermissionRequestHandler.mock.lastCall?.[0];
    const answers: boolean[] = [];
    for (const permission of ['clipboard-sanitized-write', 'media'] as const) {
      request?.(onlyWindow().webContents as never, permission, (granted) => answers.push(granted), {
        isMainFrame: true,
        requestingUrl: 'app://pilot/',
      });
    }
    expect(answers).toEqual([true, false]);
  });

  test('app:// answers the window and nobody else', async () => {
    await start();
    expect((await askOverProtocol('app://pilot/api/status')).status).toBe(200);
    expect((await askOverProtocol('app://pilot/api/status', { initiatorOrigin: 'app://pilot' })).status).toBe(200);
    expect(
      (await askOverProtocol('app://pilot/api/status', { initiatorOrigin: 'https://attacker.example' })).status,
    ).toBe(403);
    expect((await askOverProtocol('app://other/api/status')).status).toBe(403);
  });
});

describe('one app for each data folder', () => {
  test('the profile, and with it the lock, lies in the data folder', async () => {
    await start();
    expect(fake.app.setPath).toHaveBeenCalledWith('userData', join(folder, 'data', 'desktop'));
    expect(fake.app.setPath).toHaveBeenCalledBefore(fake.app.requestSingleInstanceLock);
  });

  test('a second one says so and ends, without a pilot', async () => {
    fake.app.requestSingleInstanceLock.mockReturnValue(false);
    await start();
    expect(printed.join('')).toContain('"alreadyOpen":true');
    expect(fake.app.exit).toHaveBeenCalledWith(0);
    expect(createPilot).not.toHaveBeenCalled();
  });

  test('the first one comes to the front', async () => {
    await start();
    const window = onlyWindow();
    window.isMinimized.mockReturnValue(true);
    fake.app.emit('second-instance', {}, [], '/', {});
    expect(window.restore).toHaveBeenCalled();
    expect(window.focus).toHaveBeenCalled();
  });
});

describe('start and stop', () => {
  test('hands the flags to the pilot and prints the ready line', async () => {
    tunnel = fakeTunnel({ kind: 'own', publicOrigin: 'https://own.example' });
    await start('--port', '9000', '--tunnel', 'https://own.example');
    expect(createPilot).toHaveBeenCalledWith(
      expect.objectContaining({
        dataDir: join(folder, 'data'),
        port: { number: 9000, explicit: true },
        tunnel: {
          choice: { kind: 'own', publicOrigin: 'https://own.example' },
          ngrok: { authtoken: null, server: null, ca: null },
        },
        token: null,
      }),
    );
    expect(JSON.parse(printed.find((line) => line.includes('"ready"')) ?? '')).toEqual({
      ready: true,
      pid: process.pid,
      scim: 'http://127.0.0.1:8620/scim/v2',
      token: fakeToken,
      window: 'app://pilot/',
      public: 'https://own.example',
    });
  });

  test('prints how the tunnel is, each change once, and hands on that the machine woke up', async () => {
    await start('--tunnel', 'ngrok');
    printed.length = 0;
    tunnelChanged(fakeTunnel({ kind: 'ngrok', state: 'starting' }));
    tunnelChanged(fakeTunnel({ kind: 'ngrok', state: 'starting' }));
    tunnelChanged(fakeTunnel({ kind: 'ngrok', state: 'up', publicOrigin: 'https://pilot.ngrok.app' }));
    expect(printed.map((line) => JSON.parse(line))).toEqual([
      { tunnel: 'starting', public: null },
      { tunnel: 'up', public: 'https://pilot.ngrok.app' },
    ]);
    fake.powerMonitor.emit('resume');
    expect(wake).toHaveBeenCalledOnce();
  });

  test('a start that fails is told in a box, with its cure, and ends with 1', async () => {
    createPilot.mockRejectedValue(new StartError('port-taken', 'Port 9000 is taken.', 'Give another.'));
    await start('--port', '9000');
    expect(fake.dialog.showErrorBox).toHaveBeenCalledWith(
      "SCIM Pilot can't start",
      'Port 9000 is taken. Give another.',
    );
    expect(complained.join('')).toBe('Port 9000 is taken. Give another.\n');
    expect(fake.app.exit).toHaveBeenCalledWith(1);
    expect(FakeBrowserWindow.all).toEqual([]);
  });

  test('quitting waits until the pilot is closed; asking again changes nothing', async () => {
    let finish: () => void = () => {};
    const closing = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    close = closing;
    await start();
    const event = { preventDefault: vi.fn() };
    fake.app.emit('will-quit', event);
    fake.app.emit('will-quit', event);
    expect(event.preventDefault).toHaveBeenCalledTimes(2);
    await vi.waitFor(() => expect(closing).toHaveBeenCalled());
    expect(closing).toHaveBeenCalledTimes(1);
    expect(fake.app.exit).not.toHaveBeenCalled();
    finish();
    await vi.waitFor(() => expect(fake.app.exit).toHaveBeenCalledWith(0));
  });

  test('a close that fails is told and ends with 1', async () => {
    close = async () => {
      throw new Error('disk full');
    };
    await start();
    fake.app.quit();
    await vi.waitFor(() => expect(fake.app.exit).toHaveBeenCalledWith(1));
    expect(complained.join('')).toContain('disk full');
  });

  test('SIGTERM quits', async () => {
    await start();
    process.emit('SIGTERM');
    await vi.waitFor(() => expect(fake.app.quit).toHaveBeenCalledTimes(1));
    process.emit('SIGTERM');
    expect(fake.app.quit).toHaveBeenCalledTimes(1);
  });
});

describe('not by accident', () => {
  const running = (part: Partial<PilotStatus> = {}) => {
    const status = api.status();
    api.status = () => ({
      ...status,
      azureAt: Date.now() - 60_000,
      tunnel: fakeTunnel({ kind: 'ngrok', state: 'up' }),
      ...part,
    });
  };
  const tray = () => {
    const [only] = FakeTray.all;
    if (only === undefined) throw new Error('There is no tray');
    return only;
  };
  const press = (label: string) => {
    const item = tray().menu.find((one) => one.label === label);
    if (item === undefined) throw new Error(`The tray has no ${label}`);
    item.click?.({} as never, undefined, {} as never);
  };

  test.skipIf(process.platform === 'darwin')(
    'closing the window keeps the pilot in the tray, which is told once; the tray brings it back',
    async () => {
      await start();
      onlyWindow().close();
      expect(fake.app.quit).not.toHaveBeenCalled();
      expect(fake.dialog.showMessageBox).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({ message: 'SCIM Pilot goes on without its window.' }),
      );
      press('Open SCIM Pilot');
      onlyWindow().close();
      tray().emit('click');
      expect(onlyWindow().loadURL).toHaveBeenCalledWith('app://pilot/');
      expect(fake.dialog.showMessageBox).toHaveBeenCalledTimes(1);
      expect(existsSync(join(folder, 'data', 'desktop', 'told-of-tray'))).toBe(true);
    },
  );

  test('the tray tells of the tunnel, after each change of it, and copies the Tenant URL', async () => {
    running();
    await start();
    expect(tray().menu.map(({ label }) => label)).toContain('Tunnel: up');
    running({ tunnel: fakeTunnel({ kind: 'ngrok', state: 'down' }) });
    tunnelChanged(fakeTunnel({ kind: 'ngrok', state: 'down' }));
    expect(tray().menu.map(({ label }) => label)).toContain('Tunnel: down');
    expect(tray().setToolTip).toHaveBeenLastCalledWith('SCIM Pilot: Fake\nTunnel: down');
    press('Copy Tenant URL');
    expect(fake.clipboard.writeText).toHaveBeenCalledWith('http://127.0.0.1:8620/scim/v2');
  });

  test('the machine stays awake while a job of Azure is believed to run, and no longer', async () => {
    running();
    await start();
    expect(fake.powerSaveBlocker.start).toHaveBeenCalledExactlyOnceWith('prevent-app-suspension');
    running({ azureAt: Date.now() - 3 * 3_600_000 });
    tunnelChanged(fakeTunnel({ kind: 'ngrok', state: 'up' }));
    expect(fake.powerSaveBlocker.stop).toHaveBeenCalledExactlyOnceWith(7);
  });

  test('quitting asks first while the job runs: kept running, or quit', async () => {
    running();
    const closing = vi.fn(async () => {});
    close = closing;
    await start();
    press('Quit');
    expect(fake.dialog.showMessageBox).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ detail: expect.stringMatching(/40 minutes.*quarantines.*Stop provisioning/) }),
    );
    await Promise.resolve();
    expect(closing).not.toHaveBeenCalled();
    fake.dialog.showMessageBox.mockResolvedValue({ response: 1, checkboxChecked: false });
    press('Quit');
    await vi.waitFor(() => expect(fake.app.exit).toHaveBeenCalledWith(0));
    expect(closing).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['Azure never called', () => running({ azureAt: null }), () => fake.app.quit()],
    ['a signal comes', () => running(), () => process.emit('SIGTERM')],
    [
      'the machine shuts down',
      () => running(),
      () => {
        fake.powerMonitor.emit('shutdown');
        fake.app.quit();
      },
    ],
  ])('nothing is asked where %s', async (_when, given, leave) => {
    given();
    await start();
    leave();
    await vi.waitFor(() => expect(fake.app.exit).toHaveBeenCalledWith(0));
    expect(fake.dialog.showMessageBox).not.toHaveBeenCalled();
  });

  test('menus and title bar wear what the window wears', async () => {
    await start();
    expect(fake.nativeTheme.themeSource).toBe('system');
    const { appearance } = api.status();
    running({ appearance: { ...appearance, theme: 'dark' } });
    const answer = await askOverProtocol('app://pilot/api/host.setAppearance', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...appearance, theme: 'dark' }),
    });
    expect(answer.status).toBe(200);
    expect(fake.nativeTheme.themeSource).toBe('dark');
  });
});

describe('secrets', () => {
  const secrets = () => createPilot.mock.lastCall?.[0].secrets;

  test("are sealed by the system's store", async () => {
    await start();
    const store = secrets();
    expect(store?.kind).toBe('safe-storage');
    const sealed = (await store?.seal('plain')) ?? '';
    expect(sealed).not.toContain('plain');
    expect(await store?.open(sealed)).toBe('plain');
    expect(await store?.open('k1.another host')).toBe(null);
    expect(await store?.open('s1.ZGFtYWdlZA==')).toBe(null);
  });

  test('are sealed by a key file where the system has no store', async () => {
    fake.safeStorage.isAsyncEncryptionAvailable.mockResolvedValue(false);
    await start();
    expect(secrets()?.kind).toBe('key-file');
    await secrets()?.seal('plain');
    expect(existsSync(join(folder, 'data', 'secrets.key'))).toBe(true);
  });

  test.skipIf(process.platform !== 'linux')('are not left to a store whose password is public', async () => {
    fake.safeStorage.getSelectedStorageBackend.mockReturnValue('basic_text');
    const warned = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await start();
    expect(secrets()?.kind).toBe('key-file');
    expect(warned.mock.calls.join('')).toContain('has no keyring');
  });
});
