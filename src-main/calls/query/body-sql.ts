import type { CallQuery } from '../../contract/query/index.ts';

/** A condition over `calls c` that every call which fits the query meets, with what it binds; empty: none is known. */
export interface BodyCondition {
  sql: string;
  bound: string[];
}

const columns = { request: ['c.request_body'], response: ['c.response_body'] };
/** Of a change in the history; a user's creation keeps no values of its own there, and passes. */
const changed = ['h.attributes', 'h.members_added', 'h.members_removed'];

/**
 * Most calls that a text in the bodies is sought in do not hold it, and SQLite tells so in a fraction of the time that it takes to
 * hand one over. What it can't tell for sure (a letter beyond ASCII, an escape) passes.
 */
export function bodyCondition({ parts }: Pick<CallQuery, 'parts'>): BodyCondition {
  const sql: string[] = [];
  const bound: string[] = [];
  for (const part of parts) {
    if (part.type !== 'term') continue;
    const { text, within } = part.term.narrow ?? {};
    if (text === undefined || within === undefined) continue;
    const may = (place: string) => {
      const beyond = `octet_length(${place}) <> length(${place}) OR instr(${place}, char(92))`;
      if (!isAscii(text)) return `${place} IS NOT NULL AND (${beyond})`;
      bound.push(text);
      return `${place} IS NOT NULL AND (${beyond} OR instr(lower(${place}), ?))`;
    };
    const any = (places: readonly string[]) => places.map(may).join(' OR ');
    if (within !== 'bodies') sql.push(`(${any(columns[within])})`);
    else {
      const sent = any([...columns.request, ...columns.response, 'c.changes']);
      sql.push(`(${sent} OR c.change_position IN (SELECT h.position FROM changes h
        WHERE h.position = c.change_position AND (h.attributes = '' OR ${any(changed)})))`);
    }
  }
  return { sql: sql.map((one) => `AND ${one}`).join(' '), bound };
}

const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text);
