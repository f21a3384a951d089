/**
 * Just enough of Electron for the built desktop app to run under plain Node: loaded with `node --import`, it answers
 * `import 'electron'`. No window is drawn; what is real is the bundle, the pilot behind it and the process.
 */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';

const paths = new Map();
const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  whenReady: async () => {},
  setName() {},
  enableSandbox() {},
  setPath: (name, path) => void paths.set(name, path),
  getPath: (name) => paths.get(name),
  requestSingleInstanceLock: () => true,
  exit: (code) => process.exit(code),
  quit() {
    app.emit('before-quit', { preventDefault() {} });
    app.emit('will-quit', { preventDefault() {} });
  },
});

class BrowserWindow extends EventEmitter {
  static getAllWindows = () => [];
  webContents = Object.assign(new EventEmitter(), { reload() {}, setWindowOpenHandler() {} });
  loadURL = async () => {};
  show() {}
  maximize() {}
}

class Tray extends EventEmitter {
  setToolTip() {}
  setContextMenu() {}
}

globalThis.electronStandIn = {
  app,
  BrowserWindow,
  Tray,
  clipboard: {},
  nativeImage: { createFromBuffer: () => ({ setTemplateImage() {} }) },
  powerSaveBlocker: { start: () => 1, stop() {} },
  dialog: { showErrorBox() {} },
  Menu: { buildFromTemplate: () => ({}), setApplicationMenu() {} },
  powerMonitor: new EventEmitter(),
  // The worker speaks with Node's channel where Electron's is not there.
  utilityProcess: {
    fork(path, args, { env }) {
      const child = fork(path, args, { env, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      return Object.assign(child, { postMessage: (message) => child.send(message, () => {}) });
    },
  },
  nativeTheme: { shouldUseDarkColors: false },
  protocol: { registerSchemesAsPrivileged() {}, handle() {} },
  safeStorage: { isAsyncEncryptionAvailable: async () => false },
  screen: { getAllDisplays: () => [] },
  session: {
    defaultSession: {
      setPermissionRequestHandler() {},
      setPermissionCheckHandler() {},
      setDevicePermissionHandler() {},
    },
  },
  shell: {},
};

const names = Object.keys(globalThis.electronStandIn).join(', ');
const source = `export const { ${names} } = globalThis.electronStandIn;`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true }
      : next(specifier, context),
});
