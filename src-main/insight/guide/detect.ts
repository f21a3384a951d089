import type { GuideFacts } from '../../calls/index.ts';
import { type GuideStepId, guideSteps } from '../../contract/catalogue/guide-steps.ts';
import type { GuideCall, GuideState, GuideStep, TunnelStatus } from '../../contract/index.ts';

/** Ticks within the first and the last step. */
export const beforeChecks = ['before.role', 'before.licence', 'before.users', 'before.group'] as const;
export const finishChecks = [
  'finish.report',
  'finish.stop',
  'finish.application',
  'finish.token',
  'finish.data',
] as const;

/** How long a step waits before what is missing means something, milliseconds (docs/entra.md: provision on demand takes under 30 s). */
const onDemandPatienceMs = 45_000;
/** The look-up of a run follows the connection check within this. */
const followsMs = 10_000;
const startPatienceMs = 15 * 60_000;

/** What detection looks at. */
export interface GuideSignals {
  facts: GuideFacts;
  tunnel: TunnelStatus;
  /** The admin's ticks, by name: when. */
  ticks: Readonly<Record<string, number>>;
  portalKnown: boolean;
  /** What the newest imported log of Azure's tells: the wire can't tell who was skipped. */
  azureLog: { name: string; skipped: number; failed: number } | null;
  /** Custom fields, and those of which no value has come. */
  fields: { all: number; missing: string[] };
  /** How many users are expected and taken; null: any number. */
  limit: { expected: number; most: number } | null;
  /** Milliseconds since 1970. */
  now: number;
}

/** A step as its signals show it: a problem's call is explained later. */
export type DetectedStep = Omit<GuideStep, 'explanation'>;

type Finding = Omit<DetectedStep, 'id'>;

const todo: Finding = { state: 'todo', at: null, words: null, call: null };

function finding(state: GuideState, at: number | null, words: string | null, call: GuideCall | null = null): Finding {
  return { state, at, words, call };
}

function seen(call: GuideCall, words: string): Finding {
  return finding('seen', call.at, words, call);
}

/**
 * What each step's signals say, now: only what the wire can tell. Nothing is remembered here, so a step that was seen once may
 * say less when its calls are gone.
 */
export function detectSteps(signals: GuideSignals): DetectedStep[] {
  const onDemand = provisionedOnDemand(signals);
  const found: Record<GuideStepId, Finding> = {
    before: allTicked(signals, beforeChecks),
    endpoint: endpointReady(signals),
    application: applicationCreated(signals),
    connect: connected(signals),
    assign: onDemand.state === 'seen' ? { ...onDemand, words: 'Somebody assigned came.' } : ticked(signals, 'assign'),
    'on-demand': onDemand,
    mappings: fieldsSeen(signals),
    leaver: leaverArchived(signals),
    start: started(signals),
    verify: verified(signals),
    finish: allTicked(signals, finishChecks),
  };
  return guideSteps.map((id) => ({ id, ...found[id] }));
}

function ticked({ ticks }: GuideSignals, name: string, words: string | null = null): Finding {
  const at = ticks[name];
  return at === undefined ? { ...todo, words } : finding('ticked', at, words);
}

function allTicked({ ticks }: GuideSignals, names: readonly string[]): Finding {
  const times = names.map((name) => ticks[name]).filter((at) => at !== undefined);
  const words = `${times.length} of ${names.length} checks`;
  if (times.length === 0) return todo;
  return times.length === names.length ? finding('ticked', Math.max(...times), words) : { ...todo, words };
}

function endpointReady({ tunnel }: GuideSignals): Finding {
  const { kind, state, reach, problem, stale } = tunnel;
  if (kind === 'none') return { ...todo, words: 'Local only: Azure cannot reach this address yet.' };
  if (stale !== null && state === 'up') {
    return finding(
      'problem',
      tunnel.since,
      `Azure still calls ${stale.seenOrigin}. In the portal, Connectivity (older: Admin Credentials): the Tenant URL of today, the token again, test, save, and restart the job if it is in quarantine. The ids stay.`,
    );
  }
  if (state === 'up' && reach?.ok) return finding('seen', reach.at, 'The public address leads here.');
  const wrong = problem ?? reach?.problem ?? null;
  if (state === 'down' || reach?.ok === false) {
    const words = wrong === null ? 'The public address does not lead here.' : `${wrong.what} ${wrong.cure}`;
    return finding('problem', tunnel.since, words);
  }
  return todo;
}

function applicationCreated(signals: GuideSignals): Finding {
  const tick = ticked(signals, 'application');
  if (tick.state === 'ticked' || !signals.portalKnown) return tick;
  return finding('ticked', signals.ticks.portal ?? null, 'Its portal address was pasted.');
}

