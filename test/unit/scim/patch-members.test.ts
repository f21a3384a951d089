import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src-main/contract/index.ts';
import { applyPatch, elementMatches, readResource } from '../../../src-main/scim/index.ts';
import { message, refusal } from './support.ts';

const crew = { displayName: 'Estuary Crew' };
const patch = (...operations: Json[]) => applyPatch('Group', crew, message(...operations));
const edits = (...operations: Json[]) => patch(...operations).members;
const people: JsonObject[] = [{ $ref: null, value: 'usr_1' }, { value: 'usr_2' }];

describe('§1.15 and quirk 16: members', () => {
  it('Add one or many', () => {
    expect(edits({ op: 'Add', path: 'members', value: people })).toEqual([
      { operation: 0, op: 'add', ids: ['usr_1', 'usr_2'] },
    ]);
    expect(edits({ op: 'add', value: { members: people } })).toEqual([
      { operation: 0, op: 'add', ids: ['usr_1', 'usr_2'] },
    ]);
  });

  it.each([
    ['a bare string', 'usr_1'],
    ['an object', { value: 'usr_1' }],
    ['a list of a bare string', ['usr_1']],
    ['Value in other case', [{ Value: 'usr_1' }]],
    ['the same twice', [{ value: 'usr_1' }, { value: 'usr_1' }]],
  ])('a member as %s', (_, value) => {
    expect(edits({ op: 'Add', path: 'members', value })).toEqual([{ operation: 0, op: 'add', ids: ['usr_1'] }]);
  });

  it('Remove with values takes only these, never everybody', () => {
    expect(edits({ op: 'Remove', path: 'members', value: people })).toEqual([
      { operation: 0, op: 'remove', ids: ['usr_1', 'usr_2'] },
    ]);
    expect(edits({ op: 'Remove', path: 'members', value: 'usr_1' })).toEqual([
      { operation: 0, op: 'remove', ids: ['usr_1'] },
    ]);
    expect(edits({ op: 'Remove', path: 'members', value: [] })).toEqual([{ operation: 0, op: 'remove', ids: [] }]);
  });

  it('Remove by filter: ids are read from it, members need no loading', () => {
    const remove = (filter: string) => edits({ op: 'remove', path: `members[${filter}]` });
    expect(remove('value eq "usr_1"')).toEqual([{ operation: 0, op: 'remove', ids: ['usr_1'] }]);
    expect(remove('VALUE EQ usr_1')).toEqual([{ operation: 0, op: 'remove', ids: ['usr_1'] }]);
    expect(remove('value eq "b" or (value eq "a" or value eq "b")')).toEqual([
      { operation: 0, op: 'remove', ids: ['b', 'a'] },
    ]);
  });

  it('Remove by another filter is for whoever holds the members', () => {
    const [edit] = edits({ op: 'remove', path: 'members[display sw "O" or value eq "usr_9"]' });
    if (edit?.op !== 'removeWhere') throw new Error(`not removeWhere: ${edit?.op}`);
    expect(elementMatches(edit.filter, { value: 'usr_1', display: 'orla' })).toBe(true);
    expect(elementMatches(edit.filter, { value: 'usr_9', display: 'x' })).toBe(true);
    expect(elementMatches(edit.filter, { value: 'usr_2', display: 'x' })).toBe(false);
  });

  it('Remove without values empties the group', () => {
    expect(edits({ op: 'Remove', path: 'members' })).toEqual([{ operation: 0, op: 'clear' }]);
    expect(edits({ op: 'Remove', path: 'members', value: null })).toEqual([{ operation: 0, op: 'clear' }]);
  });

  it('Replace sets exactly these', () => {
    expect(edits({ op: 'Replace', path: 'members', value: [{ value: 'usr_1' }] })).toEqual([
      { operation: 0, op: 'replace', ids: ['usr_1'] },
    ]);
    expect(edits({ op: 'replace', value: { Members: [] } })).toEqual([{ operation: 0, op: 'replace', ids: [] }]);
    expect(edits({ op: 'replace', path: 'members[value eq "usr_1"]', value: { value: 'usr_2' } })).toEqual([
      { operation: 0, op: 'remove', ids: ['usr_1'] },
      { operation: 0, op: 'add', ids: ['usr_2'] },
    ]);
  });

  it('§4.2: several operations in order, each with its index', () => {
    const result = patch(
      { op: 'Add', path: 'members', value: 'usr_1' },
      { op: 'Replace', path: 'displayName', value: 'Crew' },
      { op: 'Remove', path: 'members', value: [{ value: 'usr_1' }] },
      { op: 'Replace', path: 'displayName', value: 'Crew' },
    );
    expect(result).toEqual({
      document: { displayName: 'Crew' },
      changes: [{ path: 'displayName', before: 'Estuary Crew', after: 'Crew' }],
      members: [
        { operation: 0, op: 'add', ids: ['usr_1'] },
        { operation: 2, op: 'remove', ids: ['usr_1'] },
      ],
      noEffect: [3],
      unmapped: [],
    });
  });

  it('never lands in the document', () => {
    expect(patch({ op: 'Add', path: 'members', value: people }).document).toBe(crew);
    expect(readResource('Group', { ...crew, members: [...people, { value: 'usr_1' }, 'usr_3'] })).toEqual({
      document: crew,
      members: ['usr_1', 'usr_2', 'usr_3'],
      unmapped: [],
    });
  });

  it.each([[{ display: 'Orla' }], [{ value: '' }], [{ value: 5 }], [5], [null], ['']])(
    'refuses the member %j',
    (member) => {
      const act = () => edits({ op: 'Add', path: 'members', value: [member] });
      expect(refusal(act)).toMatchObject({
        status: 400,
        scimType: 'invalidValue',
        detail: expect.stringContaining('members'),
      });
    },
  );

  it('refuses to change parts of a member (immutable, RFC 7643 §4.2)', () => {
    for (const path of ['members[value eq "usr_1"].value', 'members.value', 'members[value eq "usr_1"].type']) {
      expect(refusal(() => edits({ op: 'replace', path, value: 'x' })).scimType).toBe('mutability');
    }
  });
});
