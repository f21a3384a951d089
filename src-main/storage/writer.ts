import type Database from 'better-sqlite3';
import type { Log, Outcome, Writer } from '../contract/index.ts';
import { isStorageError, StorageUnavailable } from './errors.ts';

export interface WriterOptions {
  log: Log;
  /**
   * How long appended jobs may wait for company, milliseconds. Each group costs an fsync, but the window shows a call only
   * when its record is stored.
   */
  appendDelayMs?: number;
  /** How long jobs wait after a group that could not be stored, milliseconds. */
  retryDelayMs?: number;
  /** Jobs kept in memory while the disk refuses; beyond it the oldest are dropped and counted in the log. */
  maxWaitingJobs?: number;
}

interface Unit {
  /** Runs `work` and `settle` inside the open transaction; what either throws is thrown on. */
  run(): void;
  /** The same in savepoints; throws only when the whole group is lost. */
  runApart(): void;
  /** After COMMIT. */
  resolve(): void;
  /** Nothing of the group is stored. */
  refuse(error: StorageUnavailable): void;
}

interface Job {
  write(): void;
  committed: (() => void) | undefined;
}

/** More units than this wait for the next group, so that one flush never holds the thread for long. */
const maxGroup = 1_000;

/**
 * The single writer of `db` (see `Writer` in the contract). A group first runs without savepoints, for each makes SQLite copy
 * the pages that change under it: when something throws, all of the group is rolled back and run again, each unit in a savepoint
 * of its own, and so is the group after it.
 */
