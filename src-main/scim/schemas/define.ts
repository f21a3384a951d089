import type { Attribute, AttributeType } from './types.ts';

/** What differs from the defaults of RFC 7643 §2.2. */
type Differences = Partial<Omit<Attribute, 'name' | 'type' | 'description' | 'subAttributes'>>;

/** An attribute with the RFC's defaults (optional, single-valued, readWrite, not case-exact) unless `differences` says otherwise. */
export function attribute(
  name: string,
  type: AttributeType,
  description: string,
  differences: Differences = {},
  subAttributes: readonly Attribute[] = [],
): Attribute {
  return {
    name,
    type,
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...differences,
    subAttributes: byName(subAttributes),
  };
}

/** Attributes by lower-case name, as every lookup wants them. */
export function byName(attributes: readonly Attribute[]): ReadonlyMap<string, Attribute> {
  return new Map(attributes.map((one) => [one.name.toLowerCase(), one]));
}

/** A multi-valued attribute with the usual sub-attributes of RFC 7643 §2.4: value, display, type, primary. */
export function plural(
  name: string,
  description: string,
  value: Attribute,
  typeDescription: string,
  canonicalTypes?: readonly string[],
): Attribute {
  return attribute(name, 'complex', description, { multiValued: true }, [
    value,
    attribute('display', 'string', 'A name for people to read.'),
    attribute(
      'type',
      'string',
      typeDescription,
      canonicalTypes === undefined ? {} : { canonicalValues: canonicalTypes },
    ),
    primary,
  ]);
}

/** `primary` (RFC 7643 §2.4). */
export const primary: Attribute = attribute(
  'primary',
  'boolean',
  'Marks the preferred value; at most one value of the attribute is primary.',
);

/** An attribute no schema knows, as it is read when a path filters it: any sub-attribute, any type. */
export function openAttribute(name: string, multiValued: boolean): Attribute {
  return { ...attribute(name, 'complex', '', { multiValued }), open: true };
}

/** A sub-attribute of an open attribute: compared by the type of the literal it meets. */
export function openSubAttribute(name: string): Attribute {
  return { ...attribute(name, 'string', ''), open: true };
}
