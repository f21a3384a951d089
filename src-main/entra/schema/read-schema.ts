import type { AttributeMapping } from '../../contract/catalogue/default-mappings.ts';
import type { CustomField, ReadAzureSchema, ResourceType } from '../../contract/index.ts';
import { attributeAt, type SchemaRegistry } from '../../scim/index.ts';
import { checksOf } from './checks.ts';
import { type ExportedMapping, type ExportedObject, type ExportedRule, parseExportedSchema } from './exported.ts';

/** What the exported schema is held against. */
export interface Here {
  registry: SchemaRegistry;
  fields: readonly Pick<CustomField, 'label' | 'attribute' | 'type'>[];
}

/** An object mapping of the rule, by what it makes here; null where there is none. */
export type RuleObjects = Record<ResourceType, ExportedObject | null>;

/**
 * Reads an exported synchronisation schema: the mappings of the rule that provisions into this application, and what is good,
 * odd or wrong about them. Throws `RequestError` for a text that is none.
 */
export function readAzureSchema(json: string, here: Here): ReadAzureSchema {
  const schema = parseExportedSchema(json);
  const rule = ruleOf(schema.synchronizationRules);
  const objects: RuleObjects = { User: objectFor('User', rule), Group: objectFor('Group', rule) };
  const mappings = { User: mappingsOf(objects.User), Group: mappingsOf(objects.Group) };
  const knows = (type: ResourceType, target: string) => attributeAt(target, type, here.registry) !== null;
  const checks = checksOf({ schema, rule, objects, mappings, ...here, knows });
  return { mappings, checks };
}

/** The rule's name says little: what counts is where it leads. */
function ruleOf(rules: readonly ExportedRule[]): ExportedRule {
  const outbound = rules.find(({ targetDirectoryName }) => targetDirectoryName?.toLowerCase() === 'customappsso');
  const rule = outbound ?? rules[0];
  if (rule === undefined) throw new TypeError('A parsed schema has a rule.');
  return rule;
}

function objectFor(type: ResourceType, { objectMappings }: ExportedRule): ExportedObject | null {
  const named = type === 'User' ? /(^|:)user$/i : /(^|:)group$/i;
  const found = objectMappings.find(({ targetObjectName, sourceObjectName }) =>
    named.test(targetObjectName ?? sourceObjectName ?? ''),
  );
  return found ?? null;
}

function mappingsOf(object: ExportedObject | null): AttributeMapping[] {
  return object?.enabled === false ? [] : (object?.attributeMappings ?? []).map(toMapping);
}

function toMapping({ targetAttributeName, matchingPriority, defaultValue, source }: ExportedMapping): AttributeMapping {
  const target = targetAttributeName;
  const about = {
    target,
    matching:
      matchingPriority !== null && matchingPriority !== undefined && matchingPriority > 0 ? matchingPriority : null,
    reference: target === 'members' || /(^|:)manager$/i.test(target),
  };
  if (source === null || source === undefined) return { ...about, source: '', expression: constant(defaultValue) };
  switch (source.type) {
    case 'Attribute':
      return { ...about, source: source.name ?? source.expression ?? '', expression: null };
    case 'Constant':
      return { ...about, source: '', expression: constant(source.name ?? source.expression) };
    default: {
      const expression = source.expression ?? source.name ?? '';
      return { ...about, source: /\[(\w+)\]/.exec(expression)?.[1] ?? '', expression };
    }
  }
}

/** A constant as the portal's expressions write one. */
const constant = (value: string | null): string => (value?.startsWith('"') ? value : JSON.stringify(value ?? ''));
