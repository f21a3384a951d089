import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the SDK hands a visitor's connection to. */
export interface Door {
  /** As the SDK takes it: `unix:/path`, or `http://127.0.0.1:PORT`. */
  address: string;
  close(): void;
}

/** Longer paths of sockets are cut off somewhere (macOS has the least room). */
const longestPath = 100;

/**
 * A Unix socket whose connections go to `accept`. By TCP, which is what is left where there are none (Windows), the SDK's
 * connection waits with a body until the headers before it are acknowledged (Nagle), and a kernel puts that off for 40 ms and
 * more, since nobody answers half a request: every POST would take that much longer.
 */
export async function openDoor(localPort: number, accept: (socket: Socket) => void): Promise<Door> {
  const byPort: Door = { address: `http://127.0.0.1:${localPort}`, close() {} };
  if (process.platform === 'win32') return byPort;
  let folder = '';
  const server = createServer(accept);
  const close = () => {
    server.close();
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  };
  try {
    // Its owner's alone (0700), so that nobody else comes in by it.
    folder = mkdtempSync(join(tmpdir(), 'scim-pilot-'));
    const path = join(folder, 'scim.sock');
    // The SDK reads the address as a URL and escapes what is not plain in it.
    if (!/^[\w./-]+$/.test(path) || path.length > longestPath) throw new Error(`${path} is no path for a socket.`);
    await new Promise<void>((listening, refused) => server.on('error', refused).listen(path, listening));
    chmodSync(path, 0o600);
    return { address: `unix:${path}`, close };
  } catch {
    // The port leads here as well, only slower.
    close();
    return byPort;
  }
}
