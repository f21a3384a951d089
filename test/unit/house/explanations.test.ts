import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  azureEntries,
  callEntries,
  type Entry,
  explained,
  explanationOfAzureCode,
  fill,
  plain,
  sources,
} from '../../../src-main/contract/catalogue/explanations/index.ts';
import { mayOpenOutside } from '../../../src-main/shell/guards.ts';

const entries: [code: string, entry: Entry][] = Object.entries<Entry>({ ...callEntries, ...azureEntries });

describe('every explanation', () => {
  test('has a code of its own, in one style', () => {
    const codes = entries.map(([code]) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^(SP|AZ)(-[A-Z0-9]+)+$/.test(code))).toEqual([]);
  });

  test.each(entries)('%s has no empty part, and ends its sentences', (_, entry) => {
    const { title, what, why, cure } = entry;
    for (const text of [title, what, why, ...cure.map((one) => one.text)]) {
      expect(text.trim()).toBe(text);
      expect(text.length).toBeGreaterThan(5);
      // What a slot brings with it keeps the sentence whole when the call does not tell.
      expect(text.replaceAll(/\{\w+\|[^{}]+\}/g, '')).not.toMatch(/[{}|]/);
    }
    expect(title.length).toBeLessThanOrEqual(80);
    expect(title).not.toMatch(/\.$/);
    for (const text of [what, why, ...cure.map((one) => one.text)]) expect(text).toMatch(/[.:”)]$/);
    for (const { expression } of cure)
      if (expression !== undefined) expect(expression).toMatch(/^\w+\(.*\)$|^\[\w+\]$/);
    expect(entry.rfc ?? 'RFC 1 §1').toMatch(/^RFC \d+ §[\d.]+$/);
  });

  test('links lead to pages that the window may open', () => {
    for (const { url } of Object.values(sources)) expect(url).toSatisfy(mayOpenOutside);
    const hosts = new Set(Object.values(sources).map(({ url }) => new URL(url).host));
    expect([...hosts].sort()).toEqual(['learn.microsoft.com', 'www.rfc-editor.org']);
  });
});

test('slots are filled with what the call tells, else with the words they bring', () => {
  const words = fill('{who|Somebody} sent {what|a value}.', { who: 'Azure <b>' });
  expect(words).toEqual([{ value: 'Azure <b>' }, ' sent ', 'a value', '.']);
  expect(plain(words)).toBe('Azure <b> sent a value.');
  expect(plain(fill('{constructor|none}', {}))).toBe('none');
});

describe("Azure's own codes", () => {
  test('are known in any letter case; others are not', () => {
    expect(explanationOfAzureCode(' duplicatetargetentries ')?.code).toBe('AZ-DUPLICATE-TARGET');
    expect(explanationOfAzureCode('SomethingNew')).toBeNull();
  });

  test('each belongs to one entry', () => {
    const all = Object.values(azureEntries).flatMap(({ azure }) => azure as readonly string[]);
    expect(new Set(all.map((code) => code.toLowerCase())).size).toBe(all.length);
    for (const code of all) expect(explanationOfAzureCode(code)).not.toBeNull();
  });

  test('every code of docs/entra.md is explained', () => {
    const named =
      `Conflict EntryConflict TooManyRequests InternalServerError InsufficientRights MethodNotAllowed NotPermitted
      Unauthorized UnprocessableEntity WebExceptionProtocolError InvalidAnchor NotImplemented MandatoryFieldsMissing MissingValues
      SchemaAttributeNotFound InternalError InvalidDomain Timeout LicenseLimitExceeded DuplicateTargetEntries DuplicateSourceEntries
      ImportSkipped EntrySynchronizationSkipped SystemForCrossDomainIdentityManagementMultipleEntriesInResponse
      SystemForCrossDomainIdentityManagementServiceIncompatible SchemaPropertyCanOnlyAcceptValue
      SystemForCrossDomainIdentityManagementInvalidCredentials SystemForCrossDomainIdentityManagementBadRequest
      SystemForCrossDomainIdentityManagementCredentialValidationFailure UnableToResolveReferenceAttributeValue
      CredentialValidationUnavailable EncounteredBaseEscrowThreshold EncounteredTotalEscrowThreshold
      EncounteredEscrowProportionThreshold EncounteredQuarantineException QuarantinedOnDemand TooManyDeletes IngestionInterrupted
      Unknown StagedDelete StagedAction`.split(/\s+/);
    expect(named.filter((code) => explanationOfAzureCode(code) === null)).toEqual([]);
    expect(explained('AZ-TIMEOUT', azureEntries['AZ-TIMEOUT']).rfc).toBeNull();
  });
});

