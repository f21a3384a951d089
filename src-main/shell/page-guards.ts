import { app, session, shell, type WebContents } from 'electron';
import { mayNavigate, mayOpenOutside, mayUse, onWindowOpen } from './guards.ts';
import { companionOptions } from './window.ts';

/** Guards every page of the app, whoever opens it: call once, before a window exists. */
export function guardPages(): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents));
}

function guardPage(contents: WebContents): void {
  const stay = (details: { url: string; preventDefault(): void }) => {
    if (!mayNavigate(details.url)) details.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const todo = onWindowOpen(url);
    if (todo === 'outside') openOutside(url);
    return todo === 'companion'
      ? { action: 'allow', overrideBrowserWindowOptions: companionOptions(app.isPackaged) }
      : { action: 'deny' };
  });
}

/** Opens a link in the system's browser when it is one of ours to open. */
export function openOutside(url: string): void {
  if (mayOpenOutside(url)) void shell.openExternal(url);
}

/** Permissions of the one session there is: call when Electron is ready. */
export function guardSession(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(mayUse(permission, details.requestingUrl)),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    mayUse(permission, requestingOrigin),
  );
  defaultSession.setDevicePermissionHandler(() => false);
}
