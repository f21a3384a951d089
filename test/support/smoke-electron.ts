/**
 * `npm run smoke:electron`: the built app in a real Electron, for machines that have a display (or xvfb) and can fetch its
 * binary. Opens the window, sends one call to the endpoint, sees it arrive, and stops. Not part of `npm test`, which needs
 * neither.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron } from 'playwright-core';
import { ensureBuilt } from '../../src-main/cli/build.ts';
import { type ReadyLine, readHostMessage } from '../../src-main/cli/host-messages.ts';

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

/** Electron's package is the path of its binary; it fetches that when it is missing. */
const executablePath: unknown = require('electron');
assert(typeof executablePath === 'string');

await ensureBuilt({ root, say: console.log, stop: new AbortController().signal });
const dataDir = mkdtempSync(join(tmpdir(), 'scim-pilot-smoke-'));
const app = await _electron.launch({
  executablePath,
  args: [join(root, 'out/main/index.js'), '--data', dataDir, '--port', '0'],
});
const child = app.process();
const ended = once(child, 'exit');
try {
  const ready = await readyLine();
  console.log(`Ready: ${ready.scim}`);
  const page = await app.firstWindow();
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted Type/i.test(message.text())) violations.push(message.text());
  });
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Live feed' }).click();
  assert.equal(new URL(page.url()).protocol, 'app:');

  const answer = await fetch(`${ready.scim}/Users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ready.token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'ada@contoso.example',
      displayName: 'Ada Lovelace',
      active: true,
    }),
  });
  assert.equal(answer.status, 201);
  await page
    .getByRole('grid', { name: 'Provisioning calls' })
    .getByText('Ada Lovelace')
    .first()
    .waitFor({ timeout: 10_000 });
  assert.deepEqual(violations, []);

  assert.equal(await page.evaluate(() => typeof Reflect.get(window, 'require')), 'undefined');
  const allowed = await page.evaluate(() => window.open('https://attacker.example/') !== null);
  assert.equal(allowed, false);

  // Windows knows no SIGTERM: there the app is asked to quit.
  if (process.platform === 'win32') await app.close();
  else child.kill('SIGTERM');
  const [code] = await ended;
  assert.equal(code, 0);
  console.log('Electron smoke test passed.');
} finally {
  if (child.exitCode === null) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
}

/** The line the app prints when it serves; Playwright leaves its output to us. */
async function readyLine(): Promise<ReadyLine> {
  assert(child.stdout !== null);
  for await (const line of createInterface({ input: child.stdout })) {
    const message = readHostMessage(line);
    if (message?.kind === 'ready') return message;
  }
  throw new Error('The app ended before it was ready');
}
