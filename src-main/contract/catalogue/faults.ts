/** What the fault lab can do to practice calls. */
export const faultKinds = [
  'unauthorized',
  'not-found',
  'throttled',
  'server-error',
  'slow',
  'cut',
  'malformed',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Which practice calls the fault lab takes. */
export const faultTargets = ['all', 'queries', 'creates', 'updates', 'deletes'] as const;
export type FaultTarget = (typeof faultTargets)[number];

/** How long a slow answer is held back, seconds. */
export const slowSeconds = 5;
/** What a throttled caller is told to wait (`Retry-After`), seconds. */
export const retryAfterSeconds = 10;
/** The fault lab ends by itself after this, minutes. */
export const faultMinutes = 10;

interface FaultWords {
  /** As an option of a list. */
  name: string;
  /** What the caller gets. */
  what: string;
  /** What Entra makes of it (docs/entra.md §3). */
  azure: string;
}

/** Each fault in words. */
export const faultWords: Record<FaultKind, FaultWords> = {
  unauthorized: {
    name: '401, token refused',
    what: 'The call is refused as if the Secret Token were wrong.',
    azure:
      'Entra quarantines the job at once, whatever else works. It tries again after 6, 12 and 24 hours, then daily, and gives up after 28 days.',
  },
  'not-found': {
    name: '404 for a query without a hit',
    what: 'A query that finds nothing is answered 404 in place of 200 with an empty list, as many endpoints do.',
    azure:
      'Entra takes the endpoint for one that does not speak SCIM: Test Connection fails, and a running job is quarantined.',
  },
  throttled: {
    name: '429, too many requests',
    what: `The call is refused with Retry-After: ${retryAfterSeconds}.`,
    azure: 'Entra tries again by itself. Throttled for long, the job ends in quarantine.',
  },
  'server-error': {
    name: '500, internal error',
    what: 'The call fails inside the endpoint, and nothing is stored.',
    azure: 'Entra keeps the object in escrow and tries again in its next cycle, then at growing intervals.',
  },
  slow: {
    name: 'Slow answer',
    what: `The call is carried out, but only after ${slowSeconds} seconds.`,
    azure:
      'Entra waits. How long is not documented; answers of 10 to 30 seconds were seen to pass. A whole cycle becomes slow.',
  },
  cut: {
    name: 'Connection cut',
    what: 'The connection ends without an answer, and nothing is stored.',
    azure: 'Entra reports that the target could not be reached, and tries again in its next cycle.',
  },
  malformed: {
    name: 'Malformed JSON',
    what: 'The call is carried out, but its answer breaks off in the middle.',
    azure:
      'Entra cannot read the answer and counts the call as failed. What was created is found by the match query of the next cycle.',
  },
};

/** Each target in words. */
export const faultTargetWords: Record<FaultTarget, string> = {
  all: 'Every call',
  queries: 'Match queries',
  creates: 'Creates',
  updates: 'Updates',
  deletes: 'Deletes',
};
