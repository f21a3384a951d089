import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../src-main/cli/build.ts';
import { startEdge } from '../support/edge/edge.ts';
import { repository, run, type Started, scim, stop } from '../support/start.ts';
import { authtoken, until } from '../tunnel/support.ts';

/**
 * `npm start` with a display, from flags to exit code, over the built desktop app. A stand-in takes Electron's place, since
 * its binary is not there on every machine.
 */
const electron = dirname(createRequire(import.meta.url).resolve('electron/package.json'));

describe.skipIf(process.platform !== 'linux' || existsSync(join(electron, 'path.txt')))(
  'npm start on a desktop',
  () => {
    let folder: string;
    let started: Started;

    beforeAll(() => ensureBuilt({ root: repository, say: () => {}, stop: new AbortController().signal }), 120_000);
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'scim-pilot-desktop-'));
      const standIn = join(repository, 'test/support/electron-stand-in.mjs');
      writeFileSync(join(folder, 'electron'), `#!/bin/sh\nexec '${process.execPath}' --import '${standIn}' "$@"\n`);
      chmodSync(join(folder, 'electron'), 0o755);
    });
    afterEach(async () => {
      await stop(started);
      rmSync(folder, { recursive: true, force: true });
    });

    function begin(...flags: string[]): Started {
      started = run(['--data', join(folder, 'data'), ...flags], {
        DISPLAY: ':0',
        ELECTRON_OVERRIDE_DIST_PATH: folder,
        NGROK_AUTHTOKEN: authtoken,
      });
      return started;
    }

    test('serves from the app, whose ready line it passes on; SIGTERM to either ends both with 0', async () => {
      for (const whom of ['start', 'app'] as const) {
        const { ready, ended, child } = begin('--port', '0', '--json');
        const line = await ready;
        expect(line.window).toBe('app://pilot/');
        expect(line.pid).not.toBe(child.pid);
        expect((await scim(line, '/Users')).status).toBe(200);
        process.kill(whom === 'app' ? line.pid : (child.pid ?? line.pid), 'SIGTERM');
        const { code, stdout } = await ended;
        expect(code, whom).toBe(0);
        expect(stdout.trim().split('\n')).toHaveLength(1);
        expect(() => process.kill(line.pid, 0)).toThrow('ESRCH');
      }
    });

    test('the tunnel runs in a process of the app, and its lines are passed on', async () => {
      const edge = await startEdge();
      try {
        writeFileSync(join(folder, 'ca.pem'), edge.ca);
        const ngrok = ['--tunnel', 'ngrok', '--ngrok-server', edge.server, '--ngrok-ca', join(folder, 'ca.pem')];
        const { ready, ended, child, stdout } = begin('--port', '0', '--json', ...ngrok);
        await ready;
        await until(() => stdout().includes('"reachable":true'), 15_000);
        expect(edge.sessions().map(({ token }) => token)).toEqual([authtoken]);
        child.kill('SIGTERM');
        expect((await ended).code).toBe(0);
        await until(() => edge.sessions().length === 0);
      } finally {
        await edge.close();
      }
    });

    test('says in words that the window is open, and never the token', async () => {
      const { child, ended } = begin('--port', '0');
      const words = new Promise<string>((resolve) => {
        let text = '';
        child.stdout?.on('data', (chunk: string) => {
          text += chunk;
          if (text.includes('Ctrl+C')) resolve(text);
        });
      });
      expect(await words).toContain('open on this desktop');
      child.kill('SIGINT');
      const { code, stdout, stderr } = await ended;
      expect(code).toBe(0);
      expect(`${stdout}${stderr}`).not.toMatch(/"token"|scimpilot_/);
    });

    test('a start the app refuses ends with 1 and its sentence', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => other.once('listening', resolve));
      const address = other.address();
      const port = typeof address === 'object' ? address?.port : null;
      const { code, stdout, stderr } = await begin('--port', String(port), '--json').ended;
      other.close();
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toMatch(new RegExp(`^Port ${port} .+\\.\n$`));
    });
  },
);
