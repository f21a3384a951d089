import type { Json, JsonObject } from '../../../src-main/contract/index.ts';
import { applyPatch, type PatchResult, ScimError } from '../../../src-main/scim/index.ts';

export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const coreUser = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const coreGroup = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A PatchOp message. */
export function message(...operations: Json[]): JsonObject {
  return { schemas: [patchOp], Operations: operations };
}

/** Patches a user that has only a userName, or `document`. */
export function patchUser(document: JsonObject, ...operations: Json[]): PatchResult {
  return applyPatch('User', document, message(...operations));
}

/** The document after patching a user that holds nothing but `userName` "u". */
export function patched(...operations: Json[]): JsonObject {
  const { userName: _, ...rest } = patchUser({ userName: 'u' }, ...operations).document;
  return rest;
}

/** The SCIM refusal that `act` ends in. */
export function refusal(act: () => unknown): { status: number; scimType: string | undefined; detail: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof ScimError) return { status: error.status, scimType: error.scimType, detail: error.message };
    throw error;
  }
  throw new Error('Nothing was refused.');
}
