/**
 * Azure's provisioning logs as they were imported. An import is small and one document; its entries have columns for what is
 * asked of them (a time of 0: the log has none). Steps and properties of the CSV download wait in azure_parts until they are put
 * to their entries.
 */
export const azureLogs = `
CREATE TABLE azure_imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE azure_entries (
  row INTEGER PRIMARY KEY,
  import INTEGER NOT NULL,
  at INTEGER NOT NULL,
  entry_id TEXT,
  change_id TEXT,
  cycle_id TEXT,
  job_id TEXT,
  action TEXT NOT NULL,
  status TEXT NOT NULL,
  code TEXT,
  skip TEXT,
  reason TEXT,
  cause TEXT NOT NULL,
  person TEXT,
  name TEXT,
  type TEXT,
  duration_ms INTEGER,
  call_seq INTEGER,
  certainty TEXT,
  apart_ms INTEGER,
  missing TEXT,
  search TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX azure_entries_time ON azure_entries (import, at, row);
CREATE INDEX azure_entries_change ON azure_entries (import, change_id);
CREATE UNIQUE INDEX azure_entries_once ON azure_entries (import, entry_id) WHERE entry_id IS NOT NULL;

CREATE TABLE azure_parts (
  row INTEGER PRIMARY KEY,
  import INTEGER NOT NULL,
  change_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE INDEX azure_parts_change ON azure_parts (import, change_id);

CREATE TABLE azure_matches (
  import INTEGER NOT NULL,
  entry_row INTEGER NOT NULL,
  call_seq INTEGER NOT NULL,
  main INTEGER NOT NULL,
  certainty TEXT NOT NULL,
  score INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  PRIMARY KEY (entry_row, call_seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX azure_matches_call ON azure_matches (import, call_seq);
`;
