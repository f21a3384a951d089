import type { ExplanationCode, Slots } from '../../contract/catalogue/explanations/index.ts';
import type { CapturedCall } from '../../contract/index.ts';
import type { SchemaRegistry } from '../../scim/index.ts';

/** What is looked at: a call as it is recorded, or as it is read again later. */
export type Seen = Pick<
  CapturedCall,
  | 'method'
  | 'path'
  | 'query'
  | 'status'
  | 'requestHeaders'
  | 'requestBody'
  | 'responseBody'
  | 'detail'
  | 'scimType'
  | 'resourceType'
  | 'resourceId'
  | 'totalResults'
  | 'changes'
  | 'durationMs'
  | 'stage'
  | 'practice'
  | 'tenantAdmins'
  | 'noEffect'
  | 'scanned'
  | 'shows'
>;

/** What the pilot knows besides the call. */
export interface World {
  /** The schemas in force; the same object until they change. */
  registry(): SchemaRegistry;
  /** The name of a user by id; null when there is none. */
  nameOfUser(id: string): string | null;
  /** Whether another record of the type has this externalId. */
  sharesExternalId(type: 'User' | 'Group', externalId: string, id: string): boolean;
  tenantAdmins: {
    /** Whether a userName is a ServiceOps tenant admin's. */
    named(userName: string): boolean;
    /** The name of a tenant admin who was provisioned before; null for any other id. */
    hidden(id: string): string | null;
  };
}

/** An entry of the catalogue that fits a call, and what the call tells of its slots. */
export interface Finding {
  code: ExplanationCode;
  slots: Slots;
  /** Attributes that are at fault, by SCIM path. */
  faults?: readonly string[];
}
