import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './browser.ts';

/** A browser context that nobody else uses meanwhile: without cookies, and with nothing stored. */
export interface BorrowedContext {
  newPage(): Promise<Page>;
  pages(): Page[];
  /** Closes its pages and gives it back, emptied. The second time it does nothing. */
  close(): Promise<void>;
}

/**
 * Four fifths of what it takes to load the window go into starting a process for its page and compiling what every page before it
 * compiled. So one browser serves all files of a worker, contexts are emptied instead of made, all pages of one share a process
 * (as many tabs of a user do), scripts are not parsed anew beside what that process has of them, and nothing is optimised
 * that is gone in two seconds. The second list is Playwright's, which the first flag takes the place of, as far as pages of
 * this machine meet it.
 */
const args = [
  '--renderer-process-limit=1',
  '--disable-features=ScriptStreaming,PaintHolding,HttpsUpgrades,DestroyProfileOnBrowserClose,MediaRouter,OptimizationHints',
  '--js-flags=--no-opt,--no-maglev',
];

interface KeptContext {
  browser: Browser;
  context: BrowserContext;
  /** An empty page that keeps the process running while no other is open. */
  keeper: Page;
}

let launched: Promise<Browser> | null = null;
const idle: KeptContext[] = [];

/** A context for one test, or for one file. The browser ends with the process. */
export async function borrowContext(): Promise<BorrowedContext> {
  const kept = idle.pop() ?? (await makeContext());
  if (!kept.browser.isConnected()) {
    launched = null;
    return borrowContext();
  }
  let given = true;
  const pages = () => kept.context.pages().filter((page) => page !== kept.keeper);
  return {
    newPage: () => kept.context.newPage(),
    pages,
    async close() {
      if (!given) return;
      given = false;
      const origins = new Set(pages().map((page) => new URL(page.url()).origin));
      for (const page of pages()) await page.close();
      await kept.context.clearCookies();
      const session = await kept.context.newCDPSession(kept.keeper);
      for (const origin of origins) await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
      await session.detach();
      idle.push(kept);
    },
  };
}

async function makeContext(): Promise<KeptContext> {
  launched ??= launchChromium(args);
  const browser = await launched;
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const keeper = await context.newPage();
  // Of the site that the window is on, whatever its port: pages of another would get a process of their own.
  await keeper.route('**', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await keeper.goto('http://127.0.0.1/');
  return { browser, context, keeper };
}
