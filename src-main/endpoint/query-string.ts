import { ScimError } from '../scim/index.ts';

/** Query parameters by lower-case name; `get` gives null for one that is absent. */
export type Parameters = ReadonlyMap<string, string>;

const none: Parameters = new Map();

/** What RFC 7644 §3.4.2 and §3.9 give a meaning to; given twice they would contradict each other. */
const ours = new Set(['filter', 'startindex', 'count', 'sortby', 'sortorder', 'attributes', 'excludedattributes']);

/** Whether the parameters ask for resources: any of RFC 7644 §3.4.2 and §3.9 does. */
export function asksForResources(parameters: Parameters): boolean {
  for (const name of parameters.keys()) if (ours.has(name)) return true;
  return false;
}

/**
 * Reads a raw query string. `+` is a space here and nowhere else; names count in any letter case; a parameter without `=`
 * (Entra's `aadOptscim062020`) is empty text. 400 for broken percent signs and for a parameter of ours given twice.
 */
export function parseQuery(query: string): Parameters {
  if (query === '') return none;
  const parameters = new Map<string, string>();
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decode(equals < 0 ? part : part.slice(0, equals)).toLowerCase();
    if (parameters.has(name) && ours.has(name)) {
      throw new ScimError(400, `The query holds ${JSON.stringify(name)} twice.`, 'invalidValue');
    }
    parameters.set(name, equals < 0 ? '' : decode(part.slice(equals + 1)));
  }
  return parameters;
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw new ScimError(400, 'The query holds a percent sign that encodes no character.', 'invalidValue');
  }
}
