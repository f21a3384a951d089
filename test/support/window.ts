import { createServer, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { createLoopback, readAssets } from '../../src-main/api/index.ts';
import { ensureBuilt } from '../../src-main/cli/build.ts';
import { type BorrowedContext, borrowContext } from './borrowed-context.ts';
import { silentLog } from './fake-window.ts';
import { startTestPilot, type TestPilot, type TestPilotOptions } from './pilot.ts';

const root = resolve(import.meta.dirname, '../..');

/** A page of the window, with everything it complained about. */
export interface WindowPage {
  page: Page;
  context: BorrowedContext;
  /** Console errors, uncaught errors and breaches of the content security policy. */
  complaints: string[];
}

/** What a page is opened with, apart from what all are. */
type PageOptions = Omit<NonNullable<Parameters<Page['emulateMedia']>[0]>, 'media'> & {
  viewport?: { width: number; height: number };
};

/** A real pilot, its window served over loopback, and a browser. */
export interface TestWindow {
  pilot: TestPilot;
  /** The printed link. */
  url: string;
  /** Opens the printed link in a context of its own. */
  open(options?: PageOptions, url?: string): Promise<WindowPage>;
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
  const wire = idleWires.pop() ?? (await createWire());
  wire.leadTo(loopback.port);
  const opened: BorrowedContext[] = [];
  const link = loopback.url.replace(String(loopback.port), String(wire.port));
  return {
    pilot,
    url: link,
    async open(options = {}, url = link) {
      const page = await openPage(url, options);
      opened.push(page.context);
      return page;
    },
    drop: wire.drop,
    restore: wire.restore,
    async close() {
      for (const context of opened) await context.close();
      wire.leadTo(null);
      idleWires.push(wire);
      await loopback.close();
      await pilot.close();
    },
  };
}

/** For a whole test file: a test window that opens before its tests and closes after them. */
export function testWindow(options: TestPilotOptions | (() => Promise<TestPilotOptions>) = {}): TestWindow {
  let host: TestWindow | undefined;
  beforeAll(async () => {
    host = await openTestWindow(typeof options === 'function' ? await options() : options);
  }, 120_000);
  afterAll(() => host?.close());
  return standIn(() => host);
}

interface EachTest {
  /** The screen each test begins on, by its link; without it the one that opens by itself. */
  at?: string;
  /** Complaints that a test may cause. */
  forgive?: RegExp;
}

/** For each test of a file: a page of the window, of which the test leaves no complaint behind. */
export function windowOfEachTest(host: TestWindow, { at, forgive }: EachTest = {}): WindowPage {
  let opened: WindowPage | undefined;
  beforeEach(async () => {
    opened = await host.open();
    const screens = opened.page.getByRole('navigation', { name: 'Screens' });
    if (at !== undefined) await screens.getByRole('link', { name: at, exact: true }).click();
  });
  afterEach(async () => {
    const complaints = opened?.complaints.filter((words) => forgive?.test(words) !== true);
    await opened?.context.close();
    opened = undefined;
    expect(complaints ?? []).toEqual([]);
  });
  return standIn(() => opened);
}

/** Stands for what is there only once the hooks have run, so that a file can name it in a constant. */
function standIn<T extends object>(real: () => T | undefined): T {
  const get = (_: T, name: string | symbol): unknown => {
    const value = real();
    if (value === undefined) throw new Error(`${String(name)} is wanted before the window is open`);
    return Reflect.get(value, name);
  };
  return new Proxy({} as T, { get });
}

async function openPage(url: string, options: PageOptions): Promise<WindowPage> {
  const context = await borrowContext();
  const page = await context.newPage();
  const { viewport, ...media } = options;
  if (viewport !== undefined) await page.setViewportSize(viewport);
  // No half-way colours for whoever measures contrast.
  await page.emulateMedia({ reducedMotion: 'reduce', ...media });
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
  port: number;
  /** From now on calls go to this port; null cuts every connection. */
  leadTo(port: number | null): void;
  drop(): void;
  restore(): void;
}

/** One window after another is found at the same address: a browser compiles scripts once for each address. */
const idleWires: Wire[] = [];

/** Stands between browser and window so that a test can cut the wire. To the window every call still comes from its own page. */
async function createWire(): Promise<Wire> {
  let target = 0;
  const sockets = new Set<Socket>();
  let cut = false;
  const server = createServer((incoming, answer) => {
    const headers = { ...incoming.headers, host: `127.0.0.1:${target}` };
    if (headers.origin !== undefined) headers.origin = `http://127.0.0.1:${target}`;
    const outgoing = request(
      { host: '127.0.0.1', port: target, method: incoming.method, path: incoming.url, headers },
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
  server.unref();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const drop = () => {
    cut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    leadTo(next) {
      if (next === null) {
        drop();
        return;
      }
      target = next;
      cut = false;
    },
    drop,
    restore() {
      cut = false;
    },
  };
}