function connected(signals: GuideSignals): Finding {
  const { userProbe, groupProbe, refused, astray, activity } = signals.facts;
  const probed = userProbe !== null && groupProbe !== null ? later(userProbe, groupProbe) : null;
  if (activity !== null && activity.at >= Math.min(userProbe?.at ?? activity.at, groupProbe?.at ?? activity.at)) {
    if (probed === null || activity.at > probed.at) return seen(activity, 'Azure has the address and the token.');
  }
  const half = userProbe ?? groupProbe;
  const wrong = later(refused, astray);
  if (wrong !== null && wrong.at > ((probed ?? half)?.at ?? 0)) {
    const words = wrong === refused ? withoutCode(wrong.detail) : 'Azure called a path that is none of SCIM’s.';
    return finding('problem', wrong.at, words, wrong);
  }
  if (probed !== null) {
    const tick = ticked(signals, 'connect');
    if (tick.state === 'ticked')
      return { ...tick, words: 'The test was seen; that it was saved is your word.', call: probed };
    return finding('heard', probed.at, 'Now press Create (older portals: Save): that can’t be seen from here.', probed);
  }
  if (half === null) return todo;
  const other = userProbe === null ? 'user' : 'group';
  return { ...todo, words: `One of two look-ups came; the one for a ${other} is missing.`, call: half };
}

function provisionedOnDemand({ facts, ticks, now }: GuideSignals): Finding {
  const { firstWrite, failure, lookUp } = facts;
  if (firstWrite !== null) return seen(firstWrite, `${firstWrite.name ?? 'A user'} was provisioned.`);
  if (failure !== null) return finding('problem', failure.at, withoutCode(failure.detail), failure);
  if (lookUp === null) return probedOnly({ facts, ticks, now });
  if (lookUp.hits === 1) return seen(lookUp, `${lookUp.name ?? 'The user'} is here already and equal: a success.`);
  if (lookUp.hits > 1) return finding('problem', lookUp.at, 'More than one user matched: Azure wants one.', lookUp);
  if (now - lookUp.at < onDemandPatienceMs)
    return { ...todo, words: 'Azure looked for the user; a create should follow.' };
  return finding(
    'problem',
    lookUp.at,
    'Azure looked for the user, was told there is none, and sent no create: Create is unticked in the mapping, or a required source value is missing.',
    lookUp,
  );
}

/** A run begins with the connection check: where nothing follows it, Azure stopped before the match. */
function probedOnly({ facts: { userProbe }, ticks, now }: Pick<GuideSignals, 'facts' | 'ticks' | 'now'>): Finding {
  // The check that Test Connection sends came before.
  const saved = Math.min(ticks.connect ?? Number.POSITIVE_INFINITY, ticks.assign ?? Number.POSITIVE_INFINITY);
  if (userProbe === null || userProbe.at <= saved || now - userProbe.at < followsMs) return todo;
  return finding(
    'heard',
    userProbe.at,
    'Azure checked the connection and then looked for nobody. The portal’s stage “Determine if user is in scope” says why.',
    userProbe,
  );
}

function fieldsSeen(signals: GuideSignals): Finding {
  const { all, missing } = signals.fields;
  if (all === 0) return ticked(signals, 'mappings', 'No custom field is defined here.');
  const { lastWrite } = signals.facts;
  if (missing.length === 0 && lastWrite !== null) return seen(lastWrite, 'Every custom field has come with a value.');
  return ticked(signals, 'mappings', `Not come yet: ${listed(missing)}.`);
}

/** The first few, and how many more. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4).join(', ');
  return names.length <= 4 ? shown : `${shown} and ${names.length - 4} more`;
}

function leaverArchived({ facts }: GuideSignals): Finding {
  const { archived, deleted } = facts;
  if (archived !== null) return seen(archived, `${archived.name ?? 'A user'} was archived.`);
  if (deleted === null) return todo;
  return finding(
    'heard',
    deleted.at,
    'A DELETE came in place of active: false. Azure sends it when the user is deleted for good, or when active is not mapped.',
    deleted,
  );
}

/** Whether more came than the admin said and the margin allows: the scope may be wider than meant. */
export function tooManyCame({ limit, facts: { created, groups } }: Pick<GuideSignals, 'limit' | 'facts'>): boolean {
  return limit !== null && created - groups >= limit.most;
}

function started(signals: GuideSignals): Finding {
  const { limit, facts } = signals;
  if (limit !== null && tooManyCame(signals)) {
    const words = `${facts.created - facts.groups} users came and ${limit.expected} were expected. The scope may be “Sync all users and groups”: stop provisioning, and look.`;
    return finding('problem', facts.newest?.at ?? null, words);
  }
  const at = signals.ticks.start;
  if (at === undefined) return todo;
  const { newest } = signals.facts;
  if (newest !== null && newest.at > at) return seen(newest, 'Calls came after it: probably the first cycle.');
  if (signals.now - at < startPatienceMs)
    return finding('ticked', at, 'Nothing is wrong before 15 minutes have passed.');
  return finding('problem', at, 'Nobody came. Is anyone assigned, and is Provisioning Status on?');
}

function verified(signals: GuideSignals): Finding {
  const { created, groups } = signals.facts;
  const { azureLog } = signals;
  const words = [
    created === 0 ? null : `Users ${created - groups}, groups ${groups} created: the portal should say the same.`,
    azureLog === null ? null : `Azure’s log ${azureLog.name}: ${azureLog.skipped} skipped, ${azureLog.failed} failed.`,
  ].filter((part) => part !== null);
  return ticked(signals, 'verify', words.length === 0 ? null : words.join(' '));
}

/** The newer of two calls. */
function later(a: GuideCall | null, b: GuideCall | null): GuideCall | null {
  if (a === null || b === null) return a ?? b;
  return a.at >= b.at ? a : b;
}

/** A refusal's detail without the call's code in front. */
function withoutCode(detail: string | null): string {
  return (detail ?? 'The call was refused.').replace(/^\[call \w+\] /, '');
}
