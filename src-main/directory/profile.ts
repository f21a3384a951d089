import { z } from 'zod';
import { RequestError } from '../contract/catalogue/errors.ts';
import type { JsonObject, ProfileRule, ProfileRuleState, ReadSchemas, ResourceType } from '../contract/index.ts';
import { compileRule, type RuleCheck, type SchemaRegistry, ScimError } from '../scim/index.ts';
import { readSetting, unwrapped, writeSetting } from '../storage/index.ts';
import type { DirectoryContext } from './context.ts';
import { readSchemas } from './exported-schemas.ts';
import { noteRuleChange } from './rule-changes.ts';

const key = 'serviceops.profile';
const schema = z.array(
  z.object({
    resourceType: z.enum(['User', 'Group']),
    path: z.string(),
    required: z.boolean(),
    maxLength: z.number().nullable(),
    allowed: z.array(z.string()).nullable(),
  }),
);

/** What ServiceOps demands beyond the schemas, so that our own leniency hides nothing it would refuse. */
export interface Profile {
  rules(): ProfileRuleState[];
  /** Throws `RequestError` for a rule that can't be one. A rule of a retired field may stay; it is not in force. */
  set(rules: readonly ProfileRule[]): Promise<void>;
  /** What ServiceOps demands by the answer of its /Schemas; nothing is changed. Throws `RequestError`. */
  read(text: string): ReadSchemas;
  /** Throws ScimError 400 invalidValue for a resource that ServiceOps would refuse. Costs nothing without rules. */
  check(type: ResourceType, document: JsonObject): void;
}

interface Rule {
  rule: ProfileRule;
  /** Null: no attribute has the path now. */
  check: RuleCheck | null;
}

export function createProfile(
  { db, writer, clock }: Pick<DirectoryContext, 'db' | 'writer' | 'clock'>,
  registry: () => SchemaRegistry,
): Profile {
  let stored: ProfileRule[] = readSetting(db, key, schema) ?? [];
  let compiled: Rule[] = [];
  /** The schemas that `compiled` is for; null: not compiled. */
  let compiledFor: SchemaRegistry | null = null;

  function current(): Rule[] {
    const schemas = registry();
    if (compiledFor !== schemas) {
      compiled = stored.map((rule) => ({ rule, check: checkOf(rule, schemas) }));
      compiledFor = schemas;
    }
    return compiled;
  }

  function checkOf(rule: ProfileRule, schemas: SchemaRegistry): RuleCheck | null {
    try {
      return compileRule(rule, rule.resourceType, schemas);
    } catch (error) {
      if (error instanceof ScimError) return null;
      throw error;
    }
  }

  function problemOf(rule: ProfileRule): string | null {
    try {
      compileRule(rule, rule.resourceType, registry());
      return null;
    } catch (error) {
      if (error instanceof ScimError) return error.message;
      throw error;
    }
  }

  function demandSense(rules: readonly ProfileRule[]): void {
    const seen = new Set<string>();
    const known = new Set(stored.map(nameOf));
    for (const rule of rules) {
      const { path, required, maxLength, allowed } = rule;
      if (!required && maxLength === null && allowed === null) {
        throw new RequestError('invalid', `The rule for ${path} demands nothing: leave it out.`);
      }
      if (allowed?.length === 0) throw new RequestError('invalid', `The rule for ${path} allows no value at all.`);
      if (seen.has(nameOf(rule))) throw new RequestError('invalid', `There are two rules for ${path}.`);
      seen.add(nameOf(rule));
      const problem = problemOf(rule);
      if (problem !== null && !known.has(nameOf(rule))) throw new RequestError('invalid', problem);
    }
  }

  return {
    rules: () => current().map(({ rule, check }) => ({ ...rule, inForce: check !== null })),
    async set(rules) {
      demandSense(rules);
      const next = rules.map(({ resourceType, path, required, maxLength, allowed }) => ({
        resourceType,
        path,
        required,
        maxLength,
        allowed,
      }));
      await writer.submit(() => {
        writeSetting(db, key, next);
        noteRuleChange(db, 'profile', clock.now());
      }, unwrapped);
      stored = next;
      compiledFor = null;
    },
    read: (text) => readSchemas(text, problemOf),
    check(type, document) {
      if (stored.length === 0) return;
      for (const { rule, check } of current()) if (rule.resourceType === type) check?.(document);
    },
  };
}

function nameOf({ resourceType, path }: ProfileRule): string {
  return `${resourceType} ${path.toLowerCase()}`;
}
