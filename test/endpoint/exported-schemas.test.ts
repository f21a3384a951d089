import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';

/** What ServiceOps demands, read from the answer of a /Schemas. */

const core = 'urn:ietf:params:scim:schemas:core:2.0';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const required = (name: string, more: object = {}) => ({ name, type: 'string', required: true, ...more });
const answer = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: 3,
  Resources: [
    {
      id: `${core}:User`,
      attributes: [
        required('title'),
        { name: 'nickName', type: 'string', required: false },
        required('id', { mutability: 'readOnly' }),
        {
          name: 'name',
          type: 'complex',
          required: true,
          subAttributes: [required('familyName'), { name: 'givenName' }],
        },
        { name: 'addresses', multiValued: true, subAttributes: [required('country')] },
        required('shoeSize'),
      ],
    },
    { id: enterprise, attributes: [required('department')] },
    { id: `${core}:Schema`, attributes: [required('attributes')] },
  ],
};

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot?.close());

const read = (json: unknown) => pilot.api.profile.read(JSON.stringify(json));

test('required attributes become rules; what can be none is told with the reason', async () => {
  const { rules, left } = read(answer);
  expect(rules.map(({ resourceType, path }) => `${resourceType} ${path}`)).toEqual([
    'User title',
    'User name.familyName',
    `User ${enterprise}:department`,
  ]);
  expect(left).toEqual([{ resourceType: 'User', path: 'shoeSize', problem: expect.stringContaining('shoeSize') }]);
  expect(pilot.api.profile.rules()).toEqual([]);
  await pilot.api.profile.set(rules);
  const made = await pilot.request('POST', '/Users', { schemas: [`${core}:User`], userName: 'orla@x.example' });
  expect(made.status).toBe(400);
});

test('a bare list and a single schema are read as well, and our own /Schemas', async () => {
  expect(read(answer.Resources).rules).toHaveLength(3);
  expect(read(answer.Resources[1]).rules).toHaveLength(1);
  expect(read((await pilot.request('GET', '/Schemas')).json).left).toEqual([]);
});

test.each(['', 'no json', '{}', '[]', '{"Resources":[]}', '{"Resources":[{"id":7}]}', 'null', '[[]]'])(
  '%s is refused in words',
  (text) =>
    expect(() => pilot.api.profile.read(text)).toThrow(/^This (file is not JSON|JSON is no answer of \/Schemas)/),
);
