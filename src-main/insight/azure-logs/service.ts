import type Database from 'better-sqlite3';
import type { CallStore } from '../../calls/index.ts';
import { RequestError } from '../../contract/catalogue/errors.ts';
import type {
  Away,
  AzureFilter,
  AzureImport,
  AzureInsight,
  AzureMatch,
  AzureRowDetail,
  AzureRows,
  AzureSilent,
  AzureSilentCalls,
  AzureTimeline,
  Clock,
  Log,
  Writer,
} from '../../contract/index.ts';
import { createLogReader, createLogStore, type LogItem, type LogReader } from '../../entra/index.ts';
import type { QueryRunner } from '../../storage/index.ts';
import { stoppedBefore } from './match.ts';
import type { azureLogQueries } from './queries.ts';
import { tallied } from './tally.ts';
import { missingWords } from './words.ts';

/** Bytes read in one go, so that a call is never kept waiting for long. */
const slice = 65_536;
/** Items stored in one group. */
const storedAtOnce = 200;
/** Entries matched in one question. */
const matchedAtOnce = 1_000;
/** Matches stored in one group. */
const matchesStoredAtOnce = 200;
/** A window that sends nothing for this long is gone. */
const idleMs = 5 * 60_000;
const matchTimeoutMs = 10 * 60_000;

export interface AzureLogsOptions {
  db: Database.Database;
  writer: Writer;
  runner: QueryRunner<typeof azureLogQueries>;
  calls: Pick<CallStore, 'call' | 'summaries'>;
  clock: Clock;
  log: Log;
  away(): Away | null;
}

