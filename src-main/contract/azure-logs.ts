import type { CallOutcome, CallSentence, CallSummary } from './calls.ts';

/** What Azure did with a person or group, as its provisioning log names it; `other` for everything else it may say. */
export type AzureAction = 'create' | 'update' | 'disable' | 'delete' | 'stagedDelete' | 'stagedAction' | 'other';

/** How it ended for Azure. `unknown`: the log doesn't say. */
export type AzureStatus = 'success' | 'failure' | 'skipped' | 'warning' | 'unknown';

/** A person or group on one side, as far as the log names it. */
export interface AzureIdentity {
  id: string | null;
  name: string | null;
  userName: string | null;
  /** `User`, `Group`, or a SCIM URN on the target side. */
  type: string | null;
}

/** What went wrong, or why nothing was done, in Azure's words. */
export interface AzureError {
  code: string | null;
  reason: string | null;
  details: string | null;
  category: string | null;
  recommended: string | null;
}

export interface AzureStep {
  name: string | null;
  /** import, scoping, matching, processing, referenceResolution, export: in lower case. */
  type: string | null;
  status: AzureStatus;
  description: string | null;
  details: [name: string, value: string][];
}

export interface AzureProperty {
  name: string;
  from: string | null;
  to: string | null;
}

/** One entry of Azure's provisioning log (Graph: provisioningObjectSummary), whatever form it came in. */
export interface AzureEntry {
  id: string | null;
  /** Joins the three files of the CSV download; what Microsoft's support asks for. */
  changeId: string | null;
  /** Milliseconds since 1970; null where the log has no readable time. */
  at: number | null;
  action: AzureAction;
  status: AzureStatus;
  durationMs: number | null;
  jobId: string | null;
  cycleId: string | null;
  /** The enterprise application. */
  application: { id: string | null; name: string | null };
  sourceSystem: string | null;
  targetSystem: string | null;
  /** In Entra: its id is the objectId. */
  source: AzureIdentity;
  /** In the application: its id is the SCIM id that we gave. */
  target: AzureIdentity;
  initiatedBy: string | null;
  error: AzureError | null;
  steps: AzureStep[];
  properties: AzureProperty[];
  /** Columns of a CSV file whose meaning we don't know. */
  other: [column: string, value: string][];
}

/** Why Azure skipped somebody, as far as its words tell. */
export type AzureSkip = 'not-assigned' | 'out-of-scope' | 'inactive' | 'nothing-to-change' | 'no-match-value';

/** The forms in which Azure's log can be had. */
export type AzureLogFormat = 'json' | 'graph' | 'monitor' | 'csv-logs' | 'csv-steps' | 'csv-properties';

/** Something in a file that could not be understood; what could be read is kept. */
export interface AzureLogProblem {
  /** One or two sentences. */
  words: string;
  /** Where in the file, from 1; null where it concerns the file as a whole. */
  line: number | null;
  column: number | null;
}

/** One file of an import. */
export interface AzureLogFile {
  name: string;
  bytes: number;
  format: AzureLogFormat | null;
  /** Entries, or steps or properties, that were read of it. */
  read: number;
  /** Problems in all; `problems` holds the first of them. */
  problemCount: number;
  problems: AzureLogProblem[];
}

/**
 * `reading`: files are being sent and read. `joining`: steps and properties are put to their entries. `matching`: entries are
 * matched to calls. `unmatched`: matching was stopped or has failed; it can be done again.
 */
export type AzureImportState = 'reading' | 'joining' | 'matching' | 'ready' | 'unmatched';

/** Files of Azure's log that were dropped together. */
export interface AzureImport {
  id: number;
  name: string;
  /** When it was imported, milliseconds since 1970. */
  at: number;
  state: AzureImportState;
  /** Of the work under way, 0 to 1. */
  progress: number;
  files: AzureLogFile[];
  /** What became of reading, when it did not come to its end: a sentence. */
  broken: string | null;
  entries: number;
  /** Entries that were in the files more than once, and are kept once. */
  duplicates: number;
  byStatus: Record<AzureStatus, number>;
  /** Of the entries, milliseconds since 1970; null without any time. */
  from: number | null;
  to: number | null;
  /** Entries with a call of ours. */
  matched: number;
  /** How far Azure's clock is ahead of ours, milliseconds, as measured on pairs that are beyond doubt; null: not measured. */
  skewMs: number | null;
}

/** How sure a match is: the call's own code was quoted; id and time agree; name and time agree. */
export type AzureCertainty = 'code' | 'id' | 'name';

/** Why an entry has no call of ours. */
export type AzureMissing =
  | 'skipped'
  | 'not-sent'
  | 'no-calls'
  | 'older'
  | 'newer'
  | 'away'
  | 'quiet'
  | 'other-application'
  | 'no-time'
  | 'unknown';

