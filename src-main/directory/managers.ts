import type Database from 'better-sqlite3';
import { managerPath } from '../contract/catalogue/manager-path.ts';
import type { AttributeChange, Json, MemberRef } from '../contract/index.ts';
import { fold, ScimError } from '../scim/index.ts';
import { object, text } from './documents.ts';
import { quote } from './errors.ts';
import { visibleRow } from './rows.ts';
import { prepared } from './statements.ts';

/** The users whom these changes name as manager by id, deleted ones too. An id that nobody here has, or has any more, is left out. */
export function managersNamed(
  db: Database.Database,
  changes: readonly Pick<AttributeChange, 'path' | 'before' | 'after'>[],
): MemberRef[] {
  const ids = changes.flatMap(({ path, before, after }) =>
    managerPath.test(path) ? [...idOf(before), ...idOf(after)] : [],
  );
  return [...new Set(ids)].flatMap((id): MemberRef[] => {
    const name = prepared(db, 'SELECT name FROM users WHERE id = ?').pluck().get(fold(id));
    return typeof name === 'string' ? [{ id, name }] : [];
  });
}

/** The id of a manager, or of the object around it. */
function idOf(value: Json | undefined): string[] {
  const id = text(object(value)?.value ?? value);
  return id === null ? [] : [id];
}

/** Azure may name anybody, for the user may come later; who edits by hand chooses among those who are here. */
export function refuseUnknownManager(db: Database.Database, id: string): void {
  if (visibleRow(db, 'User', fold(id)) !== undefined) return;
  throw new ScimError(400, `No user here has the id ${quote(id)}, so it can't be the manager.`, 'invalidValue');
}
