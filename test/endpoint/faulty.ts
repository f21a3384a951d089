import Database from 'better-sqlite3';
import type {
  CapturedCall,
  GroupRepository,
  Outcome,
  QueryPage,
  UserRepository,
  WriteResult,
  Writer,
} from '../../src-main/contract/index.ts';
import { createEndpoint, openSecretToken } from '../../src-main/endpoint/index.ts';
import { type Filter, standardSchemas } from '../../src-main/scim/index.ts';
import { createKeyFileSecrets } from '../../src-main/storage/index.ts';

const token = 'a-token-for-the-storage-tests';

/** An endpoint over a directory that does what a test says, and what it recorded and logged. */
export async function startFaulty(parts: {
  submit?: (work: () => unknown) => Promise<never>;
  create?: () => WriteResult;
  query?: () => Promise<QueryPage>;
}) {
  const inserted: CapturedCall[] = [];
  const published: CapturedCall[] = [];
  const logged: unknown[] = [];
  const missing = () => {
    throw new Error('This test does not use it.');
  };
  const users: UserRepository<Filter> = {
    get: () => null,
    absence: missing,
    query: parts.query ?? missing,
    newId: missing,
    create: parts.create ?? missing,
    replace: missing,
    patch: missing,
    delete: missing,
  };
  const groups: GroupRepository<Filter> = {
    get: () => null,
    absence: missing,
    query: missing,
    newId: missing,
    create: missing,
    replace: missing,
    patch: missing,
    delete: missing,
    members: () => [],
    snapshot: missing,
  };
  let seq = 0;
  const writer: Writer = {
    async submit<W, R>(work: () => W, settle: (outcome: Outcome<W>) => R): Promise<R> {
      if (parts.submit !== undefined) return parts.submit(work);
      try {
        return settle({ ok: true, value: work() });
      } catch (error) {
        return settle({ ok: false, error });
      }
    },
    within(part) {
      try {
        return { ok: true, value: part() };
      } catch (error) {
        return { ok: false, error };
      }
    },
    onUndone() {},
    append(write, committed) {
      write();
      committed?.();
    },
    drained: () => Promise.resolve(),
  };
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const db = new Database(':memory:');
  const secrets = createKeyFileSecrets('/nowhere');
  const endpoint = await createEndpoint({
    users,
    groups,
    registry: () => standardSchemas,
    writer,
    recorder: {
      nextId: () => ({ seq: ++seq, code: `TEST${seq}` }),
      insert: (call) => {
        inserted.push(call);
        return () => published.push(call);
      },
      amend() {},
    },
    snapshot: (read) => read(),
    clock,
    log: { info() {}, warn() {}, error: (message, fields) => logged.push(message, fields) },
    token: await openSecretToken({ db, writer, secrets, clock, fixed: token }),
    onFaults() {},
    isProbe: () => false,
    answerToReach: () => null,
    port: { number: 0, explicit: false },
  });
  const request = async (method: string, path: string, body?: string) => {
    const answer = await fetch(endpoint.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, json: JSON.parse(text) };
  };
  return { endpoint, token, request, inserted, published, logged };
}
