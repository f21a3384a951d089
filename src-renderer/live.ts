import type { CallSummary, PilotEvent, PilotStatus, PilotTrouble } from '../src-main/contract/index.ts';
import { client } from './api.ts';
import { openSession } from './session.ts';

/** What the window knows of the pilot right now. */
export interface LiveState {
  /** Null until the first event. */
  status: PilotStatus | null;
  /** `connecting`: the first connection. `offline`: it was there and is gone. `refused`: the host knows this page no more. */
  link: 'connecting' | 'live' | 'offline' | 'refused';
  /** Why no pilot is open; null while one is. */
  trouble: PilotTrouble | null;
  /** When the connection was lost, milliseconds since 1970; null while it holds. */
  offlineSince: number | null;
}

type CallsListener = (calls: CallSummary[]) => void;

const RETRY_MS = 1_000;
/** What arrives in a burst is shown together, so often at most; the first of it at once. */
const SHOWN_EVERY_MS = 150;

/**
 * The one event subscription of this tab. It is closed while the tab is hidden (a browser allows six connections to a host)
 * and resumes from the last event's id, so nothing is missed or told twice.
 */
class Live {
  #state: LiveState = { status: null, link: 'connecting', trouble: null, offlineSince: null };
  #lastId: string | null = null;
  #newest = 0;
  #turn = 0;
  /** What has arrived and is not shown yet. */
  #waiting: { calls: CallSummary[]; status: PilotStatus | null } = { calls: [], status: null };
  #shownAt = Number.NEGATIVE_INFINITY;
  #showing: ReturnType<typeof setTimeout> | undefined;
  #open: { unsubscribe(): void } | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #stateListeners = new Set<() => void>();
  readonly #callListeners = new Set<CallsListener>();
  readonly #resetListeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  };

  readonly state = (): LiveState => this.#state;

  /** Calls as they are stored, oldest first, each exactly once. */
  onCalls(listener: CallsListener): () => void {
    this.#callListeners.add(listener);
    return () => this.#callListeners.delete(listener);
  }

  /** What is on screen may have gaps: read it again. */
  onReset(listener: () => void): () => void {
    this.#resetListeners.add(listener);
    return () => this.#resetListeners.delete(listener);
  }

  /** Connects and follows the tab's visibility; the answer disconnects. */
  start(): () => void {
    const follow = () => (document.visibilityState === 'hidden' ? this.#disconnect() : this.#connect());
    document.addEventListener('visibilitychange', follow);
    follow();
    return () => {
      document.removeEventListener('visibilitychange', follow);
      this.#disconnect();
    };
  }

  #connect(): void {
    clearTimeout(this.#retry);
    if (this.#open !== null) return;
    // A closed subscription may still report; only the current one is listened to.
    const turn = ++this.#turn;
    const current = (act: () => void) => {
      if (turn === this.#turn) act();
    };
    this.#open = client.watch.subscribe(this.#lastId === null ? undefined : { lastEventId: this.#lastId }, {
      onData: (numbered) => current(() => this.#take(numbered.id, numbered.data)),
      onConnectionStateChange: (change) =>
        current(() => {
          if (change.state === 'pending') this.#set({ link: 'live', offlineSince: null });
          else if (change.state === 'connecting' && change.error) this.#lost();
        }),
      onError: () => current(() => this.#again()),
      onComplete: () => current(() => this.#again()),
    });
  }

  #disconnect(): void {
    clearTimeout(this.#retry);
    this.#turn += 1;
    this.#open?.unsubscribe();
    this.#open = null;
  }

  /** The stream ended or was refused, which an EventSource takes as final: open another. */
  #again(): void {
    this.#open = null;
    this.#lost();
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#reopen(), RETRY_MS);
  }

  /** A host that was started anew has a new key: then only its printed link helps. */
  async #reopen(): Promise<void> {
    const turn = this.#turn;
    const allowed = await openSession().catch(() => null);
    if (turn !== this.#turn) return;
    if (allowed === true) this.#connect();
    else if (allowed === false) this.#set({ link: 'refused' });
    else this.#again();
  }

  #lost(): void {
    if (this.#state.link !== 'offline') this.#set({ link: 'offline', offlineSince: Date.now() });
  }

  #take(id: string, event: PilotEvent): void {
    this.#lastId = id;
    if (event.type === 'closed') this.#set({ trouble: event.trouble });
    else if (event.type === 'reset') {
      this.#waiting.calls = [];
      this.#newest = Number(id);
      for (const listener of this.#resetListeners) listener();
    } else {
      if (event.type === 'status') this.#waiting.status = event.status;
      else this.#waiting.calls.push(...event.calls);
      const wait = this.#shownAt + SHOWN_EVERY_MS - performance.now();
      if (wait <= 0) this.#show();
      else this.#showing ??= setTimeout(() => this.#show(), wait);
    }
  }

  #show(): void {
    clearTimeout(this.#showing);
    this.#showing = undefined;
    const { calls, status } = this.#waiting;
    this.#waiting = { calls: [], status: null };
    if (calls.length > 0) this.#tell(calls);
    if (status !== null) this.#set({ status, trouble: null });
    // Counted from the end: whoever needs long for it gets a pause as well.
    this.#shownAt = performance.now();
  }

  #tell(calls: CallSummary[]): void {
    const fresh = calls.filter((call) => call.position > this.#newest);
    const last = fresh.at(-1);
    if (last === undefined) return;
    this.#newest = last.position;
    for (const listener of this.#callListeners) listener(fresh);
  }

  #set(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#stateListeners) listener();
  }
}

export const live = new Live();
