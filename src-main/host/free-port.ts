import { once } from 'node:events';
import { createServer } from 'node:net';
import { RequestError } from '../contract/catalogue/errors.ts';

/**
 * Listens on a port of 127.0.0.1 for a moment. Throws `RequestError` when it can't be had: the endpoint leaves the port it is
 * on (`still`) only for one that is free, since to move it closes the pilot.
 */
export async function demandFreePort(port: number, still: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EACCES' ? 'may not be used by this account' : 'is taken by another program';
    throw new RequestError('invalid', `Port ${port} ${why}; the endpoint is still on ${still}.`);
  }
  server.close();
  await once(server, 'close');
}
