/**
 * The first SIGTERM or SIGINT aborts the signal that is returned; later ones change nothing, so a clean stop is never cut
 * short. Installed before anything else, so that a signal during start-up is kept as well.
 */
export function stopOnSignals(source: NodeJS.EventEmitter = process): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) source.on(name, () => controller.abort(name));
  return controller.signal;
}

/** Resolves when `signal` is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Keeps the process alive when whoever read its output leaves (`npm start | head`). */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
