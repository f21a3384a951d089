import { createServer, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { resolve } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { createLoopback, type Loopback, readAssets } from '../../src-main/api/index.ts';
import { ensureBuilt } from '../../src-main/cli/build.ts';
import { launchChromium } from './browser.ts';
import { silentLog } from './fake-window.ts';
import { startTestPilot, type TestPilot, type TestPilotOptions } from './pilot.ts';

const root = resolve(import.meta.dirname, '../..');

/** A page of the window, with everything it complained about. */
export interface WindowPage {
  page: Page;
  context: BrowserContext;
  /** Console errors, uncaught errors and breaches of the content security policy. */
  complaints: string[];
}

/** A real pilot, its window served over loopback, and a browser. */
export interface TestWindow {
  pilot: TestPilot;
  /** The printed link. */
  url: string;
  /** Opens the printed link in a context of its own. */
  open(options?: BrowserContextOptions, url?: string): Promise<WindowPage>;
  /** Cuts every connection, and refuses new ones until `restore`. */
  drop(): void;
  restore(): void;
  close(): Promise<void>;
}

/** Starts a pilot, builds the window when its sources changed, and launches Chromium. */
export async function openTestWindow(options: TestPilotOptions = {}): Promise<TestWindow> {
  await ensureBuilt({ root, say: () => {}, stop: new AbortController().signal });
  const assets = readAssets(resolve(root, 'out/renderer'));
  const pilot = await startTestPilot(options);
  const loopback = await createLoopback({ port: 0, assets, host: pilot.host, log: silentLog });
  pilot.host.windowListensOn(loopback.port);
  const wire = await createWire(loopback);
  const browser = await launchChromium();
  return {
    pilot,
    url: wire.url,
    open: (context, url = wire.url) => openPage(browser, url, context),
    drop: wire.drop,
    restore: wire.restore,
    async close() {
      await browser.close();
      wire.close();
      await loopback.close();
      await pilot.close();
    },
  };
}

async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<WindowPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    // No half-way colours for whoever measures contrast.
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.exposeFunction('breachOfPolicy', (what: string) => complaints.push(what));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const told = (window as unknown as { breachOfPolicy(what: string): void }).breachOfPolicy;
      told(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await page.goto(url);
  return { page, context, complaints };
}

interface Wire {
  url: string;
  drop(): void;
  restore(): void;
  close(): void;
}

/** Stands between browser and window so that a test can cut the wire. To the window every call still comes from its own page. */
async function createWire(loopback: Loopback): Promise<Wire> {
  const target = `127.0.0.1:${loopback.port}`;
  const sockets = new Set<Socket>();
  let cut = false;
  const server = createServer((incoming, answer) => {
    const headers = { ...incoming.headers, host: target };
    if (headers.origin !== undefined) headers.origin = `http://${target}`;
    const outgoing = request(
      { host: '127.0.0.1', port: loopback.port, method: incoming.method, path: incoming.url, headers },
      (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        answer.flushHeaders();
        reply.pipe(answer);
        reply.on('error', () => answer.destroy());
      },
    );
    outgoing.on('error', () => answer.destroy());
    answer.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  });
  server.on('connection', (socket) => {
    if (cut) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const dropAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: loopback.url.replace(String(loopback.port), String(port)),
    drop() {
      cut = true;
      dropAll();
    },
    restore() {
      cut = false;
    },
    close() {
      server.close();
      dropAll();
    },
  };
}
