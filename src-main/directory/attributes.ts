import type { AttributeMapping } from '../contract/catalogue/default-mappings.ts';
import { RequestError } from '../contract/catalogue/errors.ts';
import type {
  AttributesOverview,
  AttributeUse,
  FieldType,
  MappingUse,
  ResourceType,
  UnmappedAttribute,
} from '../contract/index.ts';
import { attributeAt, readAttributeName, type SchemaRegistry } from '../scim/index.ts';
import type { QueryRunner } from '../storage/index.ts';
import type { MappingsInForce } from './azure-mappings.ts';
import { placeKey } from './custom-field-rows.ts';
import type { CustomFields, FieldChange } from './custom-fields.ts';
import { sourceOf } from './fields.ts';
import type { DirectoryQueries } from './queries.ts';
import type { SeenUnmapped, UnmappedPaths } from './unmapped.ts';

/** What the Attributes screen shows and does. */
export interface Attributes extends Pick<CustomFields, 'list' | 'define' | 'rename' | 'retire'> {
  /** Makes a field of an attribute that Azure sent and nobody defined, values and all. */
  defineFromUnmapped(path: string, label: string, type: FieldType): Promise<FieldChange>;
  /** Fields, unmapped attributes and Azure's mappings, each with who has a value. Walks over everybody, in the query worker. */
  overview(signal?: AbortSignal): Promise<AttributesOverview>;
}

export function createAttributes(
  queries: QueryRunner<DirectoryQueries>,
  fields: CustomFields,
  unmapped: UnmappedPaths,
  mappingsInForce: () => MappingsInForce,
): Attributes {
  /** What was sent without a field and has none now either. */
  function stillUnmapped(type: ResourceType): SeenUnmapped[] {
    const defined = new Set(fields.rows().map((row) => placeKey(row.attribute)));
    const mapped = (path: string) => typeof readAttributeName(path) !== 'string' && defined.has(placeKey(path));
    return unmapped.list().filter((one) => one.resourceType === type && !(type === 'User' && mapped(one.path)));
  }

  async function countedIn(type: ResourceType, mappings: readonly AttributeMapping[], signal: AbortSignal | undefined) {
    const seen = stillUnmapped(type);
    const rows = type === 'User' ? fields.rows() : [];
    const question = {
      type,
      fields: rows.map((row) => row.schema),
      unmapped: seen.map((one) => one.path),
      targets: mappings.map((one) => one.target),
    };
    const use = await queries.run('directory.attributeUse', question, { signal });
    return {
      seen,
      rows,
      use,
      used: mappings.map((mapping, at) => mappingUse(mapping, type, use.targets[at] ?? nothing, fields.registry())),
    };
  }

  return {
    list: fields.list,
    define: fields.define,
    rename: fields.rename,
    retire: fields.retire,

    async defineFromUnmapped(path, label, type) {
      if (!stillUnmapped('User').some((one) => one.path === path)) {
        throw new RequestError('unknown', `No user attribute ${JSON.stringify(path)} came without a field.`);
      }
      return fields.define({ label, type, attribute: path });
    },

    async overview(signal) {
      const { mappings, readAt } = mappingsInForce();
      const [users, groups] = await Promise.all([
        countedIn('User', mappings.User, signal),
        countedIn('Group', mappings.Group, signal),
      ]);
      return {
        fields: fields.list().map((field) => {
          const at = users.rows.findIndex((row) => row.id === field.id);
          return { ...field, ...(users.use.fields[at] ?? { ...nothing, wrong: 0 }) };
        }),
        unmapped: [users, groups].flatMap(({ seen, use }) =>
          seen.map((one, at) => unmappedAttribute(one, use.unmapped[at] ?? nothing)),
        ),
        mappings: [...users.used, ...groups.used],
        schemaReadAt: readAt,
      };
    },
  };
}

const nothing: AttributeUse = { records: 0, example: null };

function unmappedAttribute(one: SeenUnmapped, use: AttributeUse): UnmappedAttribute {
  const simple = typeof use.example !== 'object' || use.example === null;
  const definable = one.resourceType === 'User' && simple && typeof readAttributeName(one.path) !== 'string';
  return { ...one, ...use, definable };
}

function mappingUse(
  mapping: AttributeMapping,
  resourceType: ResourceType,
  use: AttributeUse,
  registry: SchemaRegistry,
): MappingUse {
  const type = typeOf(mapping, resourceType, registry);
  return {
    resourceType,
    source: sourceOf(mapping),
    target: mapping.target,
    type: type ?? 'String',
    matching: mapping.matching,
    known: type !== null,
    ...use,
  };
}

const azureTypes: Partial<Record<string, MappingUse['type']>> = {
  integer: 'Integer',
  boolean: 'Boolean',
  dateTime: 'DateTime',
};

/** The target's type by the name that Azure's attribute list gives it; null for a target that is no attribute here. */
function typeOf(
  { target, reference }: AttributeMapping,
  resourceType: ResourceType,
  registry: SchemaRegistry,
): MappingUse['type'] | null {
  if (reference) return 'Reference';
  const path = attributeAt(target, resourceType, registry);
  return path === null ? null : (azureTypes[(path.sub ?? path.attribute).type] ?? 'String');
}
