/** How much it matters: the call failed; it was answered well but is odd; or it only deserves a word. */
export type Severity = 'failed' | 'odd' | 'info';

/** Whose hand mends it. */
export type CureSide = 'azure' | 'here' | 'serviceops';

/** One thing to do. */
export interface Cure {
  side: CureSide;
  text: string;
  /** An expression for an attribute mapping in Azure, to be copied as it stands. */
  expression?: string;
}

/** Where to read on. */
export type SourceId = keyof typeof sources;

/**
 * One thing that can happen to a provisioning call, in words. Texts may hold named slots with the words that stand there
 * when the call does not tell: `{attribute|the attribute}`.
 */
export interface Entry {
  severity: Severity;
  /** A headline: what a list of needs shows. */
  title: string;
  /** The short remark behind the sentence of a call, where its own detail says it no better. */
  note?: string;
  /** What happened. */
  what: string;
  /** Why Azure does that, or what it makes of our answer. */
  why: string;
  /** What to do, the likeliest first. */
  cure: readonly [Cure, ...Cure[]];
  source: SourceId;
  /** E.g. `RFC 7644 §3.12`; null where no RFC speaks of it. */
  rfc: string | null;
}

const entra = 'https://learn.microsoft.com/entra/identity/app-provisioning';
const rfc7644 = 'https://www.rfc-editor.org/rfc/rfc7644';
const rfc7643 = 'https://www.rfc-editor.org/rfc/rfc7643';

/** The pages that entries stand on. */
export const sources = {
  endpoint: { name: 'Develop a SCIM endpoint', url: `${entra}/use-scim-to-provision-users-and-groups` },
  compliance: {
    name: 'SCIM compliance of Entra’s provisioning',
    url: `${entra}/application-provisioning-config-problem-scim-compatibility`,
  },
  how: { name: 'How provisioning works', url: `${entra}/how-provisioning-works` },
  known: { name: 'Known issues of provisioning', url: `${entra}/known-issues` },
  mapping: { name: 'Customize attribute mappings', url: `${entra}/customize-application-attributes` },
  expressions: {
    name: 'Expressions in attribute mappings',
    url: `${entra}/functions-for-customizing-application-data`,
  },
  quarantine: { name: 'Provisioning in quarantine', url: `${entra}/application-provisioning-quarantine-status` },
  deletions: { name: 'Prevent accidental deletions', url: `${entra}/accidental-deletions` },
  nobody: {
    name: 'No users are being provisioned',
    url: `${entra}/application-provisioning-config-problem-no-users-provisioned`,
  },
  demand: { name: 'Provision on demand', url: `${entra}/provision-on-demand` },
  setup: { name: 'Configure provisioning in the portal', url: `${entra}/configure-automatic-user-provisioning-portal` },
  logs: {
    name: 'Analyze the provisioning logs',
    url: 'https://learn.microsoft.com/entra/identity/monitoring-health/howto-analyze-provisioning-logs',
  },
  restart: {
    name: 'Restart a provisioning job (Microsoft Graph)',
    url: 'https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-restart',
  },
  retrieve: { name: 'RFC 7644 §3.4', url: `${rfc7644}#section-3.4` },
  filter: { name: 'RFC 7644 §3.4.2.2', url: `${rfc7644}#section-3.4.2.2` },
  create: { name: 'RFC 7644 §3.3', url: `${rfc7644}#section-3.3` },
  patch: { name: 'RFC 7644 §3.5.2', url: `${rfc7644}#section-3.5.2` },
  bulk: { name: 'RFC 7644 §3.7', url: `${rfc7644}#section-3.7` },
  errors: { name: 'RFC 7644 §3.12', url: `${rfc7644}#section-3.12` },
  versions: { name: 'RFC 7644 §3.14', url: `${rfc7644}#section-3.14` },
  discovery: { name: 'RFC 7644 §4', url: `${rfc7644}#section-4` },
  types: { name: 'RFC 7643 §2.3', url: `${rfc7643}#section-2.3` },
  http: { name: 'RFC 9112', url: 'https://www.rfc-editor.org/rfc/rfc9112' },
  bearer: { name: 'RFC 6750', url: 'https://www.rfc-editor.org/rfc/rfc6750' },
} as const;

/** What one side's cures begin with. */
export const sideNames: Record<CureSide, string> = { azure: 'In Azure', here: 'Here', serviceops: 'In ServiceOps' };
