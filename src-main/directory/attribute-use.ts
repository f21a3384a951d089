import type Database from 'better-sqlite3';
import type { AttributeUse, Json, JsonObject, ResourceType } from '../contract/index.ts';
import { type CustomAttribute, documentOf, settleField } from '../scim/index.ts';
import { object } from './documents.ts';
import { leavesOf } from './fields.ts';
import { recordPages } from './record-pages.ts';

/** What to count. */
export interface UseQuestion {
  type: ResourceType;
  fields: readonly CustomAttribute[];
  /** Paths of attributes nobody defined, as `ReadResource.unmapped` spells them. */
  unmapped: readonly string[];
  /** Targets of Azure's mappings, in its spelling. */
  targets: readonly string[];
}

/** Counts in the order of the question's lists. */
export interface UseAnswer {
  fields: (AttributeUse & { wrong: number })[];
  unmapped: AttributeUse[];
  targets: AttributeUse[];
}

/** Counts who has a value of what, in one walk over all that SCIM sees. For the query worker. */
export function* attributeUse(db: Database.Database, question: UseQuestion): Generator<void, UseAnswer> {
  const { type, fields, unmapped, targets } = question;
  const answer: UseAnswer = {
    fields: fields.map(() => ({ records: 0, example: null, wrong: 0 })),
    unmapped: unmapped.map(() => ({ records: 0, example: null })),
    targets: targets.map(() => ({ records: 0, example: null })),
  };
  for (const page of recordPages(db, type, false)) {
    for (const { json, members } of page) {
      const document = documentOf(json);
      fields.forEach((field, at) => {
        const { value, fits } = settleField(document, field, null);
        count(answer.fields[at], value);
        const use = answer.fields[at];
        if (use !== undefined && !fits) use.wrong += 1;
      });
      unmapped.forEach((path, at) => {
        count(answer.unmapped[at], valueAtPath(document, path));
      });
      if (targets.length > 0) countTargets(answer.targets, targets, leavesOf(document), members);
    }
    yield;
  }
  return answer;
}

function countTargets(
  uses: AttributeUse[],
  targets: readonly string[],
  leaves: Map<string, string>,
  members: number,
): void {
  targets.forEach((target, at) => {
    // The members of a group are not in its document.
    count(uses[at], target === 'members' ? members || undefined : leaves.get(target));
  });
}

function count(use: AttributeUse | undefined, value: Json | undefined): void {
  if (use === undefined || value === undefined) return;
  use.records += 1;
  use.example ??= value;
}

/** The value at a path of an unmapped attribute: a literal key, or keys below a URN, a dot between each; of several elements the first that has one. */
export function valueAtPath(document: JsonObject, path: string): Json | undefined {
  const literal = keyIn(document, path);
  if (literal !== undefined || !/^urn:/i.test(path)) return literal ?? below(document, path);
  const colon = path.lastIndexOf(':');
  return below(keyIn(document, path.slice(0, colon)), path.slice(colon + 1));
}

function below(value: Json | undefined, path: string): Json | undefined {
  if (Array.isArray(value)) {
    for (const one of value) {
      const found = below(one, path);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const found = keyIn(object(value), path);
  if (found !== undefined) return found;
  const dot = path.indexOf('.');
  return dot < 0 ? undefined : below(keyIn(object(value), path.slice(0, dot)), path.slice(dot + 1));
}

function keyIn(value: JsonObject | undefined, name: string): Json | undefined {
  if (value === undefined) return undefined;
  if (Object.hasOwn(value, name)) return value[name];
  const wanted = name.toLowerCase();
  const key = Object.keys(value).find((one) => one.toLowerCase() === wanted);
  return key === undefined ? undefined : value[key];
}
