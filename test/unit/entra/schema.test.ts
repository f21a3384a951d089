import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RequestError } from '../../../src-main/contract/catalogue/errors.ts';
import { readAzureSchema } from '../../../src-main/entra/index.ts';
import { standardSchemas } from '../../../src-main/scim/index.ts';
import { attribute, exportedSchema, expression, soundUserMappings } from '../../support/exported-schema.ts';

const fabrikvale = 'urn:ietf:params:scim:schemas:extension:Fabrikvale:2.0:User';
const read = (exported: unknown, fields: Parameters<typeof readAzureSchema>[1]['fields'] = []) =>
  readAzureSchema(JSON.stringify(exported), { registry: standardSchemas, fields });
const said = (exported: unknown, fields?: Parameters<typeof read>[1]) =>
  read(exported, fields).checks.filter(({ mark }) => mark !== 'ok');
const titles = (exported: unknown, fields?: Parameters<typeof read>[1]) =>
  said(exported, fields).map(({ mark, title }) => `${mark}: ${title}`);
const without = (target: string) => soundUserMappings.filter((one) => one.targetAttributeName !== target);

describe('the mappings', () => {
  test('attributes, expressions, constants, defaults, matching and references', () => {
    const { mappings } = read(
      exportedSchema({
        users: [
          ...soundUserMappings,
          { ...attribute('x', 'title'), source: { type: 'Constant', name: 'Guest', expression: '"Guest"' } },
          { ...attribute('x', 'locale'), source: null, defaultValue: 'en-IE' },
        ],
      }),
    );
    const [userName] = mappings.User;
    expect(userName).toEqual({
      source: 'userPrincipalName',
      expression: null,
      target: 'userName',
      matching: 1,
      reference: false,
    });
    const at = (target: string) => mappings.User.find((one) => one.target === target);
    expect(at('emails[type eq "work"].value')).toMatchObject({
      source: 'mail',
      expression: 'Coalesce([mail], [userPrincipalName])',
    });
    expect(at('title')).toMatchObject({ source: '', expression: '"Guest"' });
    expect(at('locale')).toMatchObject({ source: '', expression: '"en-IE"' });
    expect(mappings.User.filter(({ reference }) => reference)).toHaveLength(1);
    expect(mappings.Group.map(({ target, reference }) => [target, reference])).toEqual([
      ['displayName', false],
      ['externalId', false],
      ['members', true],
    ]);
  });

  test('the rule is known by where it leads, not by its name or place', () => {
    const schema = exportedSchema({});
    const other = { ...schema.synchronizationRules[0], targetDirectoryName: 'Elsewhere', objectMappings: [] };
    const both = { ...schema, synchronizationRules: [other, ...schema.synchronizationRules] };
    expect(read(both).mappings.User).toHaveLength(soundUserMappings.length);
  });
});

