import { attribute, byName } from './define.ts';
import type { Attribute, AttributeType, Schema } from './types.ts';

/** An attribute that only the endpoint sets, as all of these are. */
function told(
  name: string,
  type: AttributeType,
  description: string,
  differences: Partial<
    Pick<Attribute, 'multiValued' | 'required' | 'caseExact' | 'referenceTypes' | 'canonicalValues'>
  > = {},
  subAttributes: readonly Attribute[] = [],
): Attribute {
  return attribute(name, type, description, { ...differences, mutability: 'readOnly' }, subAttributes);
}

const required = { required: true };
const supported = told('supported', 'boolean', 'Whether it can be used.', required);
const reference = { caseExact: true, referenceTypes: ['uri'] };

function feature(name: string, description: string, ...limits: Attribute[]): Attribute {
  return told(name, 'complex', description, required, [supported, ...limits]);
}

/** What GET /ServiceProviderConfig answers (RFC 7643 §5, §8.7.2). */
const serviceProviderConfigSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
  name: 'ServiceProviderConfig',
  description: 'What this endpoint can do.',
  attributes: byName([
    told('documentationUri', 'reference', 'Where its documentation is.', {
      caseExact: true,
      referenceTypes: ['external'],
    }),
    feature('patch', 'PATCH.'),
    feature(
      'bulk',
      'Bulk.',
      told('maxOperations', 'integer', 'Operations a request may hold.', required),
      told('maxPayloadSize', 'integer', 'Bytes a request may have.', required),
    ),
    feature('filter', 'Filters.', told('maxResults', 'integer', 'Resources an answer may hold.', required)),
    feature('changePassword', 'Changing passwords.'),
    feature('sort', 'Sorting.'),
    feature('etag', 'Entity tags.'),
    told('authenticationSchemes', 'complex', 'How callers show who they are.', { required: true, multiValued: true }, [
      told('type', 'string', 'The kind of scheme.', {
        required: true,
        canonicalValues: ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'],
      }),
      told('name', 'string', 'Its name.', required),
      told('description', 'string', 'What it is.', required),
      told('specUri', 'reference', 'Where it is specified.', { caseExact: true, referenceTypes: ['external'] }),
      told('documentationUri', 'reference', 'Where its use is documented.', {
        caseExact: true,
        referenceTypes: ['external'],
      }),
      told('primary', 'boolean', 'Whether it is the preferred one.'),
    ]),
  ]),
};

/** What GET /ResourceTypes answers (RFC 7643 §6, §8.7.2). */
const resourceTypeSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
  name: 'ResourceType',
  description: 'A kind of resource that is served here.',
  attributes: byName([
    told('name', 'string', 'Its name.', required),
    told('description', 'string', 'What it is.'),
    told('endpoint', 'reference', 'Its path below the base URL.', { ...reference, required: true }),
    told('schema', 'reference', 'The URN of its schema.', { ...reference, required: true }),
    told('schemaExtensions', 'complex', 'The extensions its resources may have.', { multiValued: true }, [
      told('schema', 'reference', "The extension's URN.", { ...reference, required: true }),
      told('required', 'boolean', 'Whether every resource must have it.', required),
    ]),
  ]),
};

/** Characteristics that attributes and sub-attributes share (RFC 7643 §7). */
const characteristics = [
  told('name', 'string', 'Its name.', { required: true, caseExact: true }),
  told('type', 'string', 'The type of its values.', {
    required: true,
    canonicalValues: ['string', 'complex', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'],
  }),
  told('multiValued', 'boolean', 'Whether it may have several values.', required),
  told('description', 'string', 'What it is.'),
  told('required', 'boolean', 'Whether it must have a value.'),
  told('canonicalValues', 'string', 'Values that are usual.', { multiValued: true, caseExact: true }),
  told('caseExact', 'boolean', 'Whether letter case counts.'),
  told('mutability', 'string', 'Who may set it, and when.', {
    caseExact: true,
    canonicalValues: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  }),
  told('returned', 'string', 'When answers hold it.', {
    caseExact: true,
    canonicalValues: ['always', 'never', 'default', 'request'],
  }),
  told('uniqueness', 'string', 'Within what its values are unique.', {
    caseExact: true,
    canonicalValues: ['none', 'server', 'global'],
  }),
  told('referenceTypes', 'string', 'What a reference may point at.', { multiValued: true, caseExact: true }),
];

/** What GET /Schemas answers (RFC 7643 §7, §8.7.2). */
const schemaSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Schema',
  name: 'Schema',
  description: 'The attributes of a kind of resource, or of an extension.',
  attributes: byName([
    told('name', 'string', 'Its name.'),
    told('description', 'string', 'What it describes.'),
    told('attributes', 'complex', 'Its attributes.', { required: true, multiValued: true }, [
      ...characteristics,
      told('subAttributes', 'complex', 'The parts of a complex attribute.', { multiValued: true }, characteristics),
    ]),
  ]),
};

/** The schemas of discovery itself. */
export const protocolSchemas: readonly Schema[] = [serviceProviderConfigSchema, resourceTypeSchema, schemaSchema];
