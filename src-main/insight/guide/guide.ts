import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { GuideFacts } from '../../calls/index.ts';
import { RequestError } from '../../contract/catalogue/errors.ts';
import { plain } from '../../contract/catalogue/explanations/index.ts';
import { type GuideStepId, guideSteps } from '../../contract/catalogue/guide-steps.ts';
import type { Clock, Explanation, Guide, GuideStep, TunnelStatus, Writer } from '../../contract/index.ts';
import { readSetting, unwrapped, writeSetting } from '../../storage/index.ts';
import {
  beforeChecks,
  type DetectedStep,
  detectSteps,
  finishChecks,
  type GuideSignals,
  tooManyCame,
} from './detect.ts';
import { readPortalAddress } from './portal.ts';

const key = 'guide';
const call = z.object({
  code: z.string(),
  at: z.int(),
  status: z.int(),
  name: z.string().nullable(),
  detail: z.string().nullable(),
});
const memory = z.object({
  /** Calls before it do not count, milliseconds since 1970. */
  since: z.int(),
  ticks: z.record(z.string(), z.int()),
  /** Steps that were seen working: they stay so when their calls are no longer kept. */
  seen: z.record(z.string(), z.object({ at: z.int().nullable(), words: z.string().nullable(), call: call.nullable() })),
  portal: z.object({ objectId: z.string(), appId: z.string().nullable() }).nullable(),
});
type Memory = z.infer<typeof memory>;

/** Where the guide is kept among the settings. */
export const guideKey = key;

/** The guide once everything else was erased, as stored: it begins anew, but what was done at the pilot's end stays ticked. */
export function guideAfterErasure(stored: string, at: number): string {
  const { ticks } = memory.parse(JSON.parse(stored));
  const ends: readonly string[] = finishChecks;
  const kept = Object.entries(ticks).filter(([name]) => ends.includes(name));
  return JSON.stringify({ ...fresh(at), ticks: Object.fromEntries(kept) });
}

const fresh = (since: number): Memory => ({ since, ticks: {}, seen: {}, portal: null });

const tickNames = new Set<string>([
  'application',
  'connect',
  'assign',
  'mappings',
  'start',
  'verify',
  ...beforeChecks,
  ...finishChecks,
]);

/** Steps whose state is of the moment, not of the past. */
const ofTheMoment = new Set<GuideStepId>(['endpoint']);

export interface GuideOptions {
  db: Database.Database;
  writer: Writer;
  clock: Clock;
  facts(since: number): Promise<GuideFacts>;
  tunnel(): TunnelStatus;
  limit(): Guide['limit'];
  /** The newest log of Azure's that was imported. */
  azureLog(): GuideSignals['azureLog'];
  /** The gravest explanation of a call; null for one that is not stored or needs none. */
  explain(code: string): Promise<Explanation | null>;
  /** Custom fields with how many users have a value. */
  fields(): Promise<{ label: string; records: number }[]>;
}

/** The set-up guide: where the admin stands. */
export interface GuideBook {
  read(): Promise<Guide>;
  /** Sets or takes back the admin's own tick. Throws `RequestError` for a name that is none. */
  tick(name: string, on: boolean): Promise<void>;
  /** Learns the application's ids from its portal address. Throws `RequestError`. */
  setPortal(address: string): Promise<void>;
  /** Begins anew: ticks and what was seen are forgotten, everything else stays. */
  reset(): Promise<void>;
}

export function createGuide({
  db,
  writer,
  clock,
  facts,
  tunnel,
  limit,
  azureLog,
  fields,
  explain,
}: GuideOptions): GuideBook {
  let known = readSetting(db, key, memory) ?? fresh(0);

  async function keep(next: Memory): Promise<void> {
    await writer.submit(() => writeSetting(db, key, next), unwrapped);
    known = next;
  }

  /** `overrun`: more users came than were expected, which goes before what was seen working. */
  function remembered(step: DetectedStep, overrun: boolean): DetectedStep {
    const before = known.seen[step.id];
    if (before === undefined || step.state === 'seen' || (overrun && step.id === 'start')) return step;
    return { ...step, ...before, state: 'seen' };
  }

  /** A problem in the words of the catalogue, where its call has an entry that is one. */
  async function inWords(step: DetectedStep): Promise<GuideStep> {
    const { state, call: culprit } = step;
    const found = state === 'problem' && culprit !== null ? await explain(culprit.code) : null;
    const explanation = found?.severity === 'info' ? null : found;
    return { ...step, words: explanation === null ? step.words : plain(explanation.what), explanation };
  }

  return {
    async read() {
      const [found, all] = await Promise.all([facts(known.since), fields()]);
      const { ticks, portal } = known;
      const missing = all.filter(({ records }) => records === 0).map(({ label }) => label);
      const steps = detectSteps({
        facts: found,
        tunnel: tunnel(),
        ticks,
        portalKnown: portal !== null,
        azureLog: azureLog(),
        fields: { all: all.length, missing },
        limit: limit(),
        now: clock.now(),
      });
      const overrun = tooManyCame({ limit: limit(), facts: found });
      const news = steps.filter(
        ({ id, state }) => state === 'seen' && !ofTheMoment.has(id) && known.seen[id] === undefined,
      );
      if (news.length > 0) {
        const seen = Object.fromEntries(news.map(({ id, at, words, call }) => [id, { at, words, call }]));
        await keep({ ...known, seen: { ...known.seen, ...seen } });
      }
      return {
        steps: await Promise.all(steps.map((step) => inWords(remembered(step, overrun)))),
        ticks,
        portal,
        limit: limit(),
        counts: {
          created: found.created,
          updated: found.updated,
          archived: found.archivedCount,
          failed: found.failed,
          groups: found.groups,
        },
        missingFields: missing,
        lastCall: found.newest,
      };
    },

    async tick(name, on) {
      if (!tickNames.has(name)) throw new RequestError('unknown', `The guide has no tick ${JSON.stringify(name)}.`);
      const { [name]: _, ...others } = known.ticks;
      // A step that is no longer said to be done has not been seen done either.
      const step = guideSteps.find((id) => id === name);
      const { [step ?? '']: __, ...seen } = known.seen;
      await keep({ ...known, ticks: on ? { ...others, [name]: clock.now() } : others, seen: on ? known.seen : seen });
    },

    async setPortal(address) {
      const portal = readPortalAddress(address);
      if (typeof portal === 'string') throw new RequestError('invalid', portal);
      await keep({ ...known, portal, ticks: { ...known.ticks, portal: clock.now() } });
    },

    reset: () => keep(fresh(clock.now())),
  };
}
