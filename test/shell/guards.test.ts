import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  afterRenderProcessGone,
  flagsOf,
  mayAsk,
  mayNavigate,
  mayOpenOutside,
  mayUse,
  onWindowOpen,
} from '../../src-main/shell/guards.ts';
import { menuTemplate } from '../../src-main/shell/menu.ts';
import { placeWindow, readWindowState, writeWindowState } from '../../src-main/shell/window-state.ts';

describe('navigation', () => {
  test('stays within the window', () => {
    expect(mayNavigate('app://pilot/')).toBe(true);
    expect(mayNavigate('app://pilot/#/feed')).toBe(true);
  });
  test.each([
    'https://entra.microsoft.com/',
    'app://pilot.attacker.example/',
    'app://other/',
    'app://pilot:1/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'about:blank',
    'blob:app://pilot/1',
    '',
  ])('never goes to %s', (url) => expect(mayNavigate(url)).toBe(false));
});

describe('links', () => {
  test.each([
    'https://entra.microsoft.com/#view/x',
    'https://portal.azure.com/',
    'https://learn.microsoft.com/entra/x?y',
    'https://dashboard.ngrok.com/get-started/your-authtoken',
  ])('%s opens in the browser', (url) => expect(mayOpenOutside(url)).toBe(true));
  test.each([
    'http://entra.microsoft.com/',
    'https://entra.microsoft.com.attacker.example/',
    'https://entra.microsoft.com@attacker.example/',
    'https://user@entra.microsoft.com/',
    'https://entra.microsoft.com:8443/',
    'https://attacker.example/',
    'file:///C:/Windows/System32/calc.exe',
    'ms-msdt:/id',
    'not a url',
  ])('%s does not', (url) => expect(mayOpenOutside(url)).toBe(false));
});

describe('new windows', () => {
  test.each(['app://pilot/#/companion', 'app://pilot/#/companion/older', 'app://pilot/#/companion/today/on-demand'])(
    '%s is the companion',
    (url) => expect(onWindowOpen(url)).toBe('companion'),
  );
  test.each([
    'app://pilot/#/feed',
    'app://pilot/#/companion/../feed',
    'app://pilot/#/companion/today/../../feed',
    'app://pilot/other#/companion',
    'app://pilot/?x#/companion',
    'app://other/#/companion',
    'https://attacker.example/#/companion',
    'about:blank#/companion',
    '',
  ])('%s gets none', (url) => expect(onWindowOpen(url)).toBe('nothing'));
  test('known links go to the browser', () => expect(onWindowOpen('https://entra.microsoft.com/')).toBe('outside'));
});

describe('permissions', () => {
  test('our page may write to the clipboard', () => {
    expect(mayUse('clipboard-sanitized-write', 'app://pilot/')).toBe(true);
    expect(mayUse('clipboard-sanitized-write', 'app://pilot')).toBe(true);
  });
  test.each([
    'clipboard-read',
    'media',
    'geolocation',
    'notifications',
    'openExternal',
    'fileSystem',
    'usb',
    'unknown',
  ])('nobody gets %s', (permission) => expect(mayUse(permission, 'app://pilot/')).toBe(false));
  test('no other page gets anything', () => {
    expect(mayUse('clipboard-sanitized-write', 'https://attacker.example/')).toBe(false);
    expect(mayUse('clipboard-sanitized-write', '')).toBe(false);
  });
});

test('only the window asks over app://', () => {
  expect(mayAsk('app://pilot/api/status', undefined)).toBe(true);
  expect(mayAsk('app://pilot/api/status', 'app://pilot')).toBe(true);
  expect(mayAsk('app://pilot/api/status', 'https://attacker.example')).toBe(false);
  expect(mayAsk('app://pilot/api/status', 'null')).toBe(false);
  expect(mayAsk('app://pilot/api/status', null)).toBe(false);
  expect(mayAsk('app://elsewhere/api/status', undefined)).toBe(false);
});

