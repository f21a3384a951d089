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

/** In the order of the table's columns after `key`. */
type Parts = readonly (string | number | null)[];

interface Kind {
  id: number;
  parts: Parts;
}

function sameParts(a: Parts, b: Parts): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
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
  /** By path: looking at the few kinds of one takes less than making one text of all that a kind is. */
  let known = new Map<string | null, Kind[]>();
  let size = 0;

  function remember(path: string | null, kind: Kind): void {
    if (size >= remembered) {
      known = new Map();
      size = 0;
    }
    const kinds = known.get(path) ?? [];
    // Several calls of one group may have met it first.
    if (kinds.some(({ id }) => id === kind.id)) return;
    kinds.push(kind);
    known.set(path, kinds);
    size += 1;
  }

  return {
    idOf(call, meaning, { path, endsInId }, form, onceCommitted) {
      const { method, status, stage, via, practice, source, resourceType, scimType } = call;
      const changeKind = call.changes[0]?.kind ?? null;
      const baseUrl = form === null ? null : (call.shows?.baseUrl ?? null);
      const { outcome, probe } = meaning;
      const why = meaning.why.length === 0 ? null : meaning.why.join(' ');
      const parts = [
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
      ];
      const seen = known.get(path)?.find((kind) => sameParts(kind.parts, parts));
      if (seen !== undefined) return seen.id;
      const key = JSON.stringify(parts);
      const id = find.get(key) ?? Number(add.run(key, ...parts).lastInsertRowid);
      onceCommitted.push(() => remember(path, { id, parts }));
      return id;
    },
  };
}
