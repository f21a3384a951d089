import type Database from 'better-sqlite3';
import type { CapturedCall } from '../contract/index.ts';
import type { AnswerForm } from './shows.ts';
import type { CallMeaning } from './store.ts';
import type { OnceCommitted } from './texts.ts';

/** Kinds remembered in memory; beyond it the memory begins anew. */
const remembered = 1_024;

/** What many calls have in common, each combination stored once. */
export interface Kinds {
  /** The id of a call's kind. Runs inside the writer's transaction. */
  idOf(
    call: CapturedCall,
    meaning: CallMeaning,
    path: KindPath,
    form: AnswerForm | null,
    onceCommitted: OnceCommitted,
  ): number;
}

/** How a call's path is kept. */
export interface KindPath {
  /** In the kind; null when the call keeps it. */
  path: string | null;
  /** The call's resource id follows. */
  endsInId: boolean;
}

const inCall: KindPath = { path: null, endsInId: false };

/** Paths that address a resource type or a record repeat but for the id; any other is kept with its call. */
export function kindPathOf({ path, resourceType, resourceId }: CapturedCall): KindPath {
  if (resourceType === null) return inCall;
  if (resourceId !== null && path.endsWith(resourceId)) {
    return { path: path.slice(0, path.length - resourceId.length), endsInId: true };
  }
  return path.length <= 40 ? { path, endsInId: false } : inCall;
}

export function createKinds(db: Database.Database): Kinds {
  const columns = `key, method, path, path_ends_in_id, status, outcome, stage, via, practice, probe, source, resource_type, scim_type,
    change_kind, form, base_url, why`;
  const find = db.prepare<[string], number>('SELECT id FROM call_kinds WHERE key = ?').pluck();
  const add = db.prepare(`INSERT INTO call_kinds (${columns}) VALUES (${columns.replaceAll(/\w+/g, '?')})`);
  // Kinds of calls long gone, so that strangers' oddities do not pile up.
  db.exec('DELETE FROM call_kinds WHERE id NOT IN (SELECT kind FROM calls)');
  let known = new Map<string, number>();

  return {
    idOf(call, meaning, { path, endsInId }, form, onceCommitted) {
      const { method, status, stage, via, practice, source, resourceType, scimType } = call;
      const changeKind = call.changes[0]?.kind ?? null;
      const baseUrl = form === null ? null : (call.shows?.baseUrl ?? null);
      const { outcome, probe } = meaning;
      const why = meaning.why.length === 0 ? null : meaning.why.join(' ');
      const key = `${method} ${status} ${path} ${endsInId} ${outcome} ${stage} ${via} ${practice} ${probe} ${source} ${resourceType} ${scimType} ${changeKind} ${form} ${baseUrl} ${why}`;
      const id = known.get(key);
      if (id !== undefined) return id;
      const stored =
        find.get(key) ??
        Number(
          add.run(
            key,
            method,
            path,
            endsInId ? 1 : 0,
            status,
            outcome,
            stage,
            via,
            practice ? 1 : 0,
            probe ? 1 : 0,
            source,
            resourceType,
            scimType,
            changeKind,
            form,
            baseUrl,
            why,
          ).lastInsertRowid,
        );
      onceCommitted.push(() => {
        if (known.size >= remembered) known = new Map();
        known.set(key, stored);
      });
      return stored;
    },
  };
}
