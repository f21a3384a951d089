import type { Page } from 'playwright-core';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { TunnelStatus } from '../../src-main/contract/index.ts';
import { breachesOf } from '../support/axe.ts';
import { type Edge, startEdge } from '../support/edge/edge.ts';
import { tunnelRequest } from '../support/pilot.ts';
import { testWindow, windowOfEachTest } from '../support/window.ts';
import { authtoken, reachable, until, when } from '../tunnel/support.ts';

/** Settings, Connection over a real pilot: the real ngrok SDK in its own process, at a stand-in of ngrok's edge. */

let edge: Edge;
afterAll(() => edge?.close());
const host = testWindow(async () => {
  edge = await startEdge();
  return { tunnel: tunnelRequest(null, { server: edge.server, ca: edge.ca }) };
});

beforeEach(() => {
  edge.faults.tokens = null;
  edge.faults.authDelay = 0;
  edge.divert = false;
});
const opened = windowOfEachTest(host, { at: 'Settings' });
let page: Page;
beforeEach(async () => {
  page = opened.page;
  await page.getByRole('heading', { name: 'Connection' }).waitFor();
});

/** By the edge's own address, not by the one of a session that is about to end. */
const reachableAtEdge = (status: TunnelStatus) => reachable(status) && status.publicOrigin === edge.publicOrigin;

const state = () => page.getByRole('region', { name: 'State of the connection' });
const says = (headline: string) => state().getByText(headline, { exact: true }).waitFor();
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

async function axeClean(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await breachesOf(page)).toEqual([]);
  }
}

/** Whether the middle of an element is what one sees there. */
function isInSight(element: Element): boolean {
  const { x, y, width, height } = element.getBoundingClientRect();
  const seen = document.elementFromPoint(x + width / 2, y + height / 2);
  return seen !== null && element.contains(seen);
}

describe('from nothing to a tunnel', () => {
  test('a bad authtoken is told apart before it is saved, a good one connects; by keyboard alone', async () => {
    await says('Local only');
    await page.getByRole('radio', { name: /This machine only/ }).focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('radio', { name: /ngrok tunnel/ }).isChecked()).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    edge.faults.tokens = [authtoken];
    const wrong = authtoken.replace('2abc', '2xyz');
    await page.keyboard.insertText(wrong);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('ngrok does not know this authtoken').waitFor();
    await page.getByText('ERR_NGROK_107').waitFor();
    expect(host.pilot.api.tunnel.settings().ngrok.authtoken).toBeNull();
    await axeClean();
    await page.getByLabel('Authtoken').fill(`ngrok config add-authtoken ${authtoken}`);
    await press('Check');
    await page.getByText('ngrok takes this authtoken.').waitFor();
    await page.getByLabel('Authtoken').press('Enter');
    await when(host.pilot, reachable);
    await says('Up and reachable');
    await state().getByText(`${edge.publicOrigin}/scim/v2`).waitFor();
    await page.getByText(`••••${authtoken.slice(-4)}`, { exact: true }).waitFor();
    expect(await page.content()).not.toContain(authtoken);
    expect(host.pilot.api.tunnel.settings()).toMatchObject({ kind: 'ngrok', startWithApp: true });
    await axeClean();
  });

  test('what the start fixed is shown, and is not stored as a setting', async () => {
    await page.getByText('Given by --ngrok-server for this run.').waitFor();
    expect(await page.getByLabel('Server').isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: /Connect as soon as/ }).uncheck();
    await press('Save');
    await until(() => !host.pilot.api.tunnel.settings().startWithApp);
    await page.getByRole('checkbox', { name: /Connect as soon as/ }).check();
    await press('Save');
    await until(() => host.pilot.api.tunnel.settings().startWithApp);
    expect(host.pilot.api.tunnel.settings().fixedByStart).toEqual(['server', 'ca']);
  });
});

test('the signal line leads here from any screen', async () => {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Live feed' }).click();
  await page.getByRole('button', { name: 'ngrok tunnel', exact: true }).click();
  await page.getByRole('link', { name: 'Open Connection in Settings' }).click();
  await says('Up and reachable');
  expect(await page.getByRole('link', { name: 'Open Connection in Settings' }).count()).toBe(0);
});

