import { z } from 'zod';
import { RequestError } from '../contract/catalogue/errors.ts';
import type { ProfileRule, ReadSchemas, ResourceType } from '../contract/index.ts';

const attribute = z.object({
  name: z.string().max(500),
  required: z.boolean().optional(),
  multiValued: z.boolean().optional(),
  mutability: z.string().optional(),
});
const schema = z.object({
  id: z.string().max(500),
  attributes: z
    .array(attribute.extend({ subAttributes: z.array(attribute).optional() }))
    .max(2_000)
    .optional(),
});
/** RFC 7644 §4: a ListResponse of schemas; people also save the bare list, or one schema alone. */
const exported = z.union([
  z.object({ Resources: z.array(schema).min(1).max(100) }).transform(({ Resources }) => Resources),
  z.array(schema).min(1).max(100),
  schema.extend({ attributes: schema.shape.attributes.unwrap() }).transform((one) => [one]),
]);

const core = /^urn:ietf:params:scim:schemas:core:2\.0:(User|Group)$/i;
/** Schemas of discovery itself (RFC 7643 §5 to §7) are about no record. */
const discovery = /^urn:ietf:params:scim:schemas:core:2\.0:/i;

/**
 * What a server demands, by the answer of its /Schemas (RFC 7643 §7): attributes that are required. Lengths are not in a schema,
 * and canonical values are suggestions there, so neither becomes a rule. `problemOf` says why a rule can not be one here. Throws
 * `RequestError` for a text that is no such answer.
 */
export function readSchemas(text: string, problemOf: (rule: ProfileRule) => string | null): ReadSchemas {
  const rules: ProfileRule[] = [];
  const left: ReadSchemas['left'] = [];
  for (const { id, attributes = [] } of parse(text)) {
    const named = core.exec(id);
    if (named === null && discovery.test(id)) continue;
    const resourceType: ResourceType = /:group$/i.test(id) ? 'Group' : 'User';
    const prefix = named === null ? `${id}:` : '';
    const paths = attributes.flatMap(({ name, required, multiValued, mutability, subAttributes = [] }) => {
      if (required !== true || mutability === 'readOnly') return [];
      const parts = subAttributes.filter((part) => part.required === true && part.mutability !== 'readOnly');
      if (multiValued === true || parts.length === 0) return [`${prefix}${name}`];
      return parts.map((part) => `${prefix}${name}.${part.name}`);
    });
    for (const path of new Set(paths)) {
      const rule: ProfileRule = { resourceType, path, required: true, maxLength: null, allowed: null };
      const problem = problemOf(rule);
      if (problem === null) rules.push(rule);
      else left.push({ resourceType, path, problem });
    }
  }
  return { rules, left };
}

function parse(text: string): z.infer<typeof schema>[] {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new RequestError('invalid', 'This file is not JSON: save the answer of ServiceOps’ /Schemas as it came.');
  }
  const found = exported.safeParse(json);
  if (!found.success) {
    throw new RequestError(
      'invalid',
      'This JSON is no answer of /Schemas: it has no list of schemas, each with an id and its attributes.',
    );
  }
  return found.data;
}
