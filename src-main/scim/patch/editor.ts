import type { Json, JsonObject } from '../../contract/json.ts';
import { ScimError } from '../errors.ts';
import { isEmpty, isObject, maximumValues, own, ownKey, sameJson, without } from '../json.ts';
import type { Attribute, ResourceSchema, Schema } from '../schemas/types.ts';
import { merge, objectOf, type Reading, readParts, readSimple, tooMany, wrongType } from '../values.ts';
import { verbatim } from '../verbatim.ts';
import { isHusk } from './elements.ts';
import type { MemberEdit } from './index.ts';
import { memberEdits } from './members.ts';
import type { Operation } from './message.ts';
import { nextElements } from './plural.ts';
import {
  type AttributeTarget,
  parseExtensionKey,
  parseKey,
  parseTarget,
  parseUnknownKey,
  type Target,
  type UnmappedTarget,
} from './target.ts';

/**
 * What one message may cost, in steps of about half a microsecond: a hundred times what Entra sends, yet never long enough to
 * keep others waiting. An operation costs some by itself, and more for each element and key it looks at.
 */
const mostSteps = 100_000;
const stepsAnOperation = 20;
const stepsAnElement = 2;
/** Keys that are only compared by name, for one step. */
const keysAStep = 8;

/**
 * A document being changed: by the operations of a PATCH, or filled from the body of a POST. Copies what it changes, once, and
 * shares the rest with the document it started from, which stays as it was.
 */
export class Editor {
  readonly members: MemberEdit[] = [];
  readonly reading: Reading;
  /** Grows with each change: an operation that leaves it alone had no effect. */
  writes = 0;
  private readonly type: ResourceSchema;
  private readonly original: JsonObject;
  private document: JsonObject;
  private readonly ownExtensions = new Set<string>();
  private steps = 0;
  /** Targets by path, for paths that repeat: those of known attributes mean the same whatever the document holds. */
  private readonly targets = new Map<string, AttributeTarget>();
  /** Attributes of which a part was cleared: elements without content go at the end. */
  private readonly emptied = new Map<string, AttributeTarget>();

  constructor(type: ResourceSchema, document: JsonObject, patch: boolean) {
    this.type = type;
    this.original = document;
    this.document = document;
    this.reading = { patch, unmapped: new Set() };
  }

  /** Applies one operation. Throws ScimError; what it had changed by then is for the caller to throw away. */
  apply(operation: Operation): void {
    const { path, value } = operation;
    this.applyTo(operation, path === null ? { kind: 'resource' } : this.targetOf(path, value), value);
  }

  private targetOf(path: string, value: Json | undefined): Target {
    const known = this.targets.get(path);
    if (known !== undefined) return known;
    const target = parseTarget(path, this.type, this.document, value);
    if (target.kind === 'attribute' && !target.attribute.open) this.targets.set(path, target);
    return target;
  }

  /** Throws ScimError 400 tooMany when the message costs too much. */
  private spend(steps: number): void {
    this.steps += steps;
    if (this.steps > mostSteps) {
      throw new ScimError(
        400,
        'The operations of this request cost too much together: send them in several.',
        'tooMany',
      );
    }
  }

  /** The document as it is now: the original one when nothing changed. */
  finish(): JsonObject {
    for (const target of this.emptied.values()) {
      const kept = elementsOf(this.read(target)).filter((one) => !isHusk(one));
      this.write(target, kept.length === 0 ? undefined : kept);
    }
    return this.document;
  }

  private applyTo(operation: Operation, target: Target, value: Json | undefined): void {
    switch (target.kind) {
      case 'dropped':
        return;
      case 'resource':
        this.applyToResource(operation, value);
        return;
      case 'extension':
        this.applyToExtension(operation, target.urn, target.schema, value);
        return;
      case 'unmapped':
        this.applyToUnmapped(operation, target, value);
        return;
      case 'attribute':
        this.applyToAttribute(operation, target, value);
        return;
    }
  }

  private applyToResource(operation: Operation, value: Json | undefined): void {
    if (operation.op === 'remove') {
      throw new ScimError(400, 'A remove needs a "path": it would remove everything.', 'noTarget');
    }
    if (!isObject(value)) throw wrongType(`${operation.op} without a "path"`, 'an object of attributes', value ?? null);
    for (const [key, one] of Object.entries(value)) {
      this.applyTo(operation, parseKey(key, this.type, this.document, one), one);
    }
  }

  private applyToExtension(operation: Operation, urn: string, schema: Schema | null, value: Json | undefined): void {
    if (operation.op === 'remove' || isEmpty(value)) {
      this.put(null, urn, undefined);
      return;
    }
    if (!isObject(value)) throw wrongType(urn, 'an object of attributes', value);
    if (schema === null) this.applyToUnknown(operation, urn, value);
    else {
      for (const [key, one] of Object.entries(value)) {
        this.applyTo(operation, parseExtensionKey(key, this.type, schema), one);
      }
    }
  }