export function createWriter(db: Database.Database, options: WriterOptions): Writer {
  const { log, appendDelayMs = 20, retryDelayMs = 1_000, maxWaitingJobs = 20_000 } = options;
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const savepoint = db.prepare('SAVEPOINT unit');
  const release = db.prepare('RELEASE unit');
  const rollbackTo = db.prepare('ROLLBACK TO unit');

  let units: Unit[] = [];
  let jobs: Job[] = [];
  let idle: (() => void)[] = [];
  let immediate: NodeJS.Immediate | null = null;
  let timer: NodeJS.Timeout | null = null;
  let failing = false;
  let dropped = 0;
  /** Whether COMMIT waits for the disk. */
  let fsynced = true;
  /** The group before this one had something in it that threw. */
  let careful = false;
  const undone: (() => void)[] = [];

  /** Somebody waits for a unit, and may rely on it; the records of calls long answered can do without an fsync of their own. */
  function fsync(wanted: boolean): void {
    if (wanted === fsynced) return;
    db.pragma(`synchronous = ${wanted ? 'FULL' : 'NORMAL'}`);
    fsynced = wanted;
  }

  /** Runs `write` in a savepoint: what it throws undoes it. */
  function apart<T>(write: () => T): T {
    savepoint.run();
    try {
      const result = write();
      release.run();
      return result;
    } catch (error) {
      if (isFatal(error)) throw error;
      rollbackTo.run();
      release.run();
      careful = true;
      for (const tell of undone) tell();
      throw error;
    }
  }

  /** Nothing of the group can be kept. */
  function isFatal(error: unknown): boolean {
    return isStorageError(error) || !db.inTransaction;
  }

  function within<T>(part: () => T): Outcome<T> {
    try {
      return { ok: true, value: apart(part) };
    } catch (error) {
      if (isFatal(error)) throw error;
      return { ok: false, error };
    }
  }

  function unitOf<W, R>(
    work: () => W,
    settle: (outcome: Outcome<W>) => R,
    resolve: (result: R) => void,
    reject: (error: unknown) => void,
  ): Unit {
    let answer: () => void = () => reject(new Error('This unit of work was never run.'));

    return {
      run() {
        const result = settle({ ok: true, value: work() });
        answer = () => resolve(result);
      },
      runApart() {
        try {
          const result = apart(() => settle(within(work)));
          answer = () => resolve(result);
        } catch (error) {
          if (isFatal(error)) throw error;
          answer = () => reject(error);
        }
      },
      resolve: () => answer(),
      refuse: reject,
    };
  }

  function runJobApart(job: Job): boolean {
    try {
      apart(job.write);
      return true;
    } catch (error) {
      if (isFatal(error)) throw error;
      log.error('A record could not be stored and is lost.', { error });
      return false;
    }
  }

  /** The turn's snapshot of reads ends before anything is written; within it, not even fsync can be told. */
  function endSnapshot(): void {
    if (!db.inTransaction) return;
    try {
      commit.run();
    } catch (error) {
      if (db.inTransaction) rollback.run();
      throw error;
    }
  }

  /** Runs `write` in a transaction, or throws with nothing of it stored. */
  function transact<T>(write: () => T): T {
    try {
      begin.run();
      const result = write();
      commit.run();
      return result;
    } catch (error) {
      if (db.inTransaction) rollback.run();
      for (const tell of undone) tell();
      throw error;
    }
  }

  /**
   * Stores one group, or throws with nothing of it stored. Gives the jobs that were written; they come first, for a job's call was
   * answered when it was appended, a unit's is answered after COMMIT: this is the order of the answers.
   */
  function store(group: Unit[], batch: Job[]): Job[] {
    endSnapshot();
    fsync(group.length > 0);
    if (!careful) {
      try {
        return transact(() => {
          for (const job of batch) job.write();
          for (const unit of group) unit.run();
          return batch;
        });
      } catch (error) {
        if (isStorageError(error)) throw error;
      }
    }
    careful = false;
    return transact(() => {
      const written = batch.filter(runJobApart);
      for (const unit of group) unit.runApart();
      return written;
    });
  }

  function flush(): void {
    cancelTimers();
    const group = units.length > maxGroup ? units.splice(0, maxGroup) : units;
    if (group === units) units = [];
    const batch = jobs;
    jobs = [];
    if (group.length + batch.length > 0) attempt(group, batch);
    if (units.length > 0) soon();
    else if (jobs.length > 0) later(failing ? retryDelayMs : appendDelayMs);
    if (units.length === 0) {
      const waiting = idle;
      idle = [];
      for (const done of waiting) done();
    }
  }

  function attempt(group: Unit[], batch: Job[]): void {
    try {
      const written = store(group, batch);
      if (dropped > 0) log.warn(`${dropped} records of calls were dropped and are lost.`);
      if (failing) log.info('The data folder can be written again.');
      failing = false;
      dropped = 0;
      // In a microtask queued before those of the units: announced in the order of the answers.
      if (written.length > 0) queueMicrotask(() => announce(written));
      for (const unit of group) unit.resolve();
    } catch (error) {
      if (!db.open) {
        abandon(group, batch.concat(jobs), error);
        return;
      }
      if (!failing) log.error('The data folder can not be written; calls are answered with 503.', { error });
      failing = true;
      for (const unit of group) unit.refuse(new StorageUnavailable(error));
      jobs = keepNewest(batch.concat(jobs));
    }
  }

  /** The database is closed: nothing will ever be stored. */
  function abandon(group: Unit[], lost: Job[], error: unknown): void {
    for (const unit of group) unit.refuse(new StorageUnavailable(error));
    jobs = [];
    if (lost.length > 0) {
      log.error('Records of calls were never stored: the database was closed first.', { recordsLost: lost.length });
    }
  }

  /** What one of them throws hurts nobody else. */
  function announce(written: Job[]): void {
    for (const { committed } of written) {
      try {
        committed?.();
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  function keepNewest(waiting: Job[]): Job[] {
    const excess = waiting.length - maxWaitingJobs;
    if (excess <= 0) return waiting;
    // Told once, not for each call; how many there were is told when the rest is stored.
    if (dropped === 0)
      log.warn(`More than ${maxWaitingJobs} records of calls wait to be stored: the oldest are dropped.`);
    dropped += excess;
    return waiting.slice(excess);
  }

  function soon(): void {
    immediate ??= setImmediate(gather, 0);
  }

  /**
   * Units that come together arrive over several turns: a group begins when a turn has brought no more than the one before,
   * which costs a lonely unit a few microseconds and lets a burst share one fsync.
   */
  function gather(before: number): void {
    if (units.length === before || units.length >= maxGroup) flush();
    else immediate = setImmediate(gather, units.length);
  }

  function later(delayMs: number): void {
    if (immediate === null) timer ??= setTimeout(flush, delayMs);
  }

  function cancelTimers(): void {
    if (immediate !== null) clearImmediate(immediate);
    if (timer !== null) clearTimeout(timer);
    immediate = null;
    timer = null;
  }

  return {
    submit<W, R>(work: () => W, settle: (outcome: Outcome<W>) => R): Promise<R> {
      return new Promise<R>((resolve, reject) => {
        units.push(unitOf(work, settle, resolve, reject));
        soon();
      });
    },
    within,
    onUndone(tell) {
      undone.push(tell);
    },
    append(write, committed) {
      jobs.push({ write, committed });
      if (jobs.length > maxWaitingJobs) jobs = keepNewest(jobs);
      if (timer === null) later(failing ? retryDelayMs : appendDelayMs);
    },
    drained() {
      if (units.length + jobs.length === 0) return Promise.resolve();
      return new Promise((resolve) => {
        idle.push(resolve);
        soon();
      });
    },
  };
}
