import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type DesktopOutcome, runDesktop, whyNoDesktop } from '../../../src-main/cli/desktop.ts';

describe('a desktop window is tried', () => {
  test.each([
    ['linux', { DISPLAY: ':0' }],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }],
    ['darwin', {}],
    ['win32', {}],
  ] as const)('on %s with %j', (platform, environment) => {
    expect(whyNoDesktop(false, environment, platform)).toBe(null);
    expect(whyNoDesktop(true, environment, platform)).toContain('--headless');
  });

  test('but not on Linux without a display', () => {
    expect(whyNoDesktop(false, { DISPLAY: '' }, 'linux')).toContain('no display');
  });
});

/** A folder like the repository, with a stand-in for Electron and for the program that fetches it. */
describe.skipIf(process.platform === 'win32')('running the desktop app', () => {
  let root: string;
  let said: string[];
  let stop: AbortController;
  const ready = vi.fn();
  const tunnel = vi.fn();

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'scim-pilot-desktop-'));
    said = [];
    stop = new AbortController();
    ready.mockReset();
    tunnel.mockReset();
    write('node_modules/electron/package.json', '{"name":"electron","version":"0.0.0"}');
    write('package.json', '{}');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function write(path: string, text: string): void {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  /** Installs a program in Electron's place. */
  function electron(code: string): void {
    write('node_modules/electron/path.txt', 'electron');
    write('node_modules/electron/dist/electron', `#!${process.execPath}\n${code}`);
    chmodSync(join(root, 'node_modules/electron/dist/electron'), 0o755);
  }

  function run(args: string[] = []): Promise<DesktopOutcome> {
    return runDesktop({
      root,
      args,
      say: (words) => said.push(words),
      stop: stop.signal,
      ready,
      tunnel,
      limits: { stalled: 1_500, start: 1_500 },
    });
  }

  const starting = `console.log('{"starting":true}');`;
  const readyJson =
    '{"ready":true,"pid":7,"scim":"http://127.0.0.1:8620/scim/v2","token":"t","window":"app://pilot/","public":null}';

  test('hands over the flags, tells when it is ready and returns its exit code', async () => {
    electron(
      `${starting} console.log('${readyJson}'); console.error(process.argv.slice(2).join(' ')); process.exitCode = 3;`,
    );
    expect(await run(['--port', '9000'])).toEqual({ kind: 'exited', code: 3, azureAt: null });
    expect(ready).toHaveBeenCalledWith(expect.objectContaining({ pid: 7, window: 'app://pilot/' }));
    expect(said).toEqual([`${join(root, 'out/main/index.js')} --port 9000 --json`]);
  });

  test("a start that the app refuses is the app's to explain: no second try in the browser", async () => {
    electron(`${starting} console.error('The port is taken. Give another.'); process.exitCode = 1;`);
    expect(await run()).toEqual({ kind: 'exited', code: 1, azureAt: null });
    expect(said).toEqual(['The port is taken. Give another.']);
  });

  test('a window that is open already is said', async () => {
    electron(`${starting} console.log('{"alreadyOpen":true}');`);
    expect(await run()).toEqual({ kind: 'exited', code: 0, azureAt: null });
    expect(said.join()).toContain('already open');
  });

  test("Chromium's own noise is not shown", async () => {
    electron(
      `${starting} console.error('[12:1123/101010.1:ERROR:dbus/bus.cc:407] Failed to connect'); setTimeout(() => {}, 50);`,
    );
    await run();
    expect(said).toEqual([]);
  });

  test('passes a stop on and waits for the end', async () => {
    electron(
      `process.on('SIGTERM', () => setTimeout(() => process.exit(0), 50)); ${starting} console.log('${readyJson}'); setInterval(() => {}, 1000);`,
    );
    ready.mockImplementation(() => stop.abort('SIGTERM'));
    expect(await run()).toEqual({ kind: 'exited', code: 0, azureAt: null });
  });

  test('hands on when Azure called last, for the words at the end', async () => {
    electron(`${starting} console.log('${readyJson}'); console.log('{"stopping":true,"azureAt":1767225600000}');`);
    expect(await run()).toEqual({ kind: 'exited', code: 0, azureAt: 1_767_225_600_000 });
  });

  test.each([
    [
      '[1:ERROR:electron_main_delegate.cc(299)] Running as root without --no-sandbox is not supported.',
      'ordinary user',
    ],
    ['electron: error while loading shared libraries: libnss3.so: cannot open shared object file', 'libnss3.so'],
    ['[1:ERROR:ozone.cc(1)] Missing X server or $DISPLAY', 'desktop session'],
  ])('an Electron that can not run here says why and how to mend it: %s', async (complaint, words) => {
    electron(`console.error(${JSON.stringify(complaint)}); process.exitCode = 1;`);
    const outcome = await run();
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining(words) });
    expect(outcome).toMatchObject({
      reason: expect.stringMatching(/^There is no desktop window because .+; to get one, .+\.$/),
    });
  });

  test('an Electron that hangs is given up', async () => {
    electron('setInterval(() => {}, 1000);');
    expect(await run()).toMatchObject({ kind: 'failed' });
  });

  test('fetches Electron first when it is missing, with progress', async () => {
    write('stand-in', `#!${process.execPath}\n${starting}`);
    chmodSync(join(root, 'stand-in'), 0o755);
    write(
      'src-main/cli/fetch-electron.ts',
      `import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
       mkdirSync('node_modules/electron/dist', { recursive: true });
       cpSync('stand-in', 'node_modules/electron/dist/electron');
       writeFileSync('node_modules/electron/path.txt', 'electron');
       console.log('1000000 110000000');
       setTimeout(() => console.log('40000000 110000000'), 3100);
       setTimeout(() => console.log('x'), 1000);
       setTimeout(() => console.log('x'), 2000);`,
    );
    expect(await run()).toEqual({ kind: 'exited', code: 0, azureAt: null });
    expect(said[0]).toContain('Fetching Electron');
    expect(said[1]).toBe('Fetching Electron: 40 of 110 MB');
  });

  test('says why it could not be fetched', async () => {
    write(
      'src-main/cli/fetch-electron.ts',
      `console.error('TypeError: fetch failed (getaddrinfo ENOTFOUND)'); process.exit(1);`,
    );
    expect(await run()).toEqual({
      kind: 'failed',
      reason:
        'There is no desktop window because Electron could not be fetched: fetch failed (getaddrinfo ENOTFOUND); to get one, check the internet connection or proxy and start again.',
    });
  });

  test('gives up a download that stands still', async () => {
    write('src-main/cli/fetch-electron.ts', 'setInterval(() => {}, 1000);');
    expect(await run()).toMatchObject({ kind: 'failed', reason: expect.stringContaining('nothing arrived for 1.5 s') });
  });

  test('a stop during the download ends it', async () => {
    write(
      'src-main/cli/fetch-electron.ts',
      `import { writeFileSync } from 'node:fs'; writeFileSync('running', ''); setInterval(() => console.log('1 2'), 100);`,
    );
    const running = run();
    await vi.waitFor(() => expect(existsSync(join(root, 'running'))).toBe(true), 5_000);
    stop.abort('SIGINT');
    expect(await running).toEqual({ kind: 'exited', code: 0, azureAt: null });
  });
});
