import type { AzureAction, AzureCertainty, AzureMissing, AzureSilent, AzureSkip, AzureStatus } from '../azure-logs.ts';

/** Short names of what a provisioning log can say, for lists and files. */
export const actionNames: Record<AzureAction, string> = {
  create: 'Create',
  update: 'Update',
  disable: 'Disable',
  delete: 'Delete',
  stagedDelete: 'Staged delete',
  stagedAction: 'Staged action',
  other: 'Other',
};

export const statusNames: Record<AzureStatus, string> = {
  success: 'Success',
  failure: 'Failure',
  skipped: 'Skipped',
  warning: 'Warning',
  unknown: 'Not told',
};

export const certaintyNames: Record<AzureCertainty, string> = {
  code: 'by call code',
  id: 'by id and time',
  name: 'probably: by name and time',
};

/** Why an entry has no call, in a few words. */
export const missingNames: Record<AzureMissing, string> = {
  skipped: 'Skipped: Azure sends nothing',
  'not-sent': 'Azure stopped before it called',
  'no-calls': 'No calls are kept here',
  older: 'Older than the calls kept here',
  newer: 'Nothing has reached this pilot since',
  away: 'The pilot was away',
  quiet: 'Never reached this pilot',
  'other-application': 'Of another application or pilot',
  'no-time': 'The log tells no time',
  unknown: 'No call with its id or name',
};

/** Why Azure skips somebody, in a name, and what can be done. */
export const skipWords: Record<AzureSkip, { name: string; what: string; cure: string }> = {
  'not-assigned': {
    name: 'Not assigned to the application',
    what: 'The user or group is not assigned to the application, or not through something that Azure counts (a nested group does not).',
    cure: 'Nothing, if that is meant. Else assign them in the portal, Users and groups, and wait a few minutes.',
  },
  'out-of-scope': {
    name: 'Outside the scoping filter',
    what: 'The scoping filter of the attribute mapping does not let it through.',
    cure: 'Nothing, if that is meant. Else look at Source Object Scope in the mapping.',
  },
  inactive: {
    name: 'Disabled in Entra',
    what: 'The user is disabled or deleted in Entra and was never provisioned, so there is nothing to disable.',
    cure: 'Nothing.',
  },
  'nothing-to-change': {
    name: 'Nothing to change',
    what: 'What Azure would have sent is what the application has already.',
    cure: 'Nothing: this is a success.',
  },
  'no-match-value': {
    name: 'No value to match by',
    what: 'The attribute by which Azure looks for the user has no value in Entra.',
    cure: 'Fill that attribute in Entra, or match by another one.',
  },
};

/** Calls of ours that no entry tells of. */
export const silentNames: Record<AzureSilent['why'], { name: string; what: string }> = {
  probe: {
    name: 'Connectivity probes',
    what: 'Azure asks for somebody who does not exist to see whether we answer. Its log does not tell of that.',
  },
  practice: { name: 'Practice', what: 'They came from this pilot’s own simulator, not from Azure.' },
  local: { name: 'From this computer', what: 'They did not come by the public address, so hardly from Azure.' },
  read: {
    name: 'Look-ups',
    what: 'Azure read or looked for a record and changed nothing; such calls often have no entry of their own.',
  },
  refused: { name: 'Refused tokens', what: 'They came without the right token: Azure or somebody else.' },
  other: {
    name: 'Changes without an entry',
    what: 'Azure publishes its log minutes later, a download may be narrowed by a filter, and one entry may stand for several calls.',
  },
};
