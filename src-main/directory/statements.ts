import type Database from 'better-sqlite3';

const perConnection = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** The prepared statement for `sql` on this connection, prepared once. */
export function prepared(db: Database.Database, sql: string): Database.Statement {
  let statements = perConnection.get(db);
  if (statements === undefined) {
    statements = new Map();
    perConnection.set(db, statements);
  }
  let statement = statements.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    statements.set(sql, statement);
  }
  return statement;
}

/**
 * A number parameter, for LIMIT and OFFSET. SQLite plans by the value of a bare `LIMIT ?` (and of some `= ?` in joins and
 * before ORDER BY), and prepares the statement anew whenever another value is bound, which costs more than a look-up by key;
 * an expression is left alone.
 */
export const bound = '(? + 0)';
