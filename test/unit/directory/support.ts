import { afterEach } from 'vitest';
import { RequestError } from '../../../src-main/contract/catalogue/errors.ts';
import type {
  Actor,
  Json,
  JsonObject,
  Outcome,
  QueryPage,
  ResourceType,
  WriteResult,
} from '../../../src-main/contract/index.ts';
import {
  createIds,
  type Directory,
  type DirectoryAdmin,
  directoryQueries,
  openDirectory,
} from '../../../src-main/directory/index.ts';
import { parseFilter, ScimError } from '../../../src-main/scim/index.ts';
import { createLongReads, createWriter, databaseFile, openDatabase } from '../../../src-main/storage/index.ts';
import { rememberingLog, temporaryFolder } from '../storage/support.ts';
import { createSameThreadQueries } from './same-thread.ts';

export const core = 'urn:ietf:params:scim:schemas:core:2.0';
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const azure: Actor = { kind: 'azure', call: { seq: 7, code: 'AB123' } };

/** A directory on real files, with its writer and its queries. */
export interface Fixture {
  directory: Directory;
  admin: DirectoryAdmin;
  /** Where the clock stands, milliseconds since 1970; tests move it. */
  time: { now: number };
  /** Runs `work` through the writer's group commit. */
  write<T>(work: (directory: Directory) => T): Promise<T>;
  /** Creates a user or group; gives its id. */
  user(userName: string, more?: JsonObject): Promise<string>;
  group(displayName: string, members?: readonly string[]): Promise<string>;
  patch(type: ResourceType, id: string, ...operations: JsonObject[]): Promise<WriteResult>;
  query(type: ResourceType, filter: string | null, more?: Partial<QueryOptions>): Promise<QueryPage>;
  /** Closes everything and opens the same folder again. */
  restart(): Promise<Fixture>;
}

interface QueryOptions {
  startIndex: number;
  count: number;
  sortBy: string | null;
  descending: boolean;
}

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

export function openFixture(dir: string = temporaryFolder()): Fixture {
  const time = { now: Date.UTC(2026, 2, 3, 8) };
  const clock = { now: () => time.now, monotonic: () => time.now };
  const db = openDatabase(dir);
  const writer = createWriter(db, { log: rememberingLog() });
  const queries = createSameThreadQueries(directoryQueries, databaseFile(dir));
  const longReads = createLongReads(databaseFile(dir));
  const directory = openDirectory({
    db,
    writer,
    queries,
    longReads,
    clock,
    ids: createIds(clock),
    log: rememberingLog(),
  });
  const close = async () => {
    await directory.close();
    await writer.drained();
    await queries.close();
    longReads.close();
    db.close();
  };
  open.push(close);

  const write = <T>(work: (directory: Directory) => T) => writer.submit(() => work(directory), unwrap);

  return {
    directory,
    admin: directory.admin,
    time,
    write,
    async user(userName, more = {}) {
      return (await write((d) => d.users.create(userBody(userName, more), azure))).record.id;
    },
    async group(displayName, members = []) {
      return (await write((d) => d.groups.create(groupBody(displayName, members), azure))).record.id;
    },
    patch: (type, id, ...operations) =>
      write((d) => (type === 'User' ? d.users : d.groups).patch(id, patchBody(...operations), azure)),
    async query(type, filter, more = {}) {
      const options = { startIndex: 1, count: 100, sortBy: null, descending: false, ...more };
      const parsed = filter === null ? null : parseFilter(filter, type);
      return (type === 'User' ? directory.users : directory.groups).query({ ...options, filter: parsed });
    },
    async restart() {
      await close();
      open.splice(open.indexOf(close), 1);
      return openFixture(dir);
    },
  };
}

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}

export function userBody(userName: string, more: JsonObject = {}): JsonObject {
  return { schemas: [`${core}:User`], userName, ...more };
}

export function groupBody(displayName: string, members: readonly string[] = []): JsonObject {
  return { schemas: [`${core}:Group`], displayName, members: members.map((value) => ({ value })) };
}

export function patchBody(...Operations: JsonObject[]): JsonObject {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations };
}

export function memberOp(op: string, ...ids: readonly string[]): JsonObject {
  return { op, path: 'members', value: ids.map((value): Json => ({ value })) };
}

/** What a refused write was refused with; fails the test when it was not refused in SCIM's terms. */
export async function refusal(work: Promise<unknown>): Promise<{ status: number; scimType?: string; detail: string }> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    const { status, scimType, message } = error;
    return { status, ...(scimType === undefined ? {} : { scimType }), detail: message };
  }
  throw new Error('It was not refused.');
}

/** What the admin was refused with; fails the test when the act was not refused in the window's terms. */
export async function refused(act: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await act;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { code: error.code, message: error.message };
  }
  throw new Error('It was not refused.');
}

export function json(record: { json: string } | null): JsonObject {
  if (record === null) throw new Error('There is no such record.');
  return JSON.parse(record.json);
}

/** Names of the records of a page, in order. */
export function names(page: QueryPage): string[] {
  return page.records.map((record) => record.name);
}
