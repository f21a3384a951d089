import type { CallStore } from '../calls/index.ts';
import { toActions } from '../contract/catalogue/actions.ts';
import type {
  Appearance,
  Clock,
  DirectoryCounts,
  FaultLab,
  NextCycle,
  Overview,
  PilotStatus,
  TokenStatus,
  TunnelStatus,
} from '../contract/index.ts';
import { needsOf } from './needs.ts';
import { nextCycle, shownCycle } from './next-cycle.ts';
import type { Presence } from './presence.ts';

const hour = 3_600_000;
const overviewMinutes = 4 * hour;
const today = 24 * hour;
const latestShown = 5;

export interface StatusOptions {
  clock: Clock;
  /** The pilot's name. */
  name(): string;
  appearance(): Appearance;
  calls: CallStore;
  tunnel(): TunnelStatus;
  tenantUrl(): string;
  token(): TokenStatus;
  counts(): DirectoryCounts;
  /** How many groups are deleted, still readable in the window. */
  deletedGroups(): Promise<number>;
  /** Records purged here whose ids Azure still knows. */
  purgedKnown(): Promise<number>;
  /** Size of the database files, bytes. */
  storageBytes(): number;
  presence: Pick<Presence, 'azureAt' | 'away'>;
  faultLab(): FaultLab | null;
  practiceEndedAt(): number | null;
  /** What was done by hand to records since the pilot was opened. */
  handActs(): number;
}

/** What the pilot's signal line and Overview read, put together from the rooms below. */
export interface StatusReader {
  status(): PilotStatus;
  overview(): Promise<Overview>;
  nextCycle(): Promise<NextCycle | null>;
}

export function createStatusReader(options: StatusOptions): StatusReader {
  const { clock, calls, tunnel, tenantUrl, token, counts, deletedGroups, purgedKnown, storageBytes, presence } =
    options;
  const { faultLab, practiceEndedAt, handActs, name, appearance } = options;
  const { readings } = calls;
  const startedAt = clock.now();
  return {
    status() {
      const now = clock.now();
      return {
        pilotName: name(),
        tenantUrl: tenantUrl(),
        token: token(),
        tunnel: tunnel(),
        endpointMedianMs: readings.answerTime(0.5, 100),
        directory: counts(),
        callsStored: readings.stored,
        failedLastHour: readings.failedLastHour(now),
        lastCall: readings.lastCall,
        ticks: readings.ticks(now),
        storageBytes: storageBytes(),
        startedAt,
        appearance: appearance(),
        azureAt: presence.azureAt(),
        away: presence.away(),
        faultLab: faultLab(),
        practiceEndedAt: practiceEndedAt(),
        handActs: handActs(),
      };
    },
    nextCycle: async () => nextCycle(await calls.cycles(), clock.now()),
    async overview() {
      const now = clock.now();
      const [minutes, happened, needs, groups, known, cycles] = await Promise.all([
        calls.minutes(now - overviewMinutes),
        calls.today(now - today),
        calls.needs(now - today),
        deletedGroups(),
        purgedKnown(),
        calls.cycles(),
      ]);
      const p50 = readings.answerTime(0.5, 1_000);
      const p95 = readings.answerTime(0.95, 1_000);
      return {
        ...happened,
        latest: toActions(happened.latest).slice(0, latestShown),
        needs: needsOf(needs),
        cycle: shownCycle(cycles),
        nextCycle: nextCycle(cycles, now),
        directory: counts(),
        deletedGroups: groups,
        purgedKnown: known,
        minutes,
        answerTime: p50 === null || p95 === null ? null : { p50, p95 },
      };
    },
  };
}
