import { describe, expect, test } from 'vitest';
import {
  azureEntries,
  type Entry,
  explained,
  explanationOfAzureCode,
  fill,
  plain,
  sources,
} from '../../../src-main/contract/catalogue/explanations/index.ts';
import { mayOpenOutside } from '../../../src-main/shell/guards.ts';

const entries: [code: string, entry: Entry][] = Object.entries<Entry>(azureEntries);

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
