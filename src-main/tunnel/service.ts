import type { Socket } from 'node:net';
import type Database from 'better-sqlite3';
import { ownProblem, type TunnelProblem } from '../contract/catalogue/tunnel.ts';
import type {
  Clock,
  Log,
  SecretStore,
  TunnelChoice,
  TunnelRequest,
  TunnelSettings,
  TunnelSettingsChange,
  TunnelStatus,
  WorkerHost,
  Writer,
} from '../contract/index.ts';
import { createChecks } from './checks.ts';
import { checkNgrokAuthtoken, createNgrokProvider, type NgrokOptions } from './ngrok/index.ts';
import { createOwnProvider } from './own/index.ts';
import { TunnelFailure, type TunnelProvider } from './provider.ts';
import type { Reach } from './reach.ts';
import { endingOf, openTunnelStore, readAuthtoken, readChange, type StoredTunnel, shownSettings } from './settings.ts';
import { superviseTunnel, type Tunnel, type TunnelReport } from './supervisor.ts';
import { watchWakefulness } from './wakefulness.ts';

export interface TunnelOptions {
  db: Database.Database;
  writer: Writer;
  secrets: SecretStore;
  clock: Clock;
  log: Log;
  workers: WorkerHost;
  reach: Reach;
  request: TunnelRequest;
  /** The SCIM listener's port on 127.0.0.1. */
  localPort: number;
  /** The SCIM listener takes a connection that a tunnel brings it otherwise. */
  accept(socket: Socket): void;
  /** The public origin is another one now; also called at the start when there is one. */
  onOrigin(origin: string | null): void;
}

/** How Azure reaches this pilot: what is wanted, how it is, and what the admin may do about it. */
export interface TunnelService {
  status(): TunnelStatus;
  /** Called after every change of the status; returns what ends that. */
  onChange(listener: (status: TunnelStatus) => void): () => void;
  /** An accepted call came in by the public address. `practice`: not from Azure. */
  called(practice: boolean): void;
  settings(): TunnelSettings;
  /**
   * Stores the change, seals the authtoken that was pasted with it (null: the stored one stays), and follows both: a tunnel
   * that runs is brought up anew, once. Null, or what is wrong (then nothing is stored).
   */
  save(change: TunnelSettingsChange, pastedAuthtoken: string | null): Promise<TunnelProblem | null>;
  /** Asks ngrok whether it takes this authtoken, by a short session of its own. Null: it does. */
  checkAuthtoken(pasted: string, signal: AbortSignal): Promise<TunnelProblem | null>;
  forgetAuthtoken(): Promise<void>;
  /** Brings the tunnel up, also again after it was given up. */
  start(): Promise<void>;
  /** Ends it; no session is left. */
  stop(): Promise<void>;
  /** Tries the public address now. */
  check(): Promise<TunnelStatus>;
  /** The machine woke up or its network changed. */
  wake(): void;
  close(): Promise<void>;
}

/** A tunnel that was started. */
interface Running {
  tunnel: Tunnel;
  abort: AbortController;
}

const off: TunnelReport = { state: 'off', session: null, problem: null, nextTryInMs: null };

