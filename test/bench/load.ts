import autocannon from 'autocannon';

/** Connections of a load, each waiting for its answer before it asks again. */
export const connections = 16;

export interface Request {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  /** `[<id>]` in it becomes a text never used before. */
  body?: string;
}

export interface Figures {
  /** Requests a second. */
  rate: number;
  /** Milliseconds. */
  p99: number;
}

/**
 * Loads a server for `seconds` after a shorter warm-up. `requestsOf` gives what a connection sends, over and over; `shot` tells
 * the warm-up from the measurement. All requests are built before, so that both sides of a ratio meet the same fast client.
 * Any answer outside 2xx ends the benchmark.
 */
export async function load(
  port: number,
  headers: Record<string, string>,
  seconds: number,
  requestsOf: (connection: number, shot: number) => Request[],
): Promise<Figures> {
  let shots = 0;
  const shoot = (duration: number) => {
    const shot = ++shots;
    const lists = Array.from({ length: connections }, (_, connection) => requestsOf(connection, shot));
    let next = 0;
    return autocannon({
      url: `http://127.0.0.1:${port}`,
      connections,
      duration,
      headers,
      idReplacement: lists.some((list) => list.some(({ body }) => body?.includes('[<id>]'))),
      setupClient: (client) => client.setRequests((lists[next++] ?? []).map((request) => ({ ...request, headers }))),
    });
  };
  await shoot(Math.max(1, seconds / 4));
  const result = await shoot(seconds);
  const { non2xx, errors, latency } = result;
  if (non2xx > 0 || errors > 0) {
    throw new Error(`${non2xx} answers outside 2xx, ${errors} errors: the figures would mean nothing`);
  }
  if (result['2xx'] === 0) throw new Error('No call was answered: measure for longer.');
  return { rate: result['2xx'] / result.duration, p99: latency.p99 };
}
