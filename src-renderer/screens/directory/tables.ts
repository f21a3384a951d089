import type { GroupRow, RecordState, UserRow } from '../../../src-main/contract/index.ts';
import type { MarkKind } from '../../ui/mark.tsx';

/** The tabs of the directory, as they stand in the address. */
export type DirectoryTab = 'users' | 'groups' | 'archived';

/** A row of either table. */
export type DirectoryRow = { type: 'user'; row: UserRow } | { type: 'group'; row: GroupRow };

export const STATE_WORDS: Record<RecordState, string> = { active: 'Active', archived: 'Archived', deleted: 'Deleted' };

/** The mark and word of a record. Practice made it: that is what counts. */
export function stateOf(row: { state: RecordState; changedBy: UserRow['changedBy'] }): {
  mark: MarkKind;
  word: string;
} {
  if (row.state !== 'active') return { mark: 'todo', word: STATE_WORDS[row.state] };
  return row.changedBy === 'practice' ? { mark: 'practice', word: 'Practice' } : { mark: 'ok', word: 'Active' };
}
