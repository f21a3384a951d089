import type { AttributeChange, MemberRef } from '../../src-main/contract/index.ts';
import { formatNumber } from './format.ts';

const EXTENSION = 'urn:ietf:params:scim:schemas:extension:';

/** A SCIM path cut from the left where it carries a URN: `…enterprise:2.0:User:department`. */
export function splitPath(path: string): { prefix: string; leaf: string } {
  if (!path.startsWith('urn:')) return { prefix: '', leaf: path };
  const short = path.startsWith(EXTENSION) ? `…${path.slice(EXTENSION.length)}` : path;
  const cut = short.lastIndexOf(':') + 1;
  return { prefix: short.slice(0, cut), leaf: short.slice(cut) };
}

/** A path as short as people say it: `department`, `emails[work]`. */
export function briefPath(path: string): string {
  return splitPath(path).leaf.replace(/\[type eq "([^"]+)"\](\.value$)?/, '[$1]');
}

/** A JSON value as one line: text as it stands, everything else as JSON; absent is null. `more`: values a list leaves out. */
export function inLine(value: AttributeChange['after'], more = 0): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return more === 0 ? text : `${text} and ${formatNumber(more)} more`;
}

/** Groups that a user joined, or left, with its record: as names, where a change says nothing else of them. */
export interface GroupsChange {
  joined: boolean;
  groups: MemberRef[];
  /** How many there were besides those named. */
  more: number | undefined;
}

/** A change of the attribute `groups` as groups; null for any other. */
export function groupsChangeOf({ path, before, after, more }: AttributeChange): GroupsChange | null {
  const listed = after ?? before;
  if (path !== 'groups' || !Array.isArray(listed) || (Array.isArray(before) && Array.isArray(after))) return null;
  const groups = listed.flatMap((group): MemberRef[] => {
    if (typeof group !== 'object' || group === null || Array.isArray(group)) return [];
    const { value, display } = group;
    if (typeof value !== 'string') return [];
    return [{ id: value, name: typeof display === 'string' ? display : value }];
  });
  return groups.length === listed.length ? { joined: Array.isArray(after), groups, more } : null;
}
