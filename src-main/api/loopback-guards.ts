import { createHash, timingSafeEqual } from 'node:crypto';

/** What the guards look at: header values as sent, undefined where absent. */
export interface RequestFacts {
  host: string | undefined;
  origin: string | undefined;
  fetchSite: string | undefined;
}

/** Why a request is refused before it is routed. */
export interface Refusal {
  status: 403 | 421;
  words: string;
}

/**
 * Threats: any web page can send requests to 127.0.0.1 (CSRF), and a name that an attacker points at 127.0.0.1 makes their
 * page same-origin with us (DNS rebinding). So Host must be a loopback name with our port; Origin, where a browser sends
 * it, must be that very host; and Sec-Fetch-Site, where a browser sends it, must say that the page is ours or that a person
 * typed the address. A program that sends neither is no browser: the cookie or the key decides then.
 */
export function refusalOf({ host, origin, fetchSite }: RequestFacts, port: number): Refusal | null {
  if (host === undefined || !hostsOf(port).includes(host)) {
    return { status: 421, words: 'This address is not served here.' };
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return { status: 403, words: 'Another site may not ask here.' };
  }
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') {
    return { status: 403, words: 'Another site may not ask here: open the printed link by itself.' };
  }
  return null;
}

function hostsOf(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
}

/** Compares secrets in a time that tells nothing about where, or by how much in length, they differ. */
export function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** The value of cookie `name` in a Cookie header (RFC 6265 §4.2.1); null when absent. */
export function cookieValue(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const [key, ...value] = pair.split('=');
    if (key?.trim() === name) return value.join('=').trim();
  }
  return null;
}
