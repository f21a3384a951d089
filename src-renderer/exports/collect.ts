import type { CallDetail } from '../../src-main/contract/index.ts';
import { client } from '../api.ts';
import type { ExportFormat } from './formats.ts';
import type { Redaction } from './redact.ts';

/** What the feed was asked for: its page question without the page. */
export type FeedQuestion = Omit<Parameters<typeof client.feed.page.query>[0], 'before' | 'limit'>;

/** Which calls: those the feed shows under a question, or some by their codes. */
export type CallsWanted = { question: FeedQuestion } | { codes: readonly string[] };

const rowsAPage = 500;
const callsAtOnce = 100;

/** The codes, newest first, page by page. */
async function* codesOf(wanted: CallsWanted, signal: AbortSignal): AsyncGenerator<string[], void> {
  if ('codes' in wanted) {
    yield [...wanted.codes];
    return;
  }
  let before: number | null = null;
  do {
    const { calls, next }: { calls: { code: string }[]; next: number | null } = await client.feed.page.query(
      { ...wanted.question, before, limit: rowsAPage },
      { signal },
    );
    yield calls.map(({ code }) => code);
    before = next;
  } while (before !== null);
}

/** Whole calls, newest first, some at a time: what is in memory does not grow with their number. */
export async function* wholeCalls(wanted: CallsWanted, signal: AbortSignal): AsyncGenerator<CallDetail[], void> {
  for await (const codes of codesOf(wanted, signal)) {
    for (let at = 0; at < codes.length; at += callsAtOnce) {
      yield await client.export.calls.mutate({ codes: codes.slice(at, at + callsAtOnce) }, { signal });
    }
  }
}

/** Tells a redaction of all calls. */
export async function learnCalls(
  wanted: CallsWanted,
  redaction: Redaction,
  onProgress: (calls: number) => void,
  signal: AbortSignal,
): Promise<number> {
  let told = 0;
  for await (const calls of wholeCalls(wanted, signal)) {
    for (const call of calls) redaction.learn(call);
    told += calls.length;
    onProgress(told);
  }
  return told;
}

/** The calls in a format, oldest first. `redaction`: null leaves them as they are. */
export async function writeCalls(
  wanted: CallsWanted,
  format: ExportFormat,
  redaction: Redaction | null,
  onProgress: (calls: number) => void,
  signal: AbortSignal,
): Promise<{ content: Blob; calls: number }> {
  // They come newest first and are written the other way round; a Blob may lie on disk, where text would lie in memory.
  const pages: Blob[] = [];
  let written = 0;
  for await (const calls of wholeCalls(wanted, signal)) {
    if (calls.length === 0) continue;
    const entries = calls.map((call) => format.entry(redaction === null ? call : redaction.redact(call)));
    pages.push(new Blob([entries.reverse().join(format.between)]));
    written += calls.length;
    onProgress(written);
  }
  const parts = pages.reverse().flatMap((page, at) => (at === 0 ? [page] : [format.between, page]));
  return { content: new Blob([format.head(), ...parts, format.tail()], { type: format.type }), calls: written };
}
