import type { Json } from '../../contract/json.ts';
import { ScimError } from '../errors.ts';
import type { Filter } from '../filter/types.ts';
import { isEmpty, isObject, own, ownKey } from '../json.ts';
import { wrongElement, wrongType } from '../values.ts';
import type { MemberEdit } from './index.ts';
import type { Operation } from './message.ts';
import type { AttributeTarget } from './target.ts';

/**
 * What an operation on `members` asks for. A Remove with values takes only these (Entra's form); a Remove without filter and
 * without values empties the group. Throws ScimError 400: invalidValue, or mutability for a part of a member.
 */
export function memberEdits(operation: Operation, target: AttributeTarget, value: Json | undefined): MemberEdit[] {
  const { index, op } = operation;
  const { filter, sub } = target;
  if (sub !== null) {
    const detail = `${target.path} can't be changed: add or remove whole members.`;
    throw new ScimError(400, detail, 'mutability');
  }
  if (op === 'remove') {
    if (filter !== null) return [removal(index, filter)];
    if (value === undefined || value === null) return [{ operation: index, op: 'clear' }];
    return [{ operation: index, op: 'remove', ids: readMemberIds(value) }];
  }
  const ids = readMemberIds(value ?? null);
  if (filter === null) return [{ operation: index, op, ids }];
  const added: MemberEdit = { operation: index, op: 'add', ids: ids.length > 0 ? ids : (idsOf(filter) ?? []) };
  return op === 'add' ? [added] : [removal(index, filter), { operation: index, op: 'add', ids }];
}

/** The ids in a list of members: objects with `value`, bare ids, or just one of these. Each id once, in the order sent. */
export function readMemberIds(sent: Json): string[] {
  if (isEmpty(sent)) return [];
  const ids = new Set<string>();
  const wanted = 'a list of objects with a value';
  for (const one of Array.isArray(sent) ? sent : [sent]) {
    const id = isObject(one) ? own(one, ownKey(one, 'value') ?? 'value') : one;
    if (typeof id === 'string' && id !== '') ids.add(id);
    else if (isObject(one))
      throw new ScimError(400, "members: each member needs a value, the user's id.", 'invalidValue');
    else if (Array.isArray(sent)) throw wrongElement('members', wanted, one);
    else throw wrongType('members', wanted, one);
  }
  return [...ids];
}

/** A filter that lists ids names the members itself: nothing has to be read to find them. */
function removal(operation: number, filter: Filter): MemberEdit {
  const ids = idsOf(filter);
  return ids === null ? { operation, op: 'removeWhere', filter } : { operation, op: 'remove', ids };
}

/** The ids of `value eq "a" or value eq "b"`; null for any other filter. */
function idsOf(filter: Filter): string[] | null {
  if (filter.kind === 'or') {
    const left = idsOf(filter.left);
    const right = idsOf(filter.right);
    return left === null || right === null ? null : [...new Set([...left, ...right])];
  }
  const names = filter.kind === 'compare' && filter.op === 'eq' && filter.path.sub?.name === 'value';
  return names && typeof filter.value === 'string' ? [filter.value] : null;
}
