import type { AttributePath } from '../path.ts';

export type CompareOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/**
 * A comparison. `value` is the literal in the attribute's type ("True" against a boolean is true, an unquoted word is text).
 * `comparable` is what stored values are compared with once brought to the same form: folded text unless the attribute is
 * case-exact, the `instant` of a dateTime (folded text for co, sw, ew), else `value` itself.
 *
 * An attribute without a value matches only `ne` and `eq null`; of several values one that matches is enough (RFC 7644
 * §3.4.2.2). `eq null` means "has no value", `ne null` "has one".
 */
export interface CompareFilter {
  readonly kind: 'compare';
  readonly path: AttributePath;
  readonly op: CompareOperator;
  readonly value: string | number | boolean | null;
  readonly comparable: string | number | boolean | null;
}

/** `pr`: there is a value that is not empty. */
export interface PresentFilter {
  readonly kind: 'present';
  readonly path: AttributePath;
}

/**
 * `path[filter]`: one and the same element satisfies `filter`, whose paths are full (`emails.type`) and read from the element by
 * their `sub`. `emails[type eq "work"].value eq "x"` arrives here as `emails[type eq "work" and value eq "x"]`.
 */
export interface ValuePathFilter {
  readonly kind: 'valuePath';
  readonly path: AttributePath;
  readonly filter: Filter;
}

export interface LogicalFilter {
  readonly kind: 'and' | 'or';
  readonly left: Filter;
  readonly right: Filter;
}

export interface NotFilter {
  readonly kind: 'not';
  readonly operand: Filter;
}

/** A filter, parsed and resolved against the schema. Chains of `and` and `or` come as balanced trees. */
export type Filter = CompareFilter | PresentFilter | ValuePathFilter | LogicalFilter | NotFilter;
