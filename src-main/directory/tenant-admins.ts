import type Database from 'better-sqlite3';
import { z } from 'zod';
import { fold, type MemberEdit, ScimError } from '../scim/index.ts';
import { readSetting } from '../storage/index.ts';
import { quote } from './errors.ts';
import { prepared } from './statements.ts';

export const tenantAdminsKey = 'serviceops.tenantAdmins';
export const tenantAdminsSchema = z.array(z.string());

/** A write that was refused because it means a ServiceOps tenant admin; says which. */
export class TenantAdminExcluded extends ScimError {
  readonly userNames: readonly string[];

  constructor(userName: string) {
    super(
      409,
      `${quote(userName)} is a ServiceOps tenant admin: tenant admin accounts are excluded from provisioning. Leave this user unassigned in Azure.`,
      'uniqueness',
    );
    this.userNames = [userName];
  }
}

/** The local accounts that SCIM neither sees nor touches, known in memory: without any, each question is one comparison. */
export interface TenantAdmins {
  /** As the admin wrote them. */
  list(): string[];
  /** Whether a userName, in any letter case, is one's. */
  named(userName: string): boolean;
  /** The name of a user who was provisioned before becoming a tenant admin; null for any other id. */
  hidden(id: string): string | null;
  /** Throws `TenantAdminExcluded` when a user would get a tenant admin's name. */
  refuse(userName: string, folded: string): void;
  /** Member edits without those that would add a tenant admin, and whom they left out. */
  leaveOut(edits: readonly MemberEdit[]): { edits: readonly MemberEdit[]; userNames: readonly string[] };
  /** Reads what is stored, after a change. */
  reload(): void;
}

const nobody: readonly string[] = [];

export function createTenantAdmins(db: Database.Database): TenantAdmins {
  let admins = new Map<string, string>();
  /** By id. */
  let hidden = new Map<string, string>();

  function reload(): void {
    const names = readSetting(db, tenantAdminsKey, tenantAdminsSchema) ?? [];
    admins = new Map(names.map((name) => [fold(name), name]));
    const rows = prepared(db, 'SELECT u.id, u.name FROM hidden_users h JOIN users u ON u.row = h.row').all() as {
      id: string;
      name: string;
    }[];
    hidden = new Map(rows.map(({ id, name }) => [id, name]));
  }

  reload();
  return {
    list: () => [...admins.values()],
    named: (userName) => admins.size > 0 && admins.has(fold(userName)),
    hidden: (id) => hidden.get(id) ?? null,
    refuse(userName, folded) {
      if (admins.size > 0 && admins.has(folded)) throw new TenantAdminExcluded(userName);
    },
    leaveOut(edits) {
      if (hidden.size === 0) return { edits, userNames: nobody };
      const left = new Set<string>();
      const kept = edits.map((edit) => {
        if (edit.op !== 'add' && edit.op !== 'replace') return edit;
        const ids = edit.ids.filter((id) => {
          const name = hidden.get(id);
          if (name !== undefined) left.add(name);
          return name === undefined;
        });
        return { ...edit, ids };
      });
      return { edits: kept, userNames: [...left] };
    },
    reload,
  };
}