/** Opens the tunnel of a pilot: what the command line asks for, else what is stored and starts with the pilot. */
export function openTunnel(options: TunnelOptions): TunnelService {
  const { db, writer, secrets, clock, log, workers, reach, request, localPort, accept, onOrigin } = options;
  const store = openTunnelStore(db, writer);
  const listeners = new Set<(status: TunnelStatus) => void>();
  const closing = new AbortController();
  let running: Running | null = null;
  let report = off;
  let since = clock.now();
  let reportedAt = since;
  let origin: string | null = null;
  /** Starts and stops follow one another. */
  let queue: Promise<unknown> = Promise.resolve();
  const checks = createChecks({ reach, clock, onResult: changed });

  function choice(): TunnelChoice {
    if (request.choice !== null) return request.choice;
    const { kind, ownOrigin } = store.settings;
    if (kind === 'own') return ownOrigin === null ? { kind: 'none' } : { kind, publicOrigin: ownOrigin };
    return { kind };
  }

  function ngrokOptions(authtoken: string | null): NgrokOptions {
    const { domain, server, ca } = store.settings;
    const fixed = request.ngrok;
    return { workers, clock, authtoken, domain, server: fixed.server ?? server, ca: fixed.ca ?? ca, accept };
  }

  /** Throws `TunnelFailure` when the stored authtoken can't be opened here. */
  async function openAuthtoken(): Promise<string | null> {
    if (request.ngrok.authtoken !== null) return request.ngrok.authtoken;
    const { authtoken } = store.settings;
    if (authtoken === null) return null;
    const plain = authtoken.sealedBy === secrets.kind ? await open(authtoken.sealed) : null;
    if (plain === null) throw new TunnelFailure(ownProblem('authtoken-sealed'), 'never');
    return plain;
  }

  /** Null for what can't be opened, for whatever reason: the key file damaged, the keyring locked. */
  function open(sealed: string): Promise<string | null> {
    return secrets.open(sealed).catch((error: unknown) => {
      log.error("The stored authtoken can't be opened", { error });
      return null;
    });
  }

  async function seal(authtoken: string): Promise<StoredTunnel['authtoken']> {
    return { sealed: await secrets.seal(authtoken), sealedBy: secrets.kind, ending: endingOf(authtoken) };
  }

  async function makeProvider(wanted: TunnelChoice): Promise<TunnelProvider | null> {
    switch (wanted.kind) {
      case 'none':
        return null;
      case 'own':
        return createOwnProvider(wanted.publicOrigin);
      case 'ngrok':
        return createNgrokProvider(ngrokOptions(await openAuthtoken()));
    }
  }

  async function begin(): Promise<void> {
    const wanted = choice();
    if (running !== null || wanted.kind === 'none') return;
    const abort = new AbortController();
    take({ ...off, state: 'starting' });
    try {
      const provider = await makeProvider(wanted);
      if (provider === null) return;
      const tunnel = superviseTunnel({ provider, clock, log, report: (news) => take(news, provider) });
      running = { tunnel, abort };
      // How it goes is in the reports.
      tunnel.start(localPort, abort.signal).catch(() => {});
    } catch (error) {
      if (!(error instanceof TunnelFailure)) throw error;
      take({ ...off, state: 'down', problem: error.problem });
    }
  }

  async function end(): Promise<void> {
    const ending = running;
    running = null;
    ending?.abort.abort(new Error('The tunnel was stopped.'));
    await ending?.tunnel.stop();
    take(off);
  }

  function take(news: TunnelReport, provider?: TunnelProvider): void {
    const now = clock.now();
    if (news.state !== report.state) since = now;
    report = news;
    reportedAt = now;
    const { session } = news;
    if (session !== null && provider !== undefined) {
      if (provider.kind === 'ngrok' && session.url !== store.memory.last) store.remember({ last: session.url });
      checks.begin(session.url, provider.checkEvery);
    } else checks.end();
    changed();
  }

  function originNow(): string | null {
    const wanted = choice();
    if (report.state === 'off' || wanted.kind === 'none') return null;
    if (wanted.kind === 'own') return wanted.publicOrigin;
    if (report.session !== null) return report.session.url;
    // Until it is up: where it was last, unless another domain is asked for.
    const { last } = store.memory;
    const { domain } = store.settings;
    return last !== null && (domain === null || new URL(last).host === domain) ? last : null;
  }

  function changed(): void {
    const now = originNow();
    if (now !== origin) {
      origin = now;
      onOrigin(now);
    }
    const current = status();
    for (const listener of listeners) listener(current);
  }

  function status(): TunnelStatus {
    const { seenByAzure } = store.memory;
    const { state, problem, nextTryInMs } = report;
    return {
      kind: choice().kind,
      state,
      since,
      publicOrigin: origin,
      reach: checks.latest(),
      problem,
      nextTryAt: nextTryInMs === null ? null : reportedAt + nextTryInMs,
      stale:
        origin === null || seenByAzure === null || seenByAzure === origin
          ? null
          : { seenOrigin: seenByAzure, publicOrigin: origin },
    };
  }

  /** Runs after what was asked before. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work);
    queue = done.catch(() => {});
    return done;
  }

  /** Follows changed settings: a tunnel that runs, or was given up, is brought up anew with them. */
  async function follow(before: string): Promise<void> {
    if (JSON.stringify(choice()) === before && report.state === 'off') return changed();
    await end();
    await begin();
  }

  const stopWatching = watchWakefulness(clock, () => service.wake());
  const service: TunnelService = {
    status,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    called(practice) {
      checks.proven();
      if (practice || store.memory.seenByAzure === origin) return;
      store.remember({ seenByAzure: origin });
      changed();
    },
    settings: () => shownSettings(store.settings, request, secrets.kind),
    save: (change, pastedAuthtoken) =>
      inTurn(async () => {
        const read = readChange(change);
        if ('code' in read) return read;
        const pasted = pastedAuthtoken === null ? null : readAuthtoken(pastedAuthtoken);
        if (pasted !== null && 'problem' in pasted) return pasted.problem;
        // What the start fixed is shown, but is not the admin's to store.
        const { server, ca } = store.settings;
        const fixed = request.ngrok;
        const next = {
          ...read,
          server: fixed.server === null ? read.server : server,
          ca: fixed.ca === null ? read.ca : ca,
        };
        const before = JSON.stringify(choice());
        const { startWithApp: _now, ...old } = pick(store.settings);
        const { startWithApp: _then, ...wanted } = next;
        await store.save(pasted === null ? next : { ...next, authtoken: await seal(pasted.authtoken) });
        const newAuthtoken = pasted !== null && choice().kind === 'ngrok';
        if (newAuthtoken || JSON.stringify(old) !== JSON.stringify(wanted)) await follow(before);
        return null;
      }),
    async checkAuthtoken(pasted, signal) {
      const read = readAuthtoken(pasted);
      if ('problem' in read) return read.problem;
      try {
        await checkNgrokAuthtoken(ngrokOptions(read.authtoken), AbortSignal.any([signal, closing.signal]));
        return null;
      } catch (error) {
        if (error instanceof TunnelFailure) return error.problem;
        throw error;
      }
    },
    forgetAuthtoken: () =>
      inTurn(async () => {
        await store.save({ authtoken: null });
        if (choice().kind === 'ngrok' && request.ngrok.authtoken === null) await end();
      }),
    start: () =>
      inTurn(async () => {
        if (report.state === 'down') await end();
        await begin();
      }),
    stop() {
      // An attempt under way is ended at once, not waited for.
      running?.abort.abort(new Error('The tunnel was stopped.'));
      return inTurn(end);
    },
    async check() {
      await checks.now();
      return status();
    },
    wake() {
      running?.tunnel.nudge(async () => (await checks.now())?.ok === true);
    },
    async close() {
      stopWatching();
      closing.abort(new Error('The pilot stops.'));
      await service.stop();
      listeners.clear();
    },
  };
  if (request.choice !== null || store.settings.startWithApp) {
    queue = begin().catch((error: unknown) => log.error('The tunnel could not be started', { error }));
  }
  return service;
}

function pick({ kind, startWithApp, ownOrigin, domain, server, ca }: TunnelSettingsChange): TunnelSettingsChange {
  return { kind, startWithApp, ownOrigin, domain, server, ca };
}
