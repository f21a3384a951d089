import { createHistogram } from 'node:perf_hooks';
import autocannon from 'autocannon';

export interface Request {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  /** A function gives another body each time. */
  body?: string | (() => string);
}

/** What a load saw. */
export interface Shot {
  /** May be none of a slow server: the times then mean nothing. */
  answers: number;
  seconds: number;
  /** Milliseconds. */
  median: number;
  p99: number;
}

/**
 * Loads a server for `seconds`. `lists` holds what each connection sends, over and over; requests are built before the
 * clock starts, so that the client is quick, and costs the same beside every server. Any answer outside 2xx is an error.
 */
export async function shoot(
  server: { port: number; headers: Record<string, string> },
  seconds: number,
  lists: readonly Request[][],
): Promise<Shot> {
  const { port, headers } = server;
  const histogram = createHistogram();
  let connection = 0;
  let startedAt = 0;
  const { non2xx, errors } = await new Promise<autocannon.Result>((resolve, reject) => {
    autocannon(
      {
        url: `http://127.0.0.1:${port}`,
        connections: lists.length,
        duration: seconds,
        // Seconds for one answer: a slow peer on a busy machine needs them.
        timeout: 60,
        // How often it looks whether the time is over, milliseconds.
        sampleInt: 50,
        setupClient(client) {
          const list = lists[connection++] ?? [];
          client.setRequests(list.map((request) => autocannonRequest(request, headers)));
        },
      },
      (error, result) => (error ? reject(error) : resolve(result)),
    )
      .on('start', () => {
        startedAt = performance.now();
      })
      .on('response', (_client, _status, _bytes, ms) => histogram.record(Math.max(1, Math.round(ms * 1_000))));
  });
  if (non2xx > 0 || errors > 0) {
    throw new Error(`${non2xx} answers outside 2xx, ${errors} errors: the figures would mean nothing`);
  }
  return {
    answers: histogram.count,
    seconds: (performance.now() - startedAt) / 1_000,
    median: histogram.percentile(50) / 1_000,
    p99: histogram.percentile(99) / 1_000,
  };
}

function autocannonRequest({ method, path, body }: Request, headers: Record<string, string>): autocannon.Request {
  const request = { method, path, headers };
  if (typeof body === 'function') return { ...request, setupRequest: (next) => ({ ...next, body: body() }) };
  return body === undefined ? request : { ...request, body };
}
