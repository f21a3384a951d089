import { expect, test } from 'vitest';
import { StartError } from '../../../src-main/contract/catalogue/errors.ts';
import { checkTunnel } from '../../../src-main/tunnel/index.ts';

test('no tunnel has no public origin', () => {
  expect(checkTunnel({ kind: 'none', publicOrigin: null })).toEqual({ kind: 'none', publicOrigin: null });
});

test.each([
  ['https://pilot.example', 'https://pilot.example'],
  ['https://PILOT.example/', 'https://pilot.example'],
  ['https://pilot.example:8443', 'https://pilot.example:8443'],
  ['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
  ['http://localhost:9000', 'http://localhost:9000'],
])('%s is usable', (publicOrigin, origin) => {
  expect(checkTunnel({ kind: 'own', publicOrigin })).toEqual({ kind: 'own', publicOrigin: origin });
});

test.each([
  'http://pilot.example',
  'https://pilot.example/scim',
  'https://u:p@pilot.example',
  'https://pilot.example/?a',
  'pilot.example',
  '',
])('%j is refused with its cure', (publicOrigin) => {
  expect(() => checkTunnel({ kind: 'own', publicOrigin })).toThrow(StartError);
});
