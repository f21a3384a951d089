/**
 * How this page proves itself to the host. On the desktop (`app:`) the protocol is the proof. In a browser the printed link
 * carries a key in its fragment, which never travels to a server by itself: it is posted once for a cookie and taken out of
 * the address bar. It stays in this tab's session storage, so that a reload after a restart can ask again.
 */

const STORED_KEY = 'scim-pilot-key';

/** Takes the key out of the address bar; null when the page was opened without one and none is kept. */
function takeKey(): string | null {
  const match = /^#key=([^&/]+)/.exec(window.location.hash);
  if (match?.[1] === undefined) return window.sessionStorage.getItem(STORED_KEY);
  const key = decodeURIComponent(match[1]);
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}#/`);
  window.sessionStorage.setItem(STORED_KEY, key);
  return key;
}

/** A printed link opened over a page that is already there changes the fragment only: take the key and begin again. */
export function followLinks(): void {
  window.addEventListener('hashchange', () => {
    if (!window.location.hash.startsWith('#key=')) return;
    takeKey();
    window.location.reload();
  });
}

/** Trades the key for the session cookie; true when the host took it. Rejects when the host can't be reached. */
async function exchange(key: string): Promise<boolean> {
  const answer = await fetch('/session', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key }),
  });
  if (!answer.ok) window.sessionStorage.removeItem(STORED_KEY);
  return answer.ok;
}

/**
 * Opens the session with the host. True: the page may ask. False: the host refuses this page; only the printed link helps.
 */
export async function openSession(): Promise<boolean> {
  if (window.location.protocol === 'app:') return true;
  const key = takeKey();
  if (key !== null && (await exchange(key))) return true;
  // No key, or an old one: the cookie of an earlier visit may still hold.
  const answer = await fetch('/api/alive', { credentials: 'same-origin' });
  return answer.ok;
}