/** Azure's provisioning logs: imported, matched to our calls, and asked. */
export interface AzureLogs {
  /** Newest first. */
  list(): AzureImport[];
  /** Begins an import. Throws `RequestError` while another one is read. */
  begin(files: readonly { name: string; bytes: number }[]): Promise<AzureImport>;
  /** Takes the next bytes of a file; files come one after the other. Resolves when what they hold is stored. */
  write(id: number, file: number, bytes: Uint8Array): Promise<void>;
  /** All bytes were sent. Joining and matching go on after it. */
  finish(id: number): Promise<void>;
  /** Ends what is under way: an import that is still being read is deleted, one that is matched stays without its matches. */
  cancel(id: number): Promise<void>;
  /** Matches once more, e.g. when more calls are kept than then. */
  match(id: number): Promise<void>;
  delete(id: number): Promise<void>;
  rows(
    question: { id: number; filter: AzureFilter; after: string | null; limit: number },
    signal?: AbortSignal,
  ): Promise<AzureRows>;
  /** Null when there is no such entry. */
  row(id: number, row: number): Promise<AzureRowDetail | null>;
  insight(id: number, signal?: AbortSignal): Promise<AzureInsight>;
  /** Calls in the log's time that no entry tells of, newest first; `before`: a position, null for the newest. */
  silent(
    question: { id: number; why: AzureSilent['why'] | null; before: number | null; limit: number },
    signal?: AbortSignal,
  ): Promise<AzureSilentCalls>;
  timeline(
    question: { id: number; from: number; to: number; slots: number },
    signal?: AbortSignal,
  ): Promise<AzureTimeline>;
  /** Some lines of a CSV file; to be asked again with `next` until it is null. */
  csv(question: {
    id: number;
    filter: AzureFilter;
    after: string | null;
  }): Promise<{ text: string; next: string | null }>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** An import that is being read. */
interface Reading {
  log: AzureImport;
  readers: LogReader[];
  file: number;
  received: number;
  /** One piece at a time. */
  turn: Promise<void>;
  idle: NodeJS.Timeout;
}

export function createAzureLogs(options: AzureLogsOptions): AzureLogs {
  const { db, writer, runner, calls, clock, log: report, away } = options;
  const store = createLogStore(db, writer);
  const logs = new Map(store.imports().map((one) => [one.id, interrupted(one)]));
  let reading: Reading | null = null;
  /** Work on imports that were read: one after the other. */
  const working = new Set<{ id: number; abort: AbortController; over: Promise<void> }>();
  let last: Promise<void> = Promise.resolve();
  let closed = false;
  /** An import is being made: another must not begin meanwhile. */
  let beginning = false;

  function get(id: number): AzureImport {
    const found = logs.get(id);
    if (found === undefined) throw new RequestError('unknown', 'This import is not stored here.');
    return found;
  }

  function set(next: AzureImport): AzureImport {
    if (logs.has(next.id)) logs.set(next.id, next);
    return next;
  }

  function readingOf(id: number): Reading {
    if (reading?.log.id !== id) throw new RequestError('unknown', 'This import is not being read any more.');
    return reading;
  }

  async function keep(one: Reading, items: readonly LogItem[]): Promise<void> {
    for (let at = 0; at < items.length; at += storedAtOnce) {
      const before = one.log;
      let next = before;
      await store.add(before.id, items.slice(at, at + storedAtOnce), (stored) => {
        next = tallied(before, stored);
        return next;
      });
      one.log = set(next);
    }
    one.log = set({ ...one.log, files: filesOf(one), progress: progressOf(one) });
  }

  async function endFile(one: Reading): Promise<void> {
    const reader = one.readers[one.file];
    if (reader !== undefined) await keep(one, await reader.end());
    one.file += 1;
  }

  async function take(one: Reading, file: number, bytes: Uint8Array): Promise<void> {
    if (file < one.file || file >= one.readers.length) {
      throw new RequestError('invalid', 'The files must be sent one after the other.');
    }
    while (one.file < file) await endFile(one);
    for (let at = 0; at < bytes.length; at += slice) {
      const piece = bytes.subarray(at, at + slice);
      one.received += piece.length;
      await keep(one, (await one.readers[file]?.write(piece)) ?? []);
      // SCIM calls first.
      await new Promise((resolve) => setImmediate(resolve));
      if (reading !== one) return;
    }
  }

  /** Runs `act` after what is under way for this import. */
  function inTurn(one: Reading, act: () => Promise<void>): Promise<void> {
    clearTimeout(one.idle);
    const over = one.turn.then(act).finally(() => {
      clearTimeout(one.idle);
      if (reading !== one) return;
      one.idle = setTimeout(
        () =>
          inTurn(one, () => endReading(one, 'The window sent no more of the files.')).catch((error: unknown) =>
            report.error('An import could not be stored.', { error }),
          ),
        idleMs,
      ).unref();
    });
    one.turn = over.catch(() => undefined);
    return over;
  }

  /** The end of reading, whether all was sent or not. */
  async function endReading(one: Reading, broken: string | null): Promise<void> {
    if (reading !== one) return;
    while (one.file < one.readers.length) await endFile(one);
    reading = null;
    one.log = set({ ...one.log, broken, state: 'joining', progress: 0 });
    await store.save(one.log);
    work(one.log.id, true);
  }

  function work(id: number, join: boolean): void {
    const abort = new AbortController();
    last = last.then(() => joinAndMatch(id, join, abort.signal)).finally(() => working.delete(one));
    const one = { id, abort, over: last };
    working.add(one);
  }

  async function joinAndMatch(id: number, join: boolean, signal: AbortSignal): Promise<void> {
    try {
      if (join) await joinParts(id, signal);
      await matchAll(id, signal);
    } catch (error) {
      const log = logs.get(id);
      if (log === undefined) return;
      const stopped = signal.aborted;
      if (!stopped) report.error('Matching an imported log failed.', { error });
      const next = set({
        ...log,
        state: 'unmatched',
        progress: 0,
        broken: log.broken ?? (stopped ? 'Matching was stopped.' : 'Matching failed. Try again.'),
      });
      if (!closed)
        await store
          .save(next)
          .catch((reason: unknown) => report.error('An import could not be stored.', { error: reason }));
    }
  }

  async function joinParts(id: number, signal: AbortSignal): Promise<void> {
    const all = store.waiting(id);
    let done = 0;
    for (;;) {
      signal.throwIfAborted();
      const joined = await store.join(id);
      if (joined === null) return;
      done += joined.parts;
      const log = tallied(get(id), { entries: joined.made, duplicates: 0 });
      set({ ...log, progress: all === 0 ? 1 : Math.min(1, done / all) });
    }
  }

  async function matchAll(id: number, signal: AbortSignal): Promise<void> {
    set({ ...get(id), state: 'matching', progress: 0, matched: 0 });
    await store.unmatch(id);
    const skewMs = await runner.run('azure.skew', { id }, { signal });
    const questionOf = { id, limit: matchedAtOnce, skewMs: skewMs ?? 0, away: away() };
    let after: { at: number; row: number } | null = null;
    let done = 0;
    for (;;) {
      signal.throwIfAborted();
      const answer: Awaited<ReturnType<typeof ask>> = await ask(after);
      if (answer.last === null) break;
      for (let at = 0; at < answer.matches.length; at += matchesStoredAtOnce) {
        await store.match(id, answer.matches.slice(at, at + matchesStoredAtOnce));
      }
      after = answer.last;
      done += answer.matches.length;
      const log = get(id);
      const matched = log.matched + answer.matches.filter(({ main }) => main !== null).length;
      set({ ...log, matched, progress: log.entries === 0 ? 1 : Math.min(1, done / log.entries) });
    }
    const jobs = await runner.run('azure.jobs', { id }, { signal });
    if (jobs.length > 0) await store.markForeign(id, jobs);
    const { broken, ...log } = get(id);
    const kept = broken === 'Matching was stopped.' || broken === 'Matching failed. Try again.' ? null : broken;
    await store.save(set({ ...log, broken: kept, state: 'ready', progress: 1, skewMs }));

    function ask(from: { at: number; row: number } | null) {
      return runner.run('azure.match', { ...questionOf, after: from }, { signal, timeoutMs: matchTimeoutMs });
    }
  }

  async function stopWork(id: number): Promise<void> {
    await stop([...working].filter((one) => one.id === id));
  }

  async function stop(works: { abort: AbortController; over: Promise<void> }[]): Promise<void> {
    for (const { abort } of works) abort.abort();
    await Promise.all(works.map(({ over }) => over));
  }

  async function forget(id: number): Promise<void> {
    if (reading?.log.id === id) {
      const one = reading;
      reading = null;
      clearTimeout(one.idle);
      await one.turn;
      clearTimeout(one.idle);
    }
    logs.delete(id);
    await stopWork(id);
    await store.delete(id);
  }

  for (const one of logs.values()) {
    if (one.state === 'unmatched')
      store.save(one).catch((error: unknown) => report.error('An import could not be stored.', { error }));
  }
  store.tidy().catch((error: unknown) => {
    // The next start goes on with it.
    if (!closed) report.error('Deleted imports could not be tidied away.', { error });
  });

  return {
    list: () => [...logs.values()].sort((a, b) => b.id - a.id),

    async begin(files) {
      if (reading !== null || beginning) {
        throw new RequestError('taken', 'Another log is being read: wait for it, or cancel it.');
      }
      const [first, ...more] = files;
      if (first === undefined) throw new RequestError('invalid', 'There is no file.');
      beginning = true;
      const draft: Omit<AzureImport, 'id'> = {
        name: more.length === 0 ? first.name : `${first.name} and ${more.length} more`,
        at: clock.now(),
        state: 'reading',
        progress: 0,
        files: files.map(({ name, bytes }) => ({ name, bytes, format: null, read: 0, problemCount: 0, problems: [] })),
        broken: null,
        entries: 0,
        duplicates: 0,
        byStatus: { success: 0, failure: 0, skipped: 0, warning: 0, unknown: 0 },
        from: null,
        to: null,
        matched: 0,
        skewMs: null,
      };
      try {
        const log = await store.create(draft);
        logs.set(log.id, log);
        reading = {
          log,
          readers: files.map(createLogReader),
          file: 0,
          received: 0,
          turn: Promise.resolve(),
          idle: setTimeout(() => undefined, 0),
        };
        return log;
      } finally {
        beginning = false;
      }
    },

    async write(id, file, bytes) {
      const one = readingOf(id);
      await inTurn(one, () => take(one, file, bytes));
    },

    async finish(id) {
      const one = readingOf(id);
      await inTurn(one, () => endReading(one, null));
    },

    async cancel(id) {
      if (reading?.log.id === id) await forget(id);
      else {
        get(id);
        await stopWork(id);
      }
    },

    async match(id) {
      const log = get(id);
      if (log.state !== 'ready' && log.state !== 'unmatched') {
        throw new RequestError('taken', 'This import is being worked on.');
      }
      set({ ...log, state: 'matching', progress: 0 });
      work(id, store.waiting(id) > 0);
    },

    async delete(id) {
      get(id);
      await forget(id);
    },

    rows: (question, signal) => runner.run('azure.rows', question, { signal }),

    async row(id, row) {
      const found = await runner.run('azure.row', { id, row });
      if (found === null) return null;
      const matches: AzureMatch[] = [];
      for (const { code, ...match } of found.matches) {
        const call = await calls.call(code);
        if (call === null) continue;
        const { at, method, path, status, outcome, practice, durationMs, sentence } = call;
        matches.push({ code, ...match, at, method, path, status, outcome, practice, durationMs, sentence });
      }
      const { missing, at } = found.row;
      return {
        ...found.row,
        entry: found.entry,
        matches,
        missingWords: missing === null ? null : await words(id, missing, at, found.entry),
      };
    },

    insight(id, signal) {
      const { from, to, skewMs } = get(id);
      return runner.run('azure.insight', { id, from, to, skewMs: skewMs ?? 0 }, { signal });
    },

    async silent(question, signal) {
      const { from, to, skewMs } = get(question.id);
      if (from === null || to === null) return { calls: [], next: null };
      const skew = skewMs ?? 0;
      const asked = { ...question, from: from - skew, to: to - skew };
      const { positions, next } = await runner.run('azure.silent', asked, { signal });
      return { calls: await calls.summaries(positions), next };
    },

    timeline(question, signal) {
      const { skewMs } = get(question.id);
      return runner.run('azure.timeline', { ...question, skewMs: skewMs ?? 0 }, { signal });
    },

    csv: (question) => runner.run('azure.csv', question),

    async close() {
      closed = true;
      store.close();
      if (reading !== null) {
        const one = reading;
        reading = null;
        clearTimeout(one.idle);
        await one.turn;
        clearTimeout(one.idle);
      }
      await stop([...working]);
    },
  };

  async function words(
    id: number,
    why: NonNullable<AzureRowDetail['missing']>,
    at: number | null,
    entry: AzureRowDetail['entry'],
  ): Promise<string> {
    const moment = (at ?? 0) - (get(id).skewMs ?? 0);
    const around = await runner.run('azure.around', { at: moment });
    return missingWords(why, { at: moment, stopped: stoppedBefore(entry), away: away(), ...around });
  }
}

/** An import as it is found at a start: what was under way is not any more. */
function interrupted(log: AzureImport): AzureImport {
  if (log.state === 'ready' || log.state === 'unmatched') return log;
  const broken =
    log.state === 'reading'
      ? 'The pilot stopped while the files were read: what had been read is kept.'
      : 'Matching was stopped.';
  return { ...log, state: 'unmatched', progress: 0, broken };
}

function filesOf({ log, readers }: Reading): AzureImport['files'] {
  return log.files.map((file, index) => {
    const reader = readers[index];
    if (reader === undefined) return file;
    const { format, read, problemCount, problems } = reader;
    return { ...file, format, read, problemCount, problems: [...problems] };
  });
}

function progressOf({ log, received }: Reading): number {
  const all = log.files.reduce((sum, { bytes }) => sum + bytes, 0);
  return all === 0 ? 1 : Math.min(1, received / all);
}