test('a dead page comes back once, then asks', () => {
  expect(afterRenderProcessGone('clean-exit', 0)).toBe('nothing');
  expect(afterRenderProcessGone('crashed', Number.POSITIVE_INFINITY)).toBe('reload');
  expect(afterRenderProcessGone('oom', 500)).toBe('ask');
});

test("the flags are what follows the app's entry file", () => {
  const isEntry = (arg: string) => arg === 'out/main/index.js';
  expect(flagsOf(['electron', 'out/main/index.js', '--port', '1'], false, isEntry)).toEqual(['--port', '1']);
  expect(flagsOf(['electron', '--inspect=0', 'out/main/index.js', '--json'], false, isEntry)).toEqual(['--json']);
  expect(flagsOf(['electron', '.', '--json'], false, isEntry)).toEqual(['--json']);
  expect(flagsOf(['SCIM Pilot', '--json'], true, isEntry)).toEqual(['--json']);
});

describe('the place of the window', () => {
  const screens = [
    { x: 0, y: 0, width: 1920, height: 1040 },
    { x: 1920, y: 0, width: 1280, height: 700 },
  ];
  const at = (x: number, y: number, width = 1000, height = 600) => ({
    bounds: { x, y, width, height },
    maximized: false,
  });

  test('is where it was', () => {
    expect(placeWindow(at(100, 50), screens)).toMatchObject({ x: 100, y: 50, width: 1000, height: 600 });
    expect(placeWindow(at(2000, 50), screens)).toMatchObject({ x: 2000, y: 50 });
  });
  test('is on the screen when that has gone, shrunk or moved', () => {
    expect(placeWindow(at(5000, 5000), screens)).not.toHaveProperty('x');
    expect(placeWindow(at(-3000, 0), screens)).toMatchObject({ width: 1280, height: 800 });
    expect(placeWindow(at(1800, 900), screens)).toMatchObject({ x: 920, y: 440 });
    expect(placeWindow(at(2000, 0, 4000, 3000), screens)).toMatchObject({ x: 1920, y: 0, width: 1280, height: 700 });
    expect(placeWindow(at(0, 0, 1, 1), screens)).not.toHaveProperty('x');
  });
  test('a first start has none', () => {
    expect(placeWindow(null, screens)).toMatchObject({ width: 1280, height: 800, maximized: false });
  });
  test('survives a file that is missing, cut or not ours', () => {
    const folder = mkdtempSync(join(tmpdir(), 'scim-pilot-state-'));
    const file = join(folder, 'window.json');
    expect(readWindowState(file)).toBe(null);
    for (const text of ['', '{"bounds":', '{"bounds":{"x":"1"},"maximized":true}', 'null', '{"bounds":{"x":1e999}}']) {
      writeFileSync(file, text);
      expect(readWindowState(file), text).toBe(null);
    }
    writeWindowState(file, at(1, 2));
    expect(readWindowState(file)).toEqual(at(1, 2));
    rmSync(folder, { recursive: true });
  });
});

describe('the menu', () => {
  const roles = (platform: NodeJS.Platform, isPackaged: boolean) =>
    JSON.stringify(menuTemplate(platform, isPackaged, () => {}));
  test('has developer tools only while developing', () => {
    expect(roles('linux', false)).toContain('toggleDevTools');
    expect(roles('linux', true)).not.toContain('toggleDevTools');
  });
  test('links only to pages that may be opened', () => {
    const opened: string[] = [];
    const help = menuTemplate('darwin', true, (url) => opened.push(url)).find((item) => item.role === 'help');
    // The fake menu has no window to hand to a click.
    if (Array.isArray(help?.submenu))
      for (const item of help.submenu) Reflect.apply(item.click ?? (() => {}), null, []);
    expect(opened.length).toBeGreaterThan(0);
    expect(opened.filter((url) => !mayOpenOutside(url))).toEqual([]);
  });
});