  /** Whole attributes before their parts, which would be lost with what was there when the attribute comes after them. */
  private applyToUnknown(operation: Operation, urn: string, value: JsonObject): void {
    const depth = (key: string) => key.split('.').length;
    for (const [key, one] of Object.entries(value).sort(([a], [b]) => depth(a) - depth(b))) {
      this.applyTo(operation, parseUnknownKey(key, urn), one);
    }
  }

  private applyToAttribute(operation: Operation, target: AttributeTarget, value: Json | undefined): void {
    const { attribute, sub } = target;
    if (attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly') {
      if (operation.op !== 'remove') return;
      throw new ScimError(400, `${target.path} is read-only and can't be removed.`, 'mutability');
    }
    if (target.urn === null && attribute === this.type.core.attributes.get('members')) {
      this.members.push(...memberEdits(operation, target, value));
    } else if (attribute.multiValued) this.applyToElements(operation, target, value);
    else if (attribute.type === 'complex') this.applyToComplex(operation, target, value);
    else {
      const read =
        operation.op === 'remove' ? undefined : readSimple(attribute, value ?? null, target.path, this.reading);
      if (attribute.required && isBlank(read)) throw required(operation, target.path);
      this.write(target, read);
    }
  }

  /** Both add and replace leave parts alone that were not sent (RFC 7644 §3.5.2.3); a reference such as `manager` is replaced. */
  private applyToComplex(operation: Operation, target: AttributeTarget, sent: Json | undefined): void {
    const { attribute, sub, path } = target;
    const value = sent ?? null;
    const old = this.read(target);
    const existing = isObject(old) ? old : {};
    this.spend(sizeOf(existing));
    const isReference = attribute.subAttributes.has('value');
    let next: JsonObject;
    if (sub !== null)
      next = withPart(existing, sub, operation.op === 'remove' ? undefined : this.readPart(target, sub, value));
    else if (operation.op === 'remove' || isEmpty(value)) next = {};
    else {
      const object = isReference ? referenceOf(value) : value;
      if (!isObject(object)) throw wrongType(path, isReference ? 'an object or an id' : 'an object', object);
      const parts = readParts(attribute, object, path, this.reading);
      next = isReference && parts.has('value') ? (objectOf(parts) ?? {}) : merge(existing, parts);
    }
    const empty = Object.keys(next).length === 0 || (isReference && !Object.hasOwn(next, 'value'));
    this.write(target, empty ? undefined : next);
  }

  private applyToElements(operation: Operation, target: AttributeTarget, value: Json | undefined): void {
    const old = this.read(target);
    this.spend(stepsAnOperation + stepsAnElement * sizeOf(old));
    if (target.attribute.open) {
      if (old !== undefined && !Array.isArray(old)) {
        throw new ScimError(400, `${target.path} is no list: there is nothing to filter.`, 'invalidPath');
      }
      if (operation.op !== 'remove' && !isEmpty(value)) this.reading.unmapped.add(target.path);
    }
    const { elements, emptied } = nextElements(operation.op, target, elementsOf(old), value, {
      reading: this.reading,
      readPart: (sub, sent) => this.readPart(target, sub, sent),
    });
    if (emptied) this.emptied.set(target.path, target);
    this.write(target, elements.length === 0 ? undefined : [...elements]);
  }

  /** Attributes no schema knows stay where they were sent, verbatim. */
  private applyToUnmapped(operation: Operation, target: UnmappedTarget, sent: Json | undefined): void {
    const value = operation.op === 'remove' ? undefined : verbatim(sent);
    const { urn } = target;
    const home = this.home(urn);
    const [key, ...below] = keysIn(home, target);
    const path = `${urn === null ? '' : `${urn}:`}${[key, ...below].join('.')}`;
    if (value !== undefined) this.reading.unmapped.add(path);
    const old = own(home, key);
    this.spend(stepsAnOperation + sizeOf(home) / keysAStep + sizeAlong(old, below));
    const next = setDeep(old, below, value, path);
    if (next !== old) this.store(urn, key, old, next);
  }

  /** A sub-attribute's value; an unknown one is kept verbatim and noted. */
  private readPart(target: AttributeTarget, sub: Attribute, sent: Json): Json | undefined {
    if (!sub.open) return readSimple(sub, sent, target.path, this.reading);
    const kept = verbatim(sent);
    if (kept !== undefined) this.reading.unmapped.add(target.path);
    return kept;
  }

  private home(urn: string | null): JsonObject {
    if (urn === null) return this.document;
    const home = own(this.document, urn);
    return isObject(home) ? home : {};
  }

  private read({ urn, attribute }: AttributeTarget): Json | undefined {
    const home = this.home(urn);
    return own(home, attribute.open ? (ownKey(home, attribute.name) ?? attribute.name) : attribute.name);
  }

