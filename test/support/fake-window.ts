import type { Asset, Assets } from '../../src-main/api/index.ts';
import type { Log } from '../../src-main/contract/index.ts';

function asset(type: string, text: string): Asset {
  return { type, body: new TextEncoder().encode(text) };
}

/** A window of two files, in the form the build gives it. */
export const fakeAssets: Assets = new Map([
  [
    '/index.html',
    asset(
      'text/html; charset=utf-8',
      '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script type="module" src="/assets/main-1a2b.js"></script>',
    ),
  ],
  ['/assets/main-1a2b.js', asset('text/javascript; charset=utf-8', 'export {};')],
]);

export const silentLog: Log = { info() {}, warn() {}, error() {} };
