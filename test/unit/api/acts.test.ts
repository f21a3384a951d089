import { expect, test } from 'vitest';
import { createWindowHandler, type PilotApi } from '../../../src-main/api/index.ts';
import { RequestError } from '../../../src-main/contract/catalogue/errors.ts';
import { StorageUnavailable } from '../../../src-main/storage/index.ts';
import { createFakePilotApi, fakeHost } from '../../support/fake-pilot-api.ts';
import { fakeAssets, silentLog } from '../../support/fake-window.ts';

const asked: unknown[][] = [];

/** Presses one of the admin's buttons, on a pilot that answers by `directory`. */
async function act(procedure: string, input: unknown, directory: Partial<PilotApi['directory']> = {}) {
  const fake = createFakePilotApi();
  const api = { ...fake, directory: { ...fake.directory, ...directory } };
  const handle = createWindowHandler({ host: fakeHost(api), assets: fakeAssets, log: silentLog });
  const answer = await handle(
    new Request(`app://pilot/api/directory.${procedure}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    }),
  );
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

test.each([
  [new RequestError('unknown', 'There is none.'), 404, 'NOT_FOUND', 'There is none.'],
  [new RequestError('taken', 'The name is taken.'), 409, 'CONFLICT', 'The name is taken.'],
  [new RequestError('invalid', 'active wants true or false.'), 400, 'BAD_REQUEST', 'active wants true or false.'],
  [new StorageUnavailable(new Error('/secret/path')), 503, 'SERVICE_UNAVAILABLE', 'nothing was changed'],
])('what is refused is told in its own words: %s', async (error, status, code, words) => {
  const answer = await act('restore', { type: 'User', id: 'u1' }, { restore: () => Promise.reject(error) });
  expect(answer.status).toBe(status);
  expect(answer.body.error.data.code).toBe(code);
  expect(answer.body.error.message).toContain(words);
  expect(JSON.stringify(answer.body)).not.toContain('/secret');
});

test('each act reaches the pilot as it was asked for', async () => {
  const note =
    (name: string) =>
    async (...parts: unknown[]) => {
      asked.push([name, ...parts]);
    };
  const directory = { editUser: note('user'), editGroup: note('group'), putBack: note('back'), purge: note('purge') };
  const edits = [{ path: 'title', value: null }];
  const edit = { displayName: 'Crew', add: ['u1'], remove: [] };
  expect((await act('editUser', { id: 'u1', edits }, directory)).status).toBe(200);
  expect((await act('editGroup', { id: 'g1', ...edit }, directory)).status).toBe(200);
  expect((await act('putBack', { type: 'Group', id: 'g1' }, directory)).status).toBe(200);
  expect((await act('purge', { type: 'User', id: 'u1' }, directory)).status).toBe(200);
  expect(asked).toEqual([
    ['user', 'u1', edits],
    ['group', 'g1', edit],
    ['back', 'Group', 'g1'],
    ['purge', 'User', 'u1'],
  ]);
});

test.each([
  ['purge', { type: 'Device', id: 'u1' }],
  ['purge', { type: 'User', id: '' }],
  ['editUser', { id: 'u1', edits: [] }],
  ['editGroup', { id: 'g1', displayName: null, add: 'u1', remove: [] }],
])('what is not an act is refused: %s %o', async (procedure, input) => {
  const { status, body } = await act(procedure, input);
  expect(status).toBe(400);
  // In words, not as the list of issues.
  expect(body.error.message).toMatch(/^This was not understood, and nothing was changed: .*[^{}[\]"]\.$/);
});

test('a question that a closing pilot can not answer goes to the one that opens next; an act does not', async () => {
  const [closing, next] = [createFakePilotApi(), createFakePilotApi()];
  let open: PilotApi = closing;
  const breaks = () => {
    open = next;
    return Promise.reject(new Error('The database is closed.'));
  };
  closing.feed.tally = breaks;
  closing.directory.purgeDeleted = breaks;
  next.feed.tally = async () => ({ position: 7, failed: 1, odd: 2, practice: 3 });
  const host = { ...fakeHost(closing), pilot: async () => open };
  const handle = createWindowHandler({ host, assets: fakeAssets, log: silentLog });
  const answer = await handle(new Request('app://pilot/api/feed.tally'));
  expect(answer.status).toBe(200);
  expect(JSON.stringify(await answer.json())).toContain('"position":7');
  open = closing;
  const act = new Request('app://pilot/api/directory.purgeDeleted', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: 'null',
  });
  expect((await handle(act)).status).toBe(500);
});