describe('while it runs', () => {
  test('an address that leads elsewhere is said; Test now sees it put right', async () => {
    edge.divert = true;
    await press('Test now');
    await says('Up, but unreachable');
    await state().getByText('Something else answers at the public address').waitFor();
    await page.getByRole('link', { name: 'Connection' }).getByRole('img', { name: 'needs attention' }).waitFor();
    await axeClean();
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByRole('heading', { name: 'Azure cannot reach this pilot.' }).waitFor();
    await axeClean();
    await page.getByRole('button', { name: /^Open Connection in Settings: The public address does not/ }).click();
    await says('Up, but unreachable');
    edge.divert = false;
    await press('Test now');
    await says('Up and reachable');
    await state()
      .getByText(/checked (just now|\d s ago)/)
      .waitFor();
  });

  test('an edge that goes away: reconnecting since when and until when; back by itself', async () => {
    await edge.stop();
    await says('Reconnecting');
    await state()
      .getByText(/Away since \d\d:\d\d:\d\d\. Next try in \d+ s\./)
      .waitFor();
    await state().getByText('ngrok could not be reached').waitFor();
    await axeClean();
    await edge.start();
    await says('Up and reachable');
  });

  test('stop leaves no session; a start that hangs is cancelled at once, and the focus stays on the button', async () => {
    await press('Stop');
    await says('Off');
    await until(() => edge.sessions().length === 0);
    edge.faults.authDelay = Number.POSITIVE_INFINITY;
    await press('Start');
    await says('Starting');
    const cancel = page.getByRole('button', { name: 'Cancel', exact: true });
    await cancel.waitFor();
    expect(await cancel.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await says('Off');
    edge.faults.authDelay = 0;
    await press('Start');
    await says('Up and reachable');
  });

  test('an authtoken that ngrok refuses gives up with the cure and its page; replacing it starts again', async () => {
    edge.faults.tokens = ['another'];
    await press('Stop');
    await says('Off');
    await press('Start');
    await says('Down');
    await state().getByText('Copy the present authtoken from the ngrok dashboard and save it here.').waitFor();
    const link = state().getByRole('link', { name: 'Open the ngrok dashboard' });
    expect(await link.getAttribute('href')).toBe('https://dashboard.ngrok.com/get-started/your-authtoken');
    await axeClean();
    edge.faults.tokens = null;
    await press('Replace…');
    await page.getByLabel('Authtoken').fill(`${authtoken}X`);
    const before = edge.connections();
    await page.getByLabel('Domain').fill(`localhost:${edge.frontPort}`);
    await press('Save and connect');
    await says('Up and reachable');
    await page.getByText('••••dEfX', { exact: true }).waitFor();
    // One change, one new session.
    expect(edge.connections()).toBe(before + 1);
    await page.getByLabel('Domain').fill('');
    await press('Save and connect');
    await until(() => host.pilot.api.tunnel.settings().ngrok.domain === null);
    await when(host.pilot, reachableAtEdge);
  });
});

test('Azure that still calls the old address: both addresses side by side, the new one to copy', async () => {
  const old = edge.publicOrigin;
  expect((await host.pilot.request('GET', `${old}/scim/v2/Users`)).status).toBe(200);
  await page.getByLabel('Domain').fill('https://Pilot.Example.com/');
  await page.getByText(`Azure keeps calling ${old}`).waitFor();
  await press('Save and connect');
  await when(host.pilot, ({ stale }) => stale !== null);
  await state().getByText('Azure still calls another address').waitFor();
  await state().getByText(`${old}/scim/v2`).waitFor();
  await state().getByRole('button', { name: 'Copy the new Tenant URL' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/\/\/pilot\.example\.com(:\d+)?\/scim\/v2$/);
  await axeClean();
  await page.getByLabel('Domain').fill('');
  await press('Save and connect');
  await when(host.pilot, reachableAtEdge);
});

test('what is no domain or no address is refused beside the form, and nothing changes', async () => {
  await page.getByLabel('Domain').fill('pilot.example.com/path');
  await press('Save and connect');
  // Beside the button that was pressed, however low the window is.
  await page.setViewportSize({ width: 1000, height: 640 });
  await page.getByText('The domain is not one.').waitFor();
  expect(await page.getByText('The domain is not one.').evaluate(isInSight)).toBe(true);
  await page.setViewportSize({ width: 1280, height: 800 });
  await press('Discard');
  await page.getByRole('radio', { name: /public address of your own/ }).check();
  await page.getByRole('textbox', { name: 'Public address' }).fill('http://pilot.example.com');
  await press('Save and connect');
  await page.getByText("The public address can't be used.").waitFor();
  await axeClean();
  await press('Discard');
  await says('Up and reachable');
  expect(host.pilot.api.tunnel.settings().kind).toBe('ngrok');
});

test('the free plan is shown with our own count of the month', async () => {
  const { calls } = await host.pilot.api.tunnel.usage();
  await page.getByText(/of 20,000 requests in/).waitFor();
  await page.getByText(String(calls), { exact: true }).first().waitFor();
  expect(calls).toBeGreaterThan(0);
});

test('forgetting the authtoken asks, stops the tunnel, and leaves nothing of it', async () => {
  await press('Forget…');
  const question = page.getByRole('dialog', { name: 'Forget the authtoken that ends …dEfX?' });
  await axeClean();
  await question.getByRole('button', { name: 'Forget the authtoken' }).click();
  await says('Off');
  await page.getByLabel('Authtoken').waitFor();
  expect(host.pilot.api.tunnel.settings().ngrok.authtoken).toBeNull();
});

test('an address of one’s own is tried as soon as it is saved; going local stops it', async () => {
  await page.getByRole('radio', { name: /public address of your own/ }).check();
  await page.getByRole('textbox', { name: 'Public address' }).fill('https://pilot.example');
  await press('Save and connect');
  await says('Up, but unreachable');
  await state().getByText("The name of the public address can't be found from here.").waitFor();
  await page.getByRole('radio', { name: /This machine only/ }).check();
  await press('Save');
  await says('Local only');
  expect(host.pilot.pilot.tenantUrl).toBe(host.pilot.url);
});
