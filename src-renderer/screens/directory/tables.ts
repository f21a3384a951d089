import type { GroupRow, RecordState, UserRow } from '../../../src-main/contract/index.ts';
import type { MarkKind } from '../../ui/mark.tsx';

/** The tabs of the directory, as they stand in the address. */
export type DirectoryTab = 'users' | 'groups' | 'archived' | 'drifted';

/** A row of either table. */
export type DirectoryRow = { type: 'user'; row: UserRow } | { type: 'group'; row: GroupRow };

export const STATE_WORDS: Record<RecordState, string> = { active: 'Active', archived: 'Archived', deleted: 'Deleted' };

/** The mark and word of a record's state. That practice made it is its origin, which has a mark of its own. */
export function stateOf(row: { state: RecordState }): { mark: MarkKind; word: string } {
  return { mark: row.state === 'active' ? 'ok' : 'todo', word: STATE_WORDS[row.state] };
}