  private write({ urn, attribute }: AttributeTarget, value: Json | undefined): void {
    const key = attribute.open ? (ownKey(this.home(urn), attribute.name) ?? attribute.name) : attribute.name;
    this.put(urn, key, value);
  }

  private put(urn: string | null, key: string, value: Json | undefined): void {
    const home = this.home(urn);
    const old = own(home, key);
    this.spend(stepsAnOperation);
    if (!sameJson(old, value)) this.store(urn, key, old, value);
  }

  /** Puts a value that differs from the old one. */
  private store(urn: string | null, key: string, old: Json | undefined, value: Json | undefined): void {
    const home = this.home(urn);
    if (sizeOf(value) > maximumValues) throw tooMany(key);
    if (old === undefined && sizeOf(home) >= maximumValues) throw tooMany(urn ?? 'The resource');
    this.writes++;
    if (this.document === this.original) this.document = { ...this.original };
    if (urn === null) {
      assign(this.document, key, value);
      return;
    }
    const extension = this.ownExtensions.has(urn) ? home : { ...home };
    assign(extension, key, value);
    if (Object.keys(extension).length === 0) {
      this.ownExtensions.delete(urn);
      delete this.document[urn];
    } else {
      this.ownExtensions.add(urn);
      this.document[urn] = extension;
    }
  }
}

/** `key` is never `__proto__`: neither bodies nor paths let it through. */
function assign(object: JsonObject, key: string, value: Json | undefined): void {
  if (value === undefined) delete object[key];
  else object[key] = value;
}

/** Values in a list, parts of an object. */
function sizeOf(value: Json | undefined): number {
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : 0;
}

function elementsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** What stands for a reference: an object, an id, or a list of one of these (the forms in which Entra sends `manager`). */
function referenceOf(sent: Json): Json {
  const only = Array.isArray(sent) && sent.length === 1 ? (sent[0] ?? null) : sent;
  return typeof only === 'string' || only === null ? { value: only } : only;
}

function withPart(object: JsonObject, sub: Attribute, value: Json | undefined): JsonObject {
  const key = sub.open ? (ownKey(object, sub.name) ?? sub.name) : sub.name;
  return value === undefined ? without(object, key) : { ...object, [key]: value };
}

/** Values and parts of all the objects that `keys` lead through. */
function sizeAlong(value: Json | undefined, keys: readonly string[]): number {
  const [first, ...rest] = keys;
  if (first === undefined || !isObject(value)) return 0;
  return sizeOf(value) + sizeAlong(own(value, ownKey(value, first) ?? first), rest);
}

/** The keys of an attribute as its home spells them: a dotted one that is there as it stands means itself. */
function keysIn(home: JsonObject, { keys, together }: UnmappedTarget): readonly [string, ...string[]] {
  const [first, ...below] = keys;
  const dotted = keys.join('.');
  const literal = below.length === 0 ? undefined : ownKey(home, dotted);
  if (literal !== undefined) return [literal];
  const key = ownKey(home, first) ?? first;
  return together && !leadsOn(own(home, key), below) ? [dotted] : [key, ...below];
}

/** Whether keys can lead on below a value: through objects, or from where nothing is yet. */
function leadsOn(value: Json | undefined, keys: readonly string[]): boolean {
  const [first, ...rest] = keys;
  if (first === undefined || value === undefined) return true;
  return isObject(value) && leadsOn(own(value, ownKey(value, first) ?? first), rest);
}

/** `old` with `value` at `keys` below it, the very same where that changes nothing; undefined when nothing is left. */
function setDeep(
  old: Json | undefined,
  keys: readonly string[],
  value: Json | undefined,
  path: string,
): Json | undefined {
  const [first, ...rest] = keys;
  if (first === undefined) return sameJson(old, value) ? old : value;
  if (old !== undefined && !isObject(old)) {
    if (value === undefined) return old;
    throw new ScimError(400, `${path} lies below a value that has no parts.`, 'invalidPath');
  }
  const key = ownKey(old ?? {}, first) ?? first;
  const before = own(old ?? {}, key);
  const inner = setDeep(before, rest, value, path);
  if (inner === before) return old;
  const next = inner === undefined ? without(old ?? {}, key) : { ...old, [key]: inner };
  return Object.keys(next).length === 0 ? undefined : next;
}

/** RFC 7643 §4.1.1: a userName is not empty; one of spaces alone could be neither seen nor matched. */
function isBlank(value: Json | undefined): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}

/** RFC 7644 §3.5.2.2: removing a required attribute is a matter of mutability; setting it to nothing, of its value. */
function required(operation: Operation, path: string): ScimError {
  return operation.op === 'remove'
    ? new ScimError(400, `${path} is required and can't be removed.`, 'mutability')
    : new ScimError(400, `${path} is required and can't be empty.`, 'invalidValue');
}
