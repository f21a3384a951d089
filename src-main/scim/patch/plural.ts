import type { Json, JsonObject } from '../../contract/json.ts';
import { ScimError } from '../errors.ts';
import type { Filter } from '../filter/types.ts';
import { isEmpty, isObject, ownKey, without } from '../json.ts';
import type { Attribute } from '../schemas/types.ts';
import { merge, type Reading, readElements, readParts, wrongType } from '../values.ts';
import {
  addElements,
  type Elements,
  elementFrom,
  once,
  picked,
  removeElements,
  solePrimary,
  withoutTwins,
} from './elements.ts';
import type { Operation } from './message.ts';
import type { AttributeTarget } from './target.ts';

/** How the values of an operation are read. */
interface Readers {
  readonly reading: Reading;
  readPart(sub: Attribute, sent: Json): Json | undefined;
}

/** The elements after an operation; `emptied` when some may have lost their content. */
interface Outcome {
  readonly elements: Elements;
  readonly emptied: boolean;
}

/**
 * Applies one operation to the elements of a multi-valued attribute (RFC 7644 §3.5.2). Where Entra parts from the RFC, Entra
 * wins: a filter that picks nothing creates the element it describes, and a remove with values takes only these.
 * Throws ScimError 400 noTarget when a filter picks nothing and describes no element.
 */
export function nextElements(
  op: Operation['op'],
  target: AttributeTarget,
  existing: Elements,
  sent: Json | undefined,
  readers: Readers,
): Outcome {
  if (target.sub !== null) return setPart(op, target, target.sub, existing, sent ?? null, readers);
  if (target.filter !== null) return setPicked(op, target, target.filter, existing, sent ?? null, readers.reading);
  const { attribute, path } = target;
  if (op === 'remove' && (sent === undefined || sent === null || sent === '')) return { elements: [], emptied: false };
  const { elements, emptied } = readElements(attribute, sent ?? null, path, readers.reading);
  if (op === 'remove') return { elements: removeElements(attribute, existing, elements), emptied: false };
  return { elements: op === 'add' ? addElements(attribute, existing, elements) : once(elements), emptied };
}

/** `emails[type eq "work"].value`, or `emails.value` for each element there is. */
function setPart(
  op: Operation['op'],
  { attribute, filter }: AttributeTarget,
  sub: Attribute,
  existing: Elements,
  sent: Json,
  readers: Readers,
): Outcome {
  const part = op === 'remove' ? undefined : readers.readPart(sub, sent);
  const indexes = picked(existing, filter);
  const list = [...existing];
  for (const at of indexes) {
    const element = list[at] ?? {};
    const key = partKey(element, sub);
    list[at] = part === undefined ? without(element, key) : { ...element, [key]: part };
  }
  if (part === undefined) return { elements: list, emptied: indexes.length > 0 };
  if (indexes.length === 0) list.push({ ...(filter === null ? {} : describedBy(filter, attribute)), [sub.name]: part });
  const last = indexes.at(-1) ?? existing.length;
  return { elements: withoutTwins(onePrimary(list, last), indexes), emptied: false };
}

/** `emails[type eq "work"]` with an object: add merges it into what the filter picks, replace puts it there. */
function setPicked(
  op: Operation['op'],
  { attribute, path }: AttributeTarget,
  filter: Filter,
  existing: Elements,
  sent: Json,
  reading: Reading,
): Outcome {
  const indexes = picked(existing, filter);
  if (op === 'remove' || isEmpty(sent)) {
    const gone = new Set(indexes);
    return { elements: existing.filter((_, at) => !gone.has(at)), emptied: false };
  }
  const value = Array.isArray(sent) && sent.length === 1 ? (sent[0] ?? null) : sent;
  if (!isObject(value)) throw wrongType(path, 'an object', value);
  const parts = readParts(attribute, value, path, reading);
  const list = [...existing];
  for (const at of indexes) list[at] = merge(op === 'add' ? (list[at] ?? {}) : (elementFrom(filter) ?? {}), parts);
  if (indexes.length === 0) list.push(merge(describedBy(filter, attribute), parts));
  const last = indexes.at(-1) ?? existing.length;
  return { elements: withoutTwins(onePrimary(list, last), indexes), emptied: [...parts.values()].includes(undefined) };
}

/** The element a filter describes, or a refusal: there is none to change and none to create. */
function describedBy(filter: Filter, attribute: Attribute): JsonObject {
  const element = elementFrom(filter);
  if (element === null) throw noTarget(attribute);
  return element;
}

function noTarget(attribute: Attribute): ScimError {
  const detail = `No value of ${attribute.name} satisfies the filter, and the filter doesn't say what a new one would be.`;
  return new ScimError(400, detail, 'noTarget');
}

/** When the element at `at`, just written, is primary, no other one is. */
function onePrimary(list: Elements, at: number): Elements {
  return list[at]?.primary === true ? solePrimary(list, at) : list;
}

/** Parts of an attribute no schema knows keep the letter case they came in. */
function partKey(element: JsonObject, sub: Attribute): string {
  return sub.open ? (ownKey(element, sub.name) ?? sub.name) : sub.name;
}
