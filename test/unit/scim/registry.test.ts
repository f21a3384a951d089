import { describe, expect, it } from 'vitest';
import {
  applyPatch,
  matches,
  parseFilter,
  readResource,
  type Schema,
  type SchemaRegistry,
  schemaById,
  schemas,
  standardSchemas,
} from '../../../src-main/scim/index.ts';
import { enterprise, message, refusal } from './support.ts';

/** A registry with one more extension: how custom fields come in. */
const urn = 'urn:ietf:params:scim:schemas:extension:ServiceOps:2.0:User';
const description = standardSchemas.User.core.attributes.get('title');
if (description === undefined) throw new Error('User has no title');
const field = (name: string, type: 'string' | 'integer' | 'dateTime') => ({ ...description, name, type });
const extension: Schema = {
  id: urn,
  name: 'ServiceOps',
  description: 'Custom fields.',
  attributes: new Map([
    ['seat', field('seat', 'integer')],
    ['startsat', field('startsAt', 'dateTime')],
    ['department', field('department', 'string')],
  ]),
};
const { User } = standardSchemas;
const registry: SchemaRegistry = { ...standardSchemas, User: { ...User, extensions: [...User.extensions, extension] } };
const patch = (path: string, value: string | number) =>
  applyPatch('User', { userName: 'u' }, message({ op: 'Add', path, value }), registry);

describe('a registry with another extension', () => {
  it('types its attributes: digits are numbers, dates stay text', () => {
    expect(patch(`${urn}:SEAT`, '42')).toMatchObject({ document: { [urn]: { seat: 42 } }, unmapped: [] });
    expect(patch('seat', -7).document).toMatchObject({ [urn]: { seat: -7 } });
    expect(patch('startsAt', '2026-03-01').document).toMatchObject({ [urn]: { startsAt: '2026-03-01' } });
    expect(refusal(() => patch('startsAt', 'soon')).detail).toMatch(/startsAt wants a date and time/);
    for (const wrong of ['CC-12', '4.5', '0x10', '1e999', ' 4', '04', '1e3']) {
      expect(refusal(() => patch(`${urn}:seat`, wrong))).toMatchObject({
        scimType: 'invalidValue',
        detail: expect.stringMatching(/seat wants a whole number( written as \d+)?, not the text/),
      });
    }
  });

  it('compares numbers as numbers and dates as dates', () => {
    const { document } = readResource(
      'User',
      { userName: 'u', [urn]: { seat: 9, startsAt: '2026-01-01T00:00:00+01:00' } },
      registry,
    );
    const holds = (text: string) => matches(parseFilter(text, 'User', registry), document);
    expect(holds('seat lt 10')).toBe(true);
    expect(holds('seat eq "9"')).toBe(true);
    expect(holds('seat gt "10"')).toBe(false);
    expect(holds(`${urn}:startsAt lt "2026-01-01T00:00:00Z"`)).toBe(true);
    expect(holds('startsAt eq "2025-12-31T23:00:00Z"')).toBe(true);
    expect(refusal(() => holds('seat co 1')).scimType).toBe('invalidFilter');
    expect(refusal(() => holds('seat eq "many"')).scimType).toBe('invalidFilter');
  });

  it('does not guess between two extensions that share a short name', () => {
    expect(refusal(() => parseFilter('department eq "x"', 'User', registry)).detail).toContain(
      'no attribute "department"',
    );
    expect(parseFilter(`${urn}:department eq "x"`, 'User', registry)).toMatchObject({
      path: { canonical: `${urn}:department` },
    });
    expect(parseFilter(`${enterprise}:department eq "x"`, 'User', registry)).toMatchObject({
      path: { urn: enterprise },
    });
  });

  it('is what discovery lists', () => {
    expect(schemas('http://x', registry)).toMatchObject({ totalResults: 7 });
    expect(schemaById('http://x', urn, registry)).toMatchObject({ name: 'ServiceOps' });
    expect(schemaById('http://x', urn)).toBeNull();
  });
});
