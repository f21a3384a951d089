import { describe, expect, test } from 'vitest';
import { simulate } from '../../../src-main/entra/index.ts';
import { EndpointDouble, type Received, type Reply, type Script } from './endpoint-double.ts';
import { play } from './play.ts';

/** How the simulator takes answers: as Entra does (docs/entra.md §1.18). */

const listResponse = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const list = (...resources: unknown[]): Reply => ({
  status: 200,
  body: { schemas: [listResponse], totalResults: resources.length, Resources: resources },
});
const scimError = (status: number, detail: string): Reply => ({
  status,
  body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail },
});

/** `reply` for the first request that fits, then good behaviour. */
function once(fits: (request: Received, count: number) => boolean, reply: Reply): Script {
  let done = false;
  return (request, count) => {
    if (done || !fits(request, count)) return undefined;
    done = true;
    return reply;
  };
}
const always =
  (fits: (request: Received) => boolean, reply: Reply): Script =>
  (request) =>
    fits(request) ? reply : undefined;

const creates = ({ method, url }: Received): boolean => method === 'POST' && url.endsWith('/Users');
const matches = ({ method, url }: Received): boolean => method === 'GET' && url.includes('fabrikvale');
const readsUser = ({ method, url }: Received): boolean => method === 'GET' && /Users\/id-\d$/.test(url);

describe('a failed connection test ends the run at its first call', () => {
  test.each<[string, Reply, string, RegExp]>([
    ['401', { status: 401 }, 'Unauthorized', /invalid credentials/],
    ['403 with an HTML page', { status: 403, text: '<html>' }, 'InsufficientRights', /invalid credentials/],
    [
      '404 for no hits',
      scimError(404, 'nobody'),
      'SystemForCrossDomainIdentityManagementServiceIncompatible',
      /An HTTP\/404 Not Found response was returned rather than the expected HTTP\/200 OK/,
    ],
    [
      'an HTML page',
      { status: 200, text: '<html>Tunnel not found</html>', headers: { 'Content-Type': 'text/html' } },
      'SystemForCrossDomainIdentityManagementServiceIncompatible',
      /not able to deserialize.*<html>Tunnel not found/,
    ],
    [
      'JSON that is no list',
      { status: 200, body: { ok: true } },
      'SystemForCrossDomainIdentityManagementServiceIncompatible',
      /deserialize/,
    ],
    [
      'a bare array',
      { status: 200, body: [] },
      'SystemForCrossDomainIdentityManagementServiceIncompatible',
      /deserialize/,
    ],
    [
      'a redirect',
      { status: 302, headers: { Location: 'https://login.example/' } },
      'WebExceptionProtocolError',
      /redirect/,
    ],
    ['500', scimError(500, 'disk full'), 'InternalServerError', /500.*40 minutes.*disk full/],
  ])('%s', async (_title, reply, code, sentence) => {
    await using double = await EndpointDouble.listen(always(() => true, reply));
    const { calls, summary } = await play(double.url);
    expect(double.received).toHaveLength(1);
    expect(calls).toEqual([
      expect.objectContaining({ outcome: 'failed', code, sentence: expect.stringMatching(sentence) }),
    ]);
    expect(summary).toMatchObject({
      calls: 1,
      failed: 1,
      created: 0,
      cancelled: false,
      stopped: expect.stringContaining('Test Connection failed'),
    });
  });

  test('nobody listens', async () => {
    const double = await EndpointDouble.listen();
    const { url } = double;
    await double[Symbol.asyncDispose]();
    const { calls, summary } = await play(url);
    expect(calls).toMatchObject([{ code: 'WebExceptionProtocolError', call: { status: null } }]);
    expect(summary).toMatchObject({ calls: 1, failed: 1, medianMs: null });
  });

  test('no answer in time', async () => {
    await using double = await EndpointDouble.listen(always(() => true, { status: 200, hang: true }));
    const { calls } = await play(double.url, { timeoutMs: 50 });
    expect(calls).toMatchObject([{ code: 'Timeout', sentence: expect.stringContaining('no answer within 0.05 s') }]);
  });
});

