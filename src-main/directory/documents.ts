import type { Json, JsonObject } from '../contract/index.ts';
import { fold } from '../scim/index.ts';

export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** What the `users` table keeps beside a user's document, all derived from it. */
export interface UserColumns {
  name: string;
  nameFold: string;
  userName: string;
  userNameFold: string;
  externalId: string | null;
  /** Folded, so that a look-up finds every spelling. */
  managerId: string | null;
  department: string | null;
  title: string | null;
  /** What the window's search looks through besides the name: folded userName and e-mail addresses, a line each. */
  search: string;
  /** Folded e-mail addresses, each once. */
  emails: string[];
}

/** `document.userName` must be a string (the scim room has checked it). */
export function userColumns(document: JsonObject): UserColumns {
  const userName = text(document.userName) ?? '';
  const userNameFold = fold(userName);
  const name = text(document.displayName) ?? userName;
  const enterprise = object(document[enterpriseUrn]);
  const emails = emailsOf(document.emails);
  return {
    name,
    nameFold: name === userName ? userNameFold : fold(name),
    userName,
    userNameFold,
    externalId: text(document.externalId),
    managerId: managerIdOf(document),
    department: text(enterprise?.department),
    title: text(document.title),
    search: [userNameFold, ...emails.filter((email) => email !== userNameFold)].join('\n'),
    emails,
  };
}

/** The manager's id, folded; null without one. */
export function managerIdOf(document: JsonObject): string | null {
  const id = text(object(object(document[enterpriseUrn])?.manager)?.value);
  return id === null ? null : fold(id);
}

function emailsOf(emails: Json | undefined): string[] {
  if (!Array.isArray(emails)) return [];
  const folded = new Set<string>();
  for (const email of emails) {
    const value = text(object(email)?.value);
    if (value !== null) folded.add(fold(value));
  }
  return [...folded];
}

/** The document without its manager: how a user looks whose manager was deleted. */
export function withoutManager(document: JsonObject): JsonObject {
  const enterprise = object(document[enterpriseUrn]);
  if (enterprise?.manager === undefined) return document;
  const { manager: _manager, ...rest } = enterprise;
  const { [enterpriseUrn]: _extension, ...others } = document;
  return Object.keys(rest).length === 0 ? others : { ...document, [enterpriseUrn]: rest };
}

/** Puts the hidden manager of `stored` back into a document that names none, so that restoring the manager shows it again. */
export function withHiddenManager(document: JsonObject, stored: JsonObject): JsonObject {
  const enterprise = object(document[enterpriseUrn]) ?? {};
  const manager = object(stored[enterpriseUrn])?.manager;
  if (enterprise.manager !== undefined || manager === undefined) return document;
  return { ...document, [enterpriseUrn]: { ...enterprise, manager } };
}

/** A non-empty string, else null. */
export function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A JSON object, else undefined. */
export function object(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}