describe('the checks', () => {
  test('nothing is said against sound mappings', () => {
    expect(titles(exportedSchema({}))).toEqual([]);
    expect(read(exportedSchema({})).checks.map(({ title }) => title)).toEqual([
      'Users are matched by userName',
      'Leavers are archived',
      'externalId comes from objectId',
      'Groups are matched by displayName',
    ]);
  });

  test.each<[string, unknown, string[]]>([
    ['another target', exportedSchema({ target: 'Salesforce' }), ['odd: The target is Salesforce, not customappsso']],
    ['users switched off', exportedSchema({ user: { enabled: false } }), ['failed: Users are not provisioned']],
    ['steps unticked', exportedSchema({ user: { flowTypes: 'Add' } }), ['odd: Users: Update and Delete unticked']],
    [
      'nothing matches',
      exportedSchema({ users: [attribute('userPrincipalName', 'userName'), ...without('userName')] }),
      ['failed: Nothing matches users'],
    ],
    [
      'matching by what is no attribute here',
      exportedSchema({
        users: [...without('userName'), attribute('employeeId', `${fabrikvale}:badge`, { matchingPriority: 1 })],
      }),
      [`failed: Users are matched by ${fabrikvale}:badge, which is no attribute here`],
    ],
    ['nobody is archived', exportedSchema({ users: without('active') }), ['failed: active is not mapped']],
    [
      'active from somewhere else',
      exportedSchema({ users: [...without('active'), attribute('accountEnabled', 'active')] }),
      ['odd: active does not follow IsSoftDeleted'],
    ],
    ['no externalId', exportedSchema({ users: without('externalId') }), ['odd: externalId is not mapped']],
    [
      'externalId by default',
      exportedSchema({ users: [...without('externalId'), attribute('mailNickname', 'externalId')] }),
      ['odd: externalId comes from mailNickname'],
    ],
    [
      'mail alone',
      exportedSchema({
        users: [...without('emails[type eq "work"].value'), attribute('mail', 'emails[type eq "work"].value')],
      }),
      ['odd: The e-mail address comes from mail alone'],
    ],
    [
      'a target without a field',
      exportedSchema({ users: [...soundUserMappings, attribute('extensionAttribute1', `${fabrikvale}:badge`)] }),
      [`odd: ${fabrikvale}:badge has no field here`],
    ],
    [
      'sent once',
      exportedSchema({ users: [...soundUserMappings, attribute('jobTitle', 'title', { flowType: 'ObjectAddOnly' })] }),
      ['odd: Only sent during creation: title'],
    ],
  ])('%s', (_, exported, expected) => {
    expect(titles(exported)).toEqual(expected);
  });

  test('groups that are not provisioned are no fault', () => {
    const { checks } = read(exportedSchema({ group: { enabled: false } }));
    expect(checks.find(({ title }) => title === 'Groups are not provisioned')?.mark).toBe('ok');
  });

  test('a scoping filter is told in words', () => {
    const clauses = [
      { sourceOperandName: 'department', operatorName: 'EQUALS', targetOperand: { values: ['Hydrology'] } },
      { sourceOperandName: 'country', operatorName: 'IS NOT NULL', targetOperand: { values: [] } },
    ];
    const [filter] = said(exportedSchema({ user: { scope: { groups: [{ name: 'one', clauses }] } } }));
    expect(filter?.words).toContain('department EQUALS "Hydrology" and country IS NOT NULL');
  });

  test('custom fields: one that nothing leads to, one that Azure lists with another type', () => {
    const fields = [
      { label: 'Badge', attribute: `${fabrikvale}:badge`, type: 'Integer' as const },
      { label: 'Cost centre', attribute: `${fabrikvale}:costCentre`, type: 'String' as const },
    ];
    const registryless = exportedSchema({
      users: [...soundUserMappings, expression('ToLower([employeeId])', `${fabrikvale}:badge`)],
    });
    expect(titles(registryless, fields)).toContain('odd: Cost centre is not mapped');
    expect(titles(registryless, fields)).toContain('odd: Badge is String in Azure’s attribute list');
  });

  test('the gravest first', () => {
    const marks = read(
      exportedSchema({ users: without('active').filter((one) => one.targetAttributeName !== 'externalId') }),
    ).checks;
    expect(marks.map(({ mark }) => mark)).toEqual(['failed', 'odd', 'ok', 'ok']);
  });
});

describe('what is no schema', () => {
  test.each([
    ['{"a":', /not JSON/],
    ['[]', /no synchronisation schema/],
    ['{"synchronizationRules":[]}', /no synchronisation schema/],
    ['{"synchronizationRules":[{"objectMappings":[{"attributeMappings":[{}]}]}]}', /targetAttributeName/],
  ])('%s', (text, words) => {
    expect(() => readAzureSchema(text, { registry: standardSchemas, fields: [] })).toThrow(words);
  });

  test('whatever comes, it is read or refused in words', () => {
    const node = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.jsonValue({ maxDepth: 2 }),
        fc.record({ synchronizationRules: fc.array(tie('rule'), { maxLength: 3 }) }),
      ),
      rule: fc.record(
        { targetDirectoryName: fc.option(fc.string()), objectMappings: fc.array(tie('object'), { maxLength: 3 }) },
        { requiredKeys: ['objectMappings'] },
      ),
      object: fc.record(
        {
          enabled: fc.option(fc.boolean()),
          targetObjectName: fc.option(fc.constantFrom('User', 'urn:x:Group', '')),
          flowTypes: fc.option(fc.string()),
          attributeMappings: fc.array(tie('mapping'), { maxLength: 4 }),
        },
        { requiredKeys: ['attributeMappings'] },
      ),
      mapping: fc.record(
        {
          targetAttributeName: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'active', 'constructor.prototype')),
          matchingPriority: fc.option(fc.integer({ min: -1, max: 3 })),
          source: fc.option(fc.record({ type: fc.option(fc.string()), name: fc.option(fc.string()) })),
        },
        { requiredKeys: ['targetAttributeName'] },
      ),
    }));
    fc.assert(
      fc.property(node.value, (value) => {
        try {
          for (const { title } of read(value).checks) expect(title).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(RequestError);
        }
      }),
    );
  });
});
