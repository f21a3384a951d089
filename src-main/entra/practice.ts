import { RequestError } from '../contract/catalogue/errors.ts';
import type {
  Clock,
  CustomField,
  FieldType,
  PracticeActivity,
  PracticeOptions,
  PracticeRun,
} from '../contract/index.ts';
import type { SimulatorEvent } from './simulator/events.ts';
import type { Leaf } from './simulator/mapping.ts';
import { simulate } from './simulator/simulate.ts';

/** Calls that a run remembers for the window; the feed has them all. */
const remembered = 100;

export interface PracticeContext {
  clock: Clock;
  /** Where Azure would send, on this machine, and with which token; null while this host can't open the token. */
  target(): { url: string; token: string } | null;
  /** What the activity `custom fields` fills. */
  fields(): Pick<CustomField, 'label' | 'attribute' | 'type'>[];
  /** A run has begun or ended. */
  changed(): void;
}

/** The people of the activities that are played alone: the same ones from step to step, others than those of a usual run. */
const guideTenant: PracticeOptions = { users: 5, groups: 1, seed: 365, compliant: false };

/** Practice runs against this pilot, one at a time. */
export interface Practice {
  /** The run under way, else the last one; null before the first. */
  run(): PracticeRun | null;
  /** Begins a run. Throws `RequestError` while one is under way, or without a token to send. */
  start(options: PracticeOptions): void;
  /** Begins one activity alone, with a handful of people. Throws as `start` does. */
  play(activity: PracticeActivity): void;
  /** Ends the run under way after the call that it waits for. */
  stop(): void;
  /** Ends it and waits for its end. */
  close(): Promise<void>;
}

/** Plays Entra (`simulate`) over real HTTP against the pilot's own endpoint; its calls are marked practice there. */
export function createPractice({ clock, target, fields, changed }: PracticeContext): Practice {
  let run: PracticeRun | null = null;
  let cancel = new AbortController();
  let over: Promise<void> = Promise.resolve();

  async function follow(current: PracticeRun, to: { url: string; token: string }): Promise<void> {
    const { options, activity } = current;
    const alone = activity === null ? {} : { activity, fields: fields().map(sample) };
    try {
      for await (const event of simulate({ ...to, ...options, ...alone, clock }, cancel.signal)) note(current, event);
    } catch (error) {
      const stopped = `The run broke off: ${error instanceof Error ? error.message : String(error)}`;
      const durationMs = clock.now() - current.startedAt;
      current.end = { updated: 0, disabled: 0, escrowed: 0, medianMs: null, durationMs, cancelled: false, stopped };
    } finally {
      current.running = false;
      current.endedAt = clock.now();
      changed();
    }
  }

  function begin(options: PracticeOptions, activity: PracticeActivity | null): void {
    if (run?.running) throw new RequestError('invalid', 'A practice run is under way: stop it first.');
    const to = target();
    if (to === null) {
      throw new RequestError(
        'invalid',
        'The Secret Token was sealed elsewhere and can not be opened here: rotate it first.',
      );
    }
    cancel = new AbortController();
    const counts = { calls: 0, failed: 0, odd: 0, created: 0 };
    const begun = { startedAt: clock.now(), running: true, endedAt: null };
    run = { activity, options, ...begun, phases: [], ...counts, latest: [], end: null };
    changed();
    over = follow(run, to);
  }

  return {
    run: () => run,
    start: (options) => begin(options, null),
    play: (activity) => begin(guideTenant, activity),
    stop: () => cancel.abort(),
    close() {
      cancel.abort();
      return over;
    },
  };
}

/** Values of each type, recognisable as practice where the type lets them be. */
const samples: Record<FieldType, (label: string) => Leaf['value']> = {
  String: (label) => `Practice ${label}`,
  Integer: () => 42,
  Boolean: () => true,
  DateTime: () => '2026-01-15T08:30:00Z',
};

function sample({ label, attribute, type }: Pick<CustomField, 'label' | 'attribute' | 'type'>): Leaf {
  return { target: attribute, value: samples[type](label) };
}

function note(run: PracticeRun, event: SimulatorEvent): void {
  if (event.type === 'phase') {
    run.phases.push({ name: event.phase, sentence: event.sentence, calls: 0 });
    return;
  }
  if (event.type === 'end') {
    const { calls, failed, odd, created, ...end } = event.summary;
    Object.assign(run, { calls, failed, odd, created, end });
    return;
  }
  const { call, outcome, code, sentence } = event;
  const { number, at, method, path, status, durationMs } = call;
  run.calls += 1;
  if (outcome !== 'ok') run[outcome] += 1;
  if (method === 'POST' && status === 201) run.created += 1;
  const phase = run.phases.at(-1);
  if (phase !== undefined) phase.calls += 1;
  run.latest.push({ number, at, method, path, status, durationMs, outcome, sentence, code });
  if (run.latest.length > remembered) run.latest.shift();
}