/** A row of the list. */
export interface AzureRow {
  row: number;
  at: number | null;
  action: AzureAction;
  status: AzureStatus;
  /** Of the person or group. */
  name: string | null;
  type: 'User' | 'Group' | null;
  /** Its key, by which all entries about it are found. */
  person: string | null;
  code: string | null;
  skip: AzureSkip | null;
  /** The first line of what Azure says about it. */
  reason: string | null;
  durationMs: number | null;
  match: { certainty: AzureCertainty; call: string; apartMs: number } | null;
  missing: AzureMissing | null;
}

/** A call of ours that belongs to an entry. */
export interface AzureMatch {
  code: string;
  certainty: AzureCertainty;
  /** 0 to 100. */
  score: number;
  /** Why, in words, weightiest first. */
  reasons: string[];
  at: number;
  method: string;
  path: string;
  status: number;
  outcome: CallOutcome;
  practice: boolean;
  durationMs: number;
  sentence: CallSentence;
}

/** Everything about one entry. */
export interface AzureRowDetail extends AzureRow {
  entry: AzureEntry;
  matches: AzureMatch[];
  /** Why there is no call, in words; null where there is one. */
  missingWords: string | null;
}

/** What narrows the rows. Empty or null: not narrowed. */
export interface AzureFilter {
  status: AzureStatus | null;
  action: AzureAction | null;
  /** As in `AzureReason`. */
  cause: string | null;
  /** Found anywhere in names, ids, codes and reasons. */
  text: string;
  /** One person or group: its key. */
  person: string | null;
  cycle: string | null;
  /** With a call of ours, without one; null: both. */
  matched: boolean | null;
  missing: AzureMissing | null;
  from: number | null;
  to: number | null;
}

export interface AzureRows {
  rows: AzureRow[];
  /** For the next page; null at the end. */
  next: string | null;
  /** Rows that the filter lets through; told with the first page only. */
  total: number | null;
}

/** Entries that share an outcome. */
export interface AzureCount {
  action: AzureAction;
  status: AzureStatus;
  entries: number;
}

/** An error or a reason for skipping, and how often it came. */
export interface AzureReason {
  status: AzureStatus;
  code: string | null;
  skip: AzureSkip | null;
  /** What its entries are found by. */
  cause: string;
  /** One such text of Azure's. */
  example: string | null;
  entries: number;
  people: number;
  /** An entry that shows it. */
  row: number;
}

export interface AzureCycle {
  id: string;
  from: number;
  to: number;
  entries: number;
  failed: number;
}

/** Calls of ours in the log's time that no entry tells of. */
export interface AzureSilent {
  why: 'probe' | 'practice' | 'local' | 'read' | 'refused' | 'other';
  calls: number;
  /** The newest of them. */
  code: string;
}

/** Some of these calls, newest first. `next`: where to go on; null at the end. */
export interface AzureSilentCalls {
  calls: CallSummary[];
  next: number | null;
}

/** What an import tells as a whole. */
export interface AzureInsight {
  counts: AzureCount[];
  failures: AzureReason[];
  skipped: AzureReason[];
  slowest: { row: number; name: string | null; action: AzureAction; durationMs: number }[];
  /** Of each action: the median and the longest, milliseconds. */
  durations: { action: AzureAction; entries: number; medianMs: number; longestMs: number }[];
  people: { key: string; name: string | null; entries: number; failed: number }[];
  /** All of them; `people` holds those with the most failures. */
  peopleCount: number;
  cycles: AzureCycle[];
  missing: { why: AzureMissing; entries: number }[];
  certainty: Record<AzureCertainty, number>;
  silent: AzureSilent[];
}

/** A stretch of the timeline; empty ones are absent. */
export interface AzureSlot {
  /** Its start. */
  at: number;
  success: number;
  failure: number;
  skipped: number;
  other: number;
  /** Entries in it that have a call. */
  joined: number;
}

export interface CallSlot {
  at: number;
  ok: number;
  odd: number;
  failed: number;
  practice: number;
  /** Calls in it that an entry tells of. */
  joined: number;
}

/** Azure's view over ours. Times are on Azure's clock; calls are moved by the measured skew. */
export interface AzureTimeline {
  from: number;
  to: number;
  slotMs: number;
  entries: AzureSlot[];
  calls: CallSlot[];
  /** Single entries and calls, where there are few enough to tell apart; else null. */
  marks: {
    entries: { row: number; at: number; status: AzureStatus }[];
    calls: { code: string; at: number; outcome: CallOutcome; practice: boolean; row: number | null }[];
  } | null;
}