test('a probe that finds somebody is odd: the filter is ignored', async () => {
  await using double = await EndpointDouble.listen(once(() => true, list({ id: 'a' }, { id: 'b' })));
  const { calls } = await play(double.url);
  expect(calls[0]).toMatchObject({ outcome: 'odd', sentence: expect.stringContaining('2 found for a GUID') });
});

test('an empty list may leave Resources out (RFC 7644 §3.4.2)', async () => {
  await using double = await EndpointDouble.listen(
    once(() => true, { status: 200, body: { schemas: [listResponse], totalResults: 0 } }),
  );
  expect((await play(double.url)).summary.failed).toBe(0);
});

describe('in a cycle', () => {
  test('404 on a match query stops the job: quarantine', async () => {
    await using double = await EndpointDouble.listen(always(matches, { status: 404 }));
    const { failures, summary } = await play(double.url);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.call.number).toBe(5);
    expect(failures[0]?.sentence).toMatch(/HTTP\/404 .* rather than/);
    expect(summary.stopped).toContain('quarantine');
  });

  test('a token that expires midway stops the job', async () => {
    await using double = await EndpointDouble.listen((_request, count) => (count > 8 ? { status: 401 } : undefined));
    const { summary } = await play(double.url);
    expect(summary).toMatchObject({
      calls: 9,
      failed: 1,
      created: 2,
      stopped: expect.stringContaining('quarantine'),
    });
  });

  test('a failed probe stops the job', async () => {
    await using double = await EndpointDouble.listen(once((_request, count) => count === 3, { status: 503 }));
    expect((await play(double.url)).summary).toMatchObject({
      calls: 3,
      stopped: expect.stringContaining('quarantine'),
    });
  });

  test('two hits are DuplicateTargetEntries; the object is skipped and the others go on', async () => {
    const [first] = [({ url }: Received): boolean => url.includes('d%27arcy')];
    await using double = await EndpointDouble.listen(always(first, list({ id: 'a' }, { id: 'b' })));
    const { failures, summary } = await play(double.url);
    expect(failures.map(({ code }) => code)).toEqual(['DuplicateTargetEntries', 'DuplicateTargetEntries']);
    expect(summary).toMatchObject({ created: 4, escrowed: 1, stopped: null });
  });

  test('409 is EntryConflict: escrow, and tried again with a new match query in the next cycle', async () => {
    await using double = await EndpointDouble.listen(once(creates, scimError(409, '[call 7K2Q9] userName is taken')));
    const { failures, calls, summary } = await play(double.url, { groups: 1 });
    expect(failures).toEqual([
      expect.objectContaining({
        code: 'EntryConflict',
        sentence: expect.stringContaining('[call 7K2Q9] userName is taken'),
      }),
    ]);
    expect(summary).toMatchObject({ created: 4, failed: 1, escrowed: 0 });
    const retried = calls.filter(({ phase, call }) => phase === 'incremental cycle' && /d%27arcy/.test(call.path));
    expect(retried).toHaveLength(1);
    // Healed, and with it what refers to it: manager of the others, member of the groups.
    const references = calls.filter(
      ({ phase, call }) => phase === 'incremental cycle' && call.requestBody?.includes('"Add"'),
    );
    expect(references.map(({ sentence }) => sentence)).toEqual([
      'Set the manager of Jürgen Müller-Weiß-Hollós.',
      'Set the manager of 佐藤 花子.',
      expect.stringMatching(/^Added a member to All Staff /),
    ]);
  });

  test('5xx and 429 on one object leave the rest alone', async () => {
    const replies = [scimError(503, 'busy'), { status: 429 }];
    await using double = await EndpointDouble.listen((request) => (creates(request) ? replies.shift() : undefined));
    const { failures, summary } = await play(double.url);
    expect(failures.map(({ code }) => code)).toEqual(['InternalServerError', 'TooManyRequests']);
    expect(summary).toMatchObject({ created: 5, failed: 2, escrowed: 0 });
  });

  test('a create without an id cannot be used', async () => {
    await using double = await EndpointDouble.listen(once(creates, { status: 201, body: { userName: 'x' } }));
    const { failures } = await play(double.url);
    expect(failures).toMatchObject([
      { code: 'SystemForCrossDomainIdentityManagementServiceIncompatible', sentence: expect.stringContaining('no id') },
    ]);
  });

  test('a refused create quotes the endpoint’s own words', async () => {
    await using double = await EndpointDouble.listen(always(creates, scimError(400, 'title is too long')));
    const { failures, summary } = await play(double.url);
    expect(failures[0]).toMatchObject({
      code: 'SystemForCrossDomainIdentityManagementServiceIncompatible',
      sentence: 'StatusCode: 400. Web Response: title is too long',
    });
    expect(summary).toMatchObject({ created: 2, escrowed: 3 });
  });

  test('an id that vanished is InvalidAnchor', async () => {
    await using double = await EndpointDouble.listen(once(readsUser, { status: 404 }));
    const { failures, summary } = await play(double.url);
    expect(failures.map(({ code }) => code)).toEqual(['InvalidAnchor']);
    expect(summary.escrowed).toBe(1);
  });

  test('a PATCH may answer 200 with the resource; other answers fail', async () => {
    const patches = ({ method, url }: Received): boolean => method === 'PATCH' && url.includes('/Users/');
    const replies: Reply[] = [{ status: 200, body: { id: 'id-2' } }, { status: 405 }, { status: 501 }];
    await using double = await EndpointDouble.listen((request) => (patches(request) ? replies.shift() : undefined));
    const { failures } = await play(double.url);
    expect(failures.map(({ code }) => code)).toEqual(['MethodNotAllowed', 'NotImplemented']);
  });

  test('members returned although excluded are odd (quirk 24)', async () => {
    await using double = await EndpointDouble.listen(({ method, url }) =>
      method === 'GET' && url.includes('/Groups/id-4')
        ? { status: 200, body: { id: 'id-4', displayName: 'All Staff', members: [{}] } }
        : undefined,
    );
    const { calls, summary } = await play(double.url);
    const odd = calls.filter(({ outcome }) => outcome === 'odd').map(({ sentence }) => sentence);
    expect(odd[0]).toContain('quirk 24');
    expect(summary).toMatchObject({ failed: 0 });
  });

  test('values that come back changed are sent again, and said so (quirk 32)', async () => {
    await using double = await EndpointDouble.listen((request) => {
      if (!readsUser(request) || !request.url.endsWith('id-1')) return undefined;
      return { status: 200, body: { ...double.resources.get('Users/id-1'), preferredLanguage: 'EN' } };
    });
    const { calls } = await play(double.url);
    const odd = calls.filter(({ outcome }) => outcome === 'odd');
    expect(odd).toHaveLength(1);
    expect(odd[0]?.sentence).toContain('preferredLanguage had been sent before');
    expect(JSON.parse(odd[0]?.call.requestBody ?? '{}').Operations).toContainEqual({
      op: 'Replace',
      path: 'preferredLanguage',
      value: 'en-IE',
    });
  });

  test('a manager that is not returned is set again, and said so (§1.12)', async () => {
    const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    await using double = await EndpointDouble.listen((request) => {
      if (!readsUser(request) || !request.url.endsWith('id-2')) return undefined;
      const { [enterprise]: extension, ...rest } = double.resources.get('Users/id-2') ?? {};
      const { manager: _manager, ...kept } = extension as Record<string, unknown>;
      return { status: 200, body: { ...rest, [enterprise]: kept } };
    });
    const { calls } = await play(double.url);
    expect(calls.filter(({ outcome }) => outcome === 'odd').map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^Set the manager of Jürgen .* again: it was not returned/),
    ]);
  });
});

describe('cancelling', () => {
  test('ends a call under way at once and closes with a count', async () => {
    const cancel = new AbortController();
    await using double = await EndpointDouble.listen((_request, count) => {
      if (count < 6) return undefined;
      setTimeout(() => cancel.abort(), 20);
      return { status: 200, hang: true };
    });
    const { summary, calls } = await play(double.url, {}, cancel.signal);
    expect(calls).toHaveLength(5);
    expect(summary).toMatchObject({ calls: 5, cancelled: true, stopped: null, failed: 0 });
  });

  test('a reader that leaves ends the run', async () => {
    await using double = await EndpointDouble.listen();
    const options = { url: double.url, token: 't', users: 3, groups: 2, seed: 1, compliant: false };
    for await (const event of simulate(options, new AbortController().signal)) if (event.type === 'call') break;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(double.received).toHaveLength(1);
  });
});
