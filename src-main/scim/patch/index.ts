import type { JsonObject } from '../../contract/json.ts';
import type { AttributeChange, ResourceType } from '../../contract/resources.ts';
import { diff } from '../diff.ts';
import { RefusedOperation, ScimError } from '../errors.ts';
import type { Filter } from '../filter/types.ts';
import { checkBody } from '../json.ts';
import { standardSchemas } from '../schemas/registry.ts';
import type { SchemaRegistry } from '../schemas/types.ts';
import { Editor } from './editor.ts';
import { type Operation, readOperations } from './message.ts';

/**
 * What a patch does to a group's members, in order; `operation` is the index in `Operations`, so that whoever holds the members
 * can tell which operation had no effect. `replace`: exactly these. `removeWhere`: the members that match, each read as
 * `{members: [{value, display, type}]}`'s element by the paths of `filter` (`members.value`, …).
 */
export type MemberEdit =
  | { readonly operation: number; readonly op: 'add' | 'remove' | 'replace'; readonly ids: string[] }
  | { readonly operation: number; readonly op: 'clear' }
  | { readonly operation: number; readonly op: 'removeWhere'; readonly filter: Filter };

/** What a PATCH gives. */
export interface PatchResult {
  /** The new document; the very same object when nothing changed. Shares unchanged parts with the old one. */
  document: JsonObject;
  /** What changed in the document; empty for a patch without effect. Members are not in here. */
  changes: AttributeChange[];
  members: MemberEdit[];
  /** Indexes of operations that changed nothing in the document (member edits are never listed). */
  noEffect: number[];
  /** Paths set by this patch that no schema knows, kept verbatim. */
  unmapped: string[];
}

/**
 * Applies a PatchOp message (RFC 7644 §3.5.2, with Entra's ways) to a stored document: in order, all or nothing. `document` is
 * never changed. Throws ScimError 400: invalidSyntax, invalidPath, invalidFilter, invalidValue, noTarget, mutability.
 */
export function applyPatch(
  resourceType: ResourceType,
  document: JsonObject,
  body: JsonObject,
  registry: SchemaRegistry = standardSchemas,
): PatchResult {
  checkBody(body);
  const operations = readOperations(body);
  const editor = new Editor(registry[resourceType], document, true);
  const noEffect: number[] = [];
  for (const operation of operations) {
    const writes = editor.writes;
    const edits = editor.members.length;
    applyOne(editor, operation, operations.length);
    if (editor.writes === writes && editor.members.length === edits) noEffect.push(operation.index);
  }
  const edited = editor.finish();
  const changes = diff(document, edited);
  return {
    document: changes.length === 0 ? document : edited,
    changes,
    members: editor.members,
    noEffect,
    unmapped: [...editor.reading.unmapped],
  };
}

/** Says which operation was refused, where there are several. */
function applyOne(editor: Editor, operation: Operation, count: number): void {
  try {
    editor.apply(operation);
  } catch (error) {
    if (count === 1 || !(error instanceof ScimError)) throw error;
    throw new RefusedOperation(operation.index, error);
  }
}
