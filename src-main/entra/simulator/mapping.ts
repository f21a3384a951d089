import type { AttributeMapping } from '../../contract/catalogue/default-mappings.ts';
import type { JsonObject } from '../../contract/index.ts';
import { readTarget } from './target.ts';

/** One target attribute and the value that flows to it. */
export interface Leaf {
  target: string;
  value: string | number | boolean;
}

/** A leaf whose target differs; `had`: the target held another value, so Entra replaces instead of adding. */
export interface Difference extends Leaf {
  had: boolean;
}

/** Targets that Entra's attribute list types as Boolean. */
const booleans: ReadonlySet<string> = new Set(['active']);

/**
 * What flows from a source object: one leaf per mapping that has a value. Empty values don't flow (docs/entra.md quirk 17),
 * references go separately.
 */
export function leavesOf(mappings: readonly AttributeMapping[], attributes: Readonly<Record<string, string>>): Leaf[] {
  const leaves: Leaf[] = [];
  for (const mapping of mappings) {
    if (mapping.reference) continue;
    const value = mapping.expression ? evaluate(mapping.expression, attributes) : (attributes[mapping.source] ?? '');
    if (value === '') continue;
    leaves.push({ target: mapping.target, value: booleans.has(mapping.target) ? value === 'True' : value });
  }
  return leaves;
}

/** The leaves whose value differs from what the endpoint returned, compared exactly as stored (quirk 32). */
export function differences(leaves: readonly Leaf[], resource: JsonObject): Difference[] {
  return leaves.flatMap((leaf) => {
    const current = readTarget(resource, leaf.target);
    return current === leaf.value ? [] : [{ ...leaf, had: current !== undefined && current !== null }];
  });
}

/**
 * Entra's mapping expressions, as far as the default mappings use them: `Switch(source, default, key, value, …)` and
 * `Join(separator, source, …)`, nested, over `[attribute]`, `"text"` and empty arguments. Throws on anything else.
 * https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
 */
export function evaluate(expression: string, attributes: Readonly<Record<string, string>>): string {
  let at = 0;
  const skipBlanks = (): void => {
    while (expression[at] === ' ') at++;
  };
  const fail = (): never => {
    throw new SyntaxError(`Can't evaluate the mapping expression ${expression} (at character ${at + 1}).`);
  };
  const value = (): string => {
    skipBlanks();
    const rest = expression.slice(at);
    const [text, attribute, quoted, name] = /^(?:\[([^\]]+)\]|"([^"]*)"|([A-Za-z]+)\()/.exec(rest) ?? [''];
    at += text.length;
    if (attribute !== undefined) return attributes[attribute] ?? '';
    if (name !== undefined) return call(name);
    // An argument left out, as the default of Entra's own Switch for `active`, is the empty text.
    return quoted ?? '';
  };
  const call = (name: string): string => {
    const args: string[] = [];
    for (;;) {
      args.push(value());
      skipBlanks();
      const next = expression[at++];
      if (next === ')') break;
      if (next !== ',') fail();
    }
    const [first = '', second = '', ...pairs] = args;
    if (name === 'Join')
      return args
        .slice(1)
        .filter((part) => part !== '')
        .join(first);
    if (name !== 'Switch') return fail();
    for (let index = 0; index + 1 < pairs.length; index += 2) if (pairs[index] === first) return pairs[index + 1] ?? '';
    return second;
  };
  const result = value();
  skipBlanks();
  if (at !== expression.length) fail();
  return result;
}
