import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { router } from '../../../src-main/api/index.ts';
import { startTestPilot, type TestPilot } from '../../support/pilot.ts';

let pilot: TestPilot;
let api: ReturnType<typeof router.createCaller>;

beforeAll(async () => {
  pilot = await startTestPilot();
  api = router.createCaller({ host: pilot.host });
});
afterAll(() => pilot.close());

describe('attributes', () => {
  test('define, rename, retire; refusals keep their sentence and get a code', async () => {
    const { field } = await api.attributes.define({ label: 'Cost centre', type: 'Integer', attribute: null });
    expect(await api.attributes.fields()).toEqual([field]);
    await expect(
      api.attributes.define({ label: 'cost CENTRE', type: 'String', attribute: null }),
    ).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'There is a custom field "cost CENTRE" already.',
    });
    await expect(api.attributes.define({ label: 'X', type: 'String', attribute: 'userName' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('it needs no custom field'),
    });
    const renamed = await api.attributes.rename({ id: field.id, label: 'Centre', attribute: 'centre' });
    expect(renamed.field).toMatchObject({ label: 'Centre', attribute: 'centre', madeUp: false });
    await api.attributes.retire({ id: field.id });
    await expect(api.attributes.retire({ id: field.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('what is no field at all is refused before anything is looked at', async () => {
    const input = { label: 'X', type: 'Float', attribute: null };
    // @ts-expect-error: a window of another version may send anything.
    await expect(api.attributes.define(input)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(api.attributes.retire({ id: 0.5 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('the overview lists what Azure sent without a field', async () => {
    await pilot.request('POST', '/Users', { userName: 'orla@fabrikvale.example', badge: '7' });
    const { unmapped } = await api.attributes.overview();
    expect(unmapped).toMatchObject([
      { path: 'centre', lastCall: null },
      { path: 'badge', records: 1, example: '7' },
    ]);
    const { stored } = await api.attributes.defineFromUnmapped({ path: 'badge', label: 'Badge', type: 'Integer' });
    expect(stored).toEqual({ values: 1, wrong: 0, examples: [] });
  });
});
