import type {
  AzureAction,
  AzureEntry,
  AzureError,
  AzureProperty,
  AzureStatus,
  AzureStep,
} from '../../contract/index.ts';
import { readDate } from './dates.ts';
import { type Flat, flatten, isObject, jsonIn, plainName } from './flatten.ts';
import { entryNames, meaningOf, propertyNames, stepNames } from './names.ts';

/** Longest text kept of a value, characters: a quoted answer has a few thousand. */
const longestText = 20_000;
const mostSteps = 200;
const mostProperties = 1_000;
const mostDetails = 50;

const secret = /scimpilot_[\w-]+|\bBearer\s+[\w.~+/-]{8,}=*/gi;

/** A value as it is kept: bounded, and without anything that looks like a token. */
export function cleanText(value: string): string {
  const text = value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  return text.replace(secret, (found) => (found.startsWith('scimpilot_') ? 'scimpilot_…' : 'Bearer …'));
}

/** Reads one entry out of what a record says; null where it is none of a provisioning log. */
export function entryOf(record: Record<string, unknown>): AzureEntry | null {
  const flat = flatten(record);
  const text = (name: keyof typeof entryNames): string | null => first(flat, entryNames[name]);
  const action = text('action');
  const status = text('status');
  const changeId = text('changeId');
  const jobId = text('jobId');
  const steps = list(flat, entryNames.steps).slice(0, mostSteps).map(stepOf);
  // Sign-in and audit logs have ids and times too.
  if (action === null && jobId === null && steps.length === 0 && (changeId === null || status === null)) return null;
  const when = text('at');
  return {
    id: text('id'),
    changeId,
    at: when === null ? null : (readDate(when)?.at ?? null),
    action: actionOf(action),
    status: statusOf(status),
    durationMs: wholeNumber(text('duration')),
    jobId,
    cycleId: text('cycleId'),
    application: { id: text('applicationId'), name: text('applicationName') },
    sourceSystem: text('sourceSystem'),
    targetSystem: text('targetSystem'),
    source: {
      id: text('sourceId'),
      name: text('sourceName'),
      userName: text('sourceUserName'),
      type: text('sourceType'),
    },
    target: { id: text('targetId'), name: text('targetName'), userName: null, type: text('targetType') },
    initiatedBy: text('initiatedBy'),
    error: errorOf({
      code: text('errorCode'),
      reason: text('reason'),
      details: text('details'),
      category: text('category'),
      recommended: text('recommended'),
    }),
    steps,
    properties: list(flat, entryNames.properties)
      .slice(0, mostProperties)
      .map(propertyOf)
      .filter((property) => property !== null),
    other: [],
  };
}

/** An entry of which nothing is known yet but that parts of it were read. */
export function bareEntry(changeId: string): AzureEntry {
  const nobody = { id: null, name: null, userName: null, type: null };
  return {
    id: null,
    changeId,
    at: null,
    action: 'other',
    status: 'unknown',
    durationMs: null,
    jobId: null,
    cycleId: null,
    application: { id: null, name: null },
    sourceSystem: null,
    targetSystem: null,
    source: nobody,
    target: nobody,
    initiatedBy: null,
    error: null,
    steps: [],
    properties: [],
    other: [],
  };
}

export function stepOf(value: unknown): AzureStep {
  const flat = flatOf(value);
  const type = first(flat, stepNames.type);
  return {
    name: first(flat, stepNames.name),
    type: type?.toLowerCase() ?? null,
    status: statusOf(first(flat, stepNames.status)),
    description: first(flat, stepNames.description),
    details: detailsOf(value),
  };
}

/** What a step tells beside its sentence: an object in JSON, the same as text in a CSV. */
function detailsOf(value: unknown): AzureStep['details'] {
  const step = jsonIn(value);
  if (!isObject(step)) return [];
  const details = Object.entries(step).find(([key]) => meaningOf(stepNames, plainName(key)) === 'details')?.[1];
  const read = jsonIn(details);
  if (isObject(read)) {
    return Object.entries(read)
      .filter(([, one]) => one !== null && one !== '' && typeof one !== 'object')
      .slice(0, mostDetails)
      .map(([name, one]) => [cleanText(name), cleanText(String(one))]);
  }
  return typeof details === 'string' && details !== '' ? [['Details', cleanText(details)]] : [];
}

export function propertyOf(value: unknown): AzureProperty | null {
  const flat = flatOf(value);
  const name = first(flat, propertyNames.name);
  return name === null ? null : { name, from: first(flat, propertyNames.from), to: first(flat, propertyNames.to) };
}

function flatOf(value: unknown): Flat {
  const read = jsonIn(value);
  return isObject(read) ? flatten(read) : new Map();
}

function first(flat: Flat, names: readonly string[]): string | null {
  for (const name of names) {
    const value = flat.get(name);
    if (typeof value === 'string') return cleanText(value);
  }
  return null;
}

function list(flat: Flat, names: readonly string[]): unknown[] {
  for (const name of names) {
    const value = flat.get(name);
    if (Array.isArray(value)) return value;
  }
  return [];
}

const actions: Readonly<Record<string, AzureAction>> = {
  create: 'create',
  update: 'update',
  disable: 'disable',
  delete: 'delete',
  stageddelete: 'stagedDelete',
  stagedaction: 'stagedAction',
};

export function actionOf(word: string | null): AzureAction {
  const plain = word?.toLowerCase().replace(/[^a-z]/g, '') ?? '';
  return (Object.hasOwn(actions, plain) ? actions[plain] : undefined) ?? 'other';
}

const statuses: Readonly<Record<string, AzureStatus>> = {
  success: 'success',
  succeeded: 'success',
  failure: 'failure',
  failed: 'failure',
  error: 'failure',
  skipped: 'skipped',
  skip: 'skipped',
  warning: 'warning',
};

export function statusOf(word: string | null): AzureStatus {
  const plain = word?.trim().toLowerCase() ?? '';
  return (Object.hasOwn(statuses, plain) ? statuses[plain] : undefined) ?? 'unknown';
}

function wholeNumber(text: string | null): number | null {
  if (text === null || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? Math.min(Math.round(value), 2 ** 40) : null;
}

/** Null where nothing is said; a code of zero or `None` is how Azure Monitor says nothing. */
function errorOf(error: AzureError): AzureError | null {
  const code = error.code === null || /^(none|0|null)$/i.test(error.code) ? null : error.code;
  const said = { ...error, code };
  return Object.values(said).every((value) => value === null) ? null : said;
}
