import type { Json, JsonObject } from '../contract/json.ts';
import type { ResourceType } from '../contract/resources.ts';
import { quoted, RefusedValue, ScimError } from './errors.ts';
import { elementMatches } from './filter/evaluate.ts';
import { isEmpty, isObject, own } from './json.ts';
import { parseTarget } from './patch/target.ts';
import type { SchemaRegistry } from './schemas/types.ts';
import { sentInWords } from './values.ts';

/** What the receiving application demands of an attribute, beyond the schema. */
export interface AttributeRule {
  /** As a PATCH names it: `title`, `emails[type eq "work"].value`, `urn:…:User:costCentre`. */
  readonly path: string;
  readonly required: boolean;
  /** Characters (code points) at most; null: any number. */
  readonly maxLength: number | null;
  /** The values it takes, letter by letter; null: any. */
  readonly allowed: readonly string[] | null;
}

/** Throws ScimError 400 invalidValue, naming the attribute, the rule and what was sent. */
export type RuleCheck = (document: JsonObject) => void;

const valuesNamed = 10;

/**
 * Makes the check of one rule. Throws ScimError 400 invalidPath when no attribute has the path, or none with simple values that a
 * sender may set.
 */
export function compileRule(rule: AttributeRule, resourceType: ResourceType, registry: SchemaRegistry): RuleCheck {
  const type = registry[resourceType];
  const target = parseTarget(rule.path, type, {}, undefined);
  if (target.kind !== 'attribute' || target.attribute.open === true || target.sub?.open === true) {
    throw new ScimError(400, `${resourceType} has no attribute ${quoted(rule.path)}.`, 'invalidPath');
  }
  const { urn, attribute, filter, path } = target;
  if (attribute === type.core.attributes.get('members')) {
    throw new ScimError(400, 'members can have no rule: it is a list of users.', 'invalidPath');
  }
  const sub = target.sub ?? attribute.subAttributes.get('value') ?? null;
  if (attribute.type === 'complex' && sub === null) {
    throw new ScimError(400, `${path} is made of parts: a rule is for one of them.`, 'invalidPath');
  }
  if (attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly') {
    throw new ScimError(400, `${path} is never sent by Azure: a rule would refuse everything.`, 'invalidPath');
  }
  const name = attribute.label === undefined ? rule.path : `${attribute.label} (${rule.path})`;
  const allowed = rule.allowed === null ? null : new Set(rule.allowed);

  function valuesIn(document: JsonObject): Json[] {
    const home = urn === null ? document : own(document, urn);
    const value = isObject(home) ? own(home, attribute.name) : undefined;
    const list = Array.isArray(value) ? value : [value];
    const picked = filter === null ? list : list.filter((one) => one !== undefined && elementMatches(filter, one));
    const values = sub === null ? picked : picked.map((one) => (isObject(one) ? own(one, sub.name) : undefined));
    return values.flatMap((one) => (isEmpty(one) ? [] : [one]));
  }

  return (document) => {
    const values = valuesIn(document);
    if (rule.required && values.length === 0) throw new RefusedValue(`ServiceOps requires ${name}`, null);
    for (const value of values) {
      const length = lengthOver(rule.maxLength, value);
      if (length !== null) {
        const most = `at most ${rule.maxLength} characters in ${name}`;
        throw new RefusedValue(`ServiceOps takes ${most}`, `${length}: ${sentInWords(value)}`);
      }
      if (allowed !== null && !allowed.has(String(value))) {
        throw new RefusedValue(`ServiceOps takes only ${listed(allowed)} in ${name}`, sentInWords(value));
      }
    }
  };
}

/** How long a value is that is longer than it may be; null for others. */
function lengthOver(most: number | null, value: Json): number | null {
  if (most === null || typeof value === 'boolean') return null;
  const text = String(value);
  // Code points are never more than UTF-16 units.
  if (text.length <= most) return null;
  const length = [...text].length;
  return length > most ? length : null;
}

function listed(allowed: ReadonlySet<string>): string {
  const named = [...allowed].slice(0, valuesNamed).map(quoted).join(', ');
  return allowed.size > valuesNamed ? `${named} and ${allowed.size - valuesNamed} more` : named;
}
