import { z } from 'zod';
import { RequestError } from '../../contract/catalogue/errors.ts';

const text = z.string().max(10_000);
const maybe = text.nullish().transform((value) => value ?? null);

/** What a mapping takes its value from. Functions keep their whole expression beside their parts. */
const source = z.object({
  type: maybe,
  name: maybe,
  expression: maybe,
});

const attributeMapping = z.object({
  targetAttributeName: text,
  matchingPriority: z.int().nullish(),
  flowType: maybe,
  defaultValue: maybe,
  source: source.nullish(),
});

const clause = z.object({
  sourceOperandName: maybe,
  operatorName: maybe,
  targetOperand: z.object({ values: z.array(text).nullish() }).nullish(),
});
const scope = z.object({ groups: z.array(z.object({ clauses: z.array(clause).nullish() })).nullish() });

const objectMapping = z.object({
  enabled: z.boolean().nullish(),
  flowTypes: maybe,
  sourceObjectName: maybe,
  targetObjectName: maybe,
  scope: scope.nullish(),
  attributeMappings: z.array(attributeMapping).max(5_000),
});

const rule = z.object({
  sourceDirectoryName: maybe,
  targetDirectoryName: maybe,
  objectMappings: z.array(objectMapping).max(100),
});

const directory = z.object({
  name: maybe,
  objects: z
    .array(
      z.object({
        name: maybe,
        attributes: z.array(z.object({ name: text, type: maybe })).nullish(),
      }),
    )
    .nullish(),
});

const schema = z.object({
  directories: z.array(directory).nullish(),
  synchronizationRules: z.array(rule).min(1).max(100),
});

export type ExportedSchema = z.infer<typeof schema>;
export type ExportedRule = z.infer<typeof rule>;
export type ExportedObject = z.infer<typeof objectMapping>;
export type ExportedMapping = z.infer<typeof attributeMapping>;
export type ExportedScope = z.infer<typeof scope>;

/**
 * The synchronisation schema that the portal exports (*Review your schema*, *Download*) and Graph serves
 * (`…/synchronization/jobs/{id}/schema`): what is needed of it, the rest left out. Throws `RequestError` for anything else.
 */
export function parseExportedSchema(json: string): ExportedSchema {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RequestError('invalid', `This file is not JSON (${why}): download the schema again.`);
  }
  const found = schema.safeParse(value);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  const place =
    issue === undefined || issue.path.length === 0 ? '' : ` At ${issue.path.map(String).join('.')}: ${issue.message}.`;
  throw new RequestError(
    'invalid',
    `This JSON is no synchronisation schema: it has no synchronizationRules with attribute mappings.${place} In Azure: Attribute mapping, Show advanced options, Review your schema, Download.`,
  );
}
