import type { Log } from '../contract/index.ts';

/** Warnings and errors as plain lines for whoever watches the terminal; what merely informs is not printed. */
export function plainLog(out: { write(text: string): unknown }): Log {
  const print = (message: string, fields?: Record<string, unknown>) => out.write(`${message}${reasonOf(fields)}\n`);
  return { info() {}, warn: print, error: print };
}

/** The reason an error gives, without its stack. */
function reasonOf(fields: Record<string, unknown> | undefined): string {
  const error = fields?.error ?? fields?.err;
  return error instanceof Error ? `: ${error.message}` : '';
}
