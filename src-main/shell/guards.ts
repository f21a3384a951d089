/** Every decision of the shell about trust, as plain functions: what the page may open, reach and be granted. */

export const appScheme = 'app';
export const appHost = 'pilot';
/** Origin of the window. Compared as text: URL gives schemes of one's own the origin "null" outside Chromium. */
export const appOrigin = `${appScheme}://${appHost}`;
export const appUrl = `${appOrigin}/`;

function originOf(url: string): string | null {
  const parsed = URL.parse(url);
  return parsed === null ? null : `${parsed.protocol}//${parsed.host}`;
}

/** Whether a frame may go to `url`: only within the window's own origin. */
export function mayNavigate(url: string): boolean {
  return originOf(url) === appOrigin;
}

const outsideHosts = new Set([
  'entra.microsoft.com',
  'portal.azure.com',
  'learn.microsoft.com',
  'dashboard.ngrok.com',
  'ngrok.com',
  'www.rfc-editor.org',
]);

/** Whether the system's browser may be asked to open `url`: https, a known host, no user name in it. */
export function mayOpenOutside(url: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.protocol !== 'https:') return false;
  return outsideHosts.has(parsed.host) && parsed.username === '' && parsed.password === '';
}

/** Fragments of the small window that lies beside the portal: with the labels, and the step, that it shows. */
const companionRoute = /^#\/companion(\/(today|older)(\/[a-z-]{1,40})?)?$/;

/** What becomes of a page's wish for a new window: the companion gets one, known links go to the system's browser. */
export function onWindowOpen(url: string): 'companion' | 'outside' | 'nothing' {
  if (mayOpenOutside(url)) return 'outside';
  const parsed = URL.parse(url);
  const ours = parsed !== null && originOf(url) === appOrigin && parsed.pathname === '/' && parsed.search === '';
  return ours && companionRoute.test(parsed.hash) ? 'companion' : 'nothing';
}

/** Whether the page at `url` gets `permission`: our own page may write plain text to the clipboard, nobody anything else. */
export function mayUse(permission: string, url: string): boolean {
  return permission === 'clipboard-sanitized-write' && originOf(url) === appOrigin;
}

/**
 * Whether a request over `app://` is answered: it must be for our host, and where Electron says which page made it, that
 * page must be ours (`initiatorOrigin` is not under the page's control; absent when the browser itself asks).
 */
export function mayAsk(url: string, initiatorOrigin: unknown): boolean {
  if (originOf(url) !== appOrigin) return false;
  return initiatorOrigin === undefined || initiatorOrigin === appOrigin;
}

/** What to do when the page's process has died: bring it back, unless it died just before as well. */
export function afterRenderProcessGone(reason: string, sinceLastMs: number): 'nothing' | 'reload' | 'ask' {
  if (reason === 'clean-exit') return 'nothing';
  return sinceLastMs > 10_000 ? 'reload' : 'ask';
}

/** The flags within Electron's arguments: those after the app's entry file, or all when packaged. */
export function flagsOf(argv: readonly string[], isPackaged: boolean, isEntry: (arg: string) => boolean): string[] {
  if (isPackaged) return argv.slice(1);
  const entry = argv.findIndex((arg, index) => index > 0 && isEntry(arg));
  return argv.slice(entry < 0 ? 2 : entry + 1);
}
