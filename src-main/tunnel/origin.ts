/**
 * The bare origin in `text`, or null. Azure calls https only; http is taken for this machine alone, to try things out.
 * No path, query or user name may be in it.
 */
export function readOrigin(text: string): string | null {
  const url = URL.parse(text);
  if (url === null) return null;
  const usable = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return usable && url.href === `${url.origin}/` ? url.origin : null;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}
