import { protocol } from 'electron';
import { refuse } from '../api/index.ts';
import { appScheme, mayAsk } from './guards.ts';

/**
 * Must run before Electron is ready. `standard` gives the page an origin, `stream` lets answers flow; neither `corsEnabled`
 * nor `bypassCSP`: nobody else may read `app://`, and our own policy holds.
 */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** Serves the window over `app://`: no port, and only to its own page. */
export function serveAppScheme(handle: (request: Request) => Promise<Response>): void {
  protocol.handle(appScheme, (request) => {
    const initiator = 'initiatorOrigin' in request ? request.initiatorOrigin : undefined;
    return mayAsk(request.url, initiator) ? handle(request) : refuse(403, 'Only the window itself may ask here.');
  });
}