describe('codes of calls', () => {
  const folder = join(import.meta.dirname, '../../endpoint');
  const tests = readdirSync(folder)
    .filter((name) => name.startsWith('explanations'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');

  test('each is met by a test of the endpoint', () => {
    const codes = Object.keys(callEntries);
    expect(codes.length).toBeGreaterThanOrEqual(80);
    const met = new Set([...tests.matchAll(/SP(?:-[A-Z0-9]+)+/g)].map(([code]) => code));
    expect(codes.filter((code) => !met.has(code))).toEqual([]);
    expect([...met].filter((code) => !codes.includes(code))).toEqual([]);
  });
});

/** What goes wrong in the field, and which entry tells of it here; or why none can. */
const field: [symptom: string, code: string][] = [
  ['Test Connection fails, curl works', 'SP-PROBE'],
  ['test fails on a server without groups', 'SP-PROBE'],
  ['403 HTML for want of a User-Agent', 'not visible: no User-Agent is needed here'],
  ['deserialize error quoting HTML', 'SP-HOST-UNKNOWN'],
  ['first cycle fine, later 401', 'SP-TOKEN-EXPIRED'],
  ['quarantine although users are created', 'SP-PROBE'],
  ['invalid credentials with a Basic server', 'SP-TOKEN-NOT-BEARER'],
  ['token pasted with the word Bearer', 'SP-TOKEN-DOUBLED'],
  ['unassigned users stay active', 'SP-ACTIVE-TEXT'],
  ['disable rejected: Add of active', 'SP-ACTIVE-TEXT'],
  ['every PATCH 400: capital op', 'SP-PATCH-OP'],
  ['removing one member empties the group', 'SP-MEMBERS-CLEARED'],
  ['a group keeps one user', 'SP-MEMBERS-REPLACED'],
  ['no target for a value path', 'SP-PATCH-NO-TARGET'],
  ['a literal key name.givenName', 'SP-PATCH-PATH'],
  ['enterprise attribute lost', 'SP-URN-UNKNOWN'],
  ['manager must be complex', 'SP-VALUE-TYPE'],
  ['manager patched every cycle', 'SP-NOTHING-CHANGED'],
  ['cleared manager leaves an empty value', 'not visible: clearing a manager removes it here'],
  ['roles[0].primary must be boolean', 'SP-VALUE-TYPE'],
  ['roles arrive as JSON text', 'SP-ROLES-TEXT'],
  ['removed roles stay', 'SP-ROLES-TEXT'],
  ['required e-mails missing', 'SP-EMAIL-MISSING'],
  ['duplicates created: filter ignored', 'SP-MATCH-NOT-FILTERABLE'],
  ['DuplicateTargetEntries for everybody', 'SP-MATCH-MANY'],
  ['user not found although present', 'not visible: names are compared without letter case here'],
  ['not found after a disable, then POST, then 409', 'SP-USERNAME-TAKEN-ARCHIVED'],
  ['415', 'SP-MEDIA-TYPE'],
  ['Validator rejects good answers: media type', 'not visible: answers are application/scim+json here'],
  ['Validator rejects a create: 200', 'not visible: a create is answered 201 here'],
  ['Validator misses a write-only attribute', 'not visible: no attribute is write-only here'],
  ['Validator 409 in later tests', 'SP-USERNAME-TAKEN'],
  ['skipped: not effectively entitled', 'AZ-NOT-ENTITLED'],
  ['nothing provisioned, job succeeds', 'AZ-SYNC-SKIPPED'],
  ['unassigned then deleted, never DELETEd', 'SP-ARCHIVED'],
  ['members missing after a user came into scope', 'AZ-REFERENCE'],
  ['manager missing after coming into scope', 'SP-MANAGER-UNKNOWN'],
  ['a cleared attribute stays', 'not visible: Azure sends nothing'],
  ['a group with special characters never matches', 'SP-FILTER-SYNTAX'],
  ['group PATCH slow', 'SP-SLOW'],
  ['quarantined after a rate limit', 'AZ-TOO-MANY-REQUESTS'],
  ['compliance flag without effect on demand', 'SP-ACTIVE-TEXT'],
  ['deletions staged', 'AZ-QUARANTINE-DELETES'],
  ['Tenant URL worked yesterday', 'SP-HOST-UNKNOWN'],
  ['no provisioning blade', 'not visible: there is nothing to call from'],
  ['custom attribute under a wrong name', 'SP-UNMAPPED'],
  ['undeclared extension rejected', 'SP-EXTENSION-UNDECLARED'],
  ['group create 400 for its schema URI', 'not visible: unknown schema URIs are no error here'],
  ['totalResults as text', 'not visible: figures are numbers here'],
  ['TLS handshake fails', 'SP-NOT-HTTP'],
];

test('every fault seen in the field has its entry, or a reason why it can not be seen from here', () => {
  expect(field).toHaveLength(50);
  const codes = new Set(entries.map(([code]) => code));
  expect(field.filter(([, code]) => !code.startsWith('not visible: ') && !codes.has(code))).toEqual([]);
});
