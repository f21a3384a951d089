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
