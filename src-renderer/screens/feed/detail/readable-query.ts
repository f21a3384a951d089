/** A query string without its percent signs, as far as they encode something. */
export function readableQuery(query: string): string {
  try {
    return decodeURIComponent(query.replaceAll('+', ' '));
  } catch {
    return query;
  }
}
