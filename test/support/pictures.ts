/**
 * `node test/support/pictures.ts`: takes the README's pictures of the window anew, light and dark, from a real pilot into which
 * invented people are provisioned as Azure does it, one of them with a value that ServiceOps can't take.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JsonObject } from '../../src-main/contract/index.ts';
import { authtoken, reachable, when } from '../tunnel/support.ts';
import { startEdge } from './edge/edge.ts';
import { tunnelRequest } from './pilot.ts';
import { openTestWindow } from './window.ts';

const folder = resolve(import.meta.dirname, '../../docs/pictures');
const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const serviceOps = 'urn:ietf:params:scim:schemas:extension:ServiceOps:2.0:User';

const edge = await startEdge();
const window = await openTestWindow({
  tunnel: tunnelRequest({ kind: 'ngrok' }, { authtoken, server: edge.server, ca: edge.ca }),
});
const { api } = window.pilot;
/** As Azure calls: from outside, through the tunnel. */
const request = (method: string, path: string, body?: JsonObject) =>
  window.pilot.request(method, `${edge.publicOrigin}/scim/v2${path}`, body);
try {
  await when(window.pilot, reachable);
  await api.rename('Fabrikvale');
  await api.attributes.define({ label: 'Cost centre', type: 'Integer', attribute: `${serviceOps}:costCentre` });

  const match = (attribute: string, value: string) =>
    request(
      'GET',
      `/${attribute === 'userName' ? 'Users' : 'Groups'}?filter=${encodeURIComponent(`${attribute} eq "${value}"`)}`,
    );

  /** A match query, then a create, as Azure syncs a user. Gives the id. */
  async function provision(name: string, title: string, department: string, costCentre: number | string) {
    const userName = `${name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll(' ', '.')}@fabrikvale.example`;
    const [givenName = '', familyName = ''] = name.split(' ');
    await match('userName', userName);
    const { status, json } = await request('POST', '/Users', {
      schemas: [core, enterprise, serviceOps],
      userName,
      externalId: userName,
      active: true,
      displayName: name,
      name: { givenName, familyName },
      title,
      emails: [{ type: 'work', value: userName, primary: true }],
      [enterprise]: { department },
      [serviceOps]: { costCentre },
    });
    return status === 201 ? String(json.id) : '';
  }
  const patch = (path: string, ...Operations: JsonObject[]) =>
    request('PATCH', path, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });

  await match('userName', '7f2c1d7e-63a4-4a0e-9f6b-3c5d8e1a2b40');
  const orla = await provision('Orla Brandt', 'Hydrologist', 'Hydrology', 4100);
  const jonas = await provision('Jonas Lindqvist', 'Surveyor', 'Survey', 4200);
  const niamh = await provision('Niamh Ruane', 'Analyst', 'Hydrology', 4100);
  const priya = await provision('Priya Raman', 'Engineer', 'Works', 4300);
  await match('displayName', 'Hydrology');
  const { json: group } = await request('POST', '/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Hydrology',
    externalId: 'e1d2-hydrology',
  });
  await provision('Mei-Ling Okafor', 'Analyst', 'Works', 4300);
  await provision('Aleksander Wójcik', 'Surveyor', 'Survey', 4200);
  await provision('Tomás Ferreira', 'Tide Analyst', 'Hydrology', 'CC-12');
  await patch(`/Users/${priya}`, { op: 'Replace', path: `${enterprise}:manager`, value: orla });
  await patch(`/Users/${jonas}`, { op: 'Replace', path: 'active', value: 'False' });
  await patch(`/Groups/${group.id}`, { op: 'Add', path: 'members', value: [{ value: orla }, { value: niamh }] });
  await patch(`/Users/${orla}`, { op: 'Replace', path: 'title', value: 'Principal Hydrologist' });

  const { page } = await window.open();
  await page.getByRole('link', { name: 'Live feed' }).click();
  await page.getByRole('row').filter({ hasText: 'Tomás Ferreira' }).first().click();
  await page.getByRole('complementary', { name: 'Call' }).getByText('What to do').waitFor();
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // No spinner, no colour half-way: the editors of the call have read their text.
    await page.waitForTimeout(1_000);
    await page.screenshot({ path: resolve(folder, `feed-${colorScheme}.png`) });
  }
} finally {
  await window.close();
  await edge.close();
}
// The browser that windows share ends with the process.
process.exit();
