/**
 * The first schema. Conventions that every table keeps:
 * - `row` is an INTEGER key that never leaves the process; `id` is the SCIM id that clients know. Joins use rows, so their
 *   cost stays flat with a million users.
 * - `*_fold` columns hold `fold(text)` (NFC, lower case) for uniqueness, filters and order: SQLite's own NOCASE and lower()
 *   know ASCII only.
 * - the JSON document is the last column, so that a scan over the small columns seldom touches it.
 * - times are milliseconds since 1970.
 */
export const first = `
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters (name, value) VALUES
  ('users', 0), ('archived', 0), ('groups', 0), ('memberships', 0), ('deleted', 0);

CREATE TABLE users (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('active', 'archived', 'deleted')),
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL,
  user_name TEXT NOT NULL,
  user_name_fold TEXT NOT NULL,
  external_id TEXT,
  manager_id TEXT,
  manager_hidden INTEGER NOT NULL DEFAULT 0,
  department TEXT,
  title TEXT,
  search TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX users_user_name ON users (user_name_fold) WHERE state <> 'deleted';
CREATE INDEX users_external_id ON users (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX users_manager ON users (manager_id) WHERE manager_id IS NOT NULL;
CREATE INDEX users_table ON users (name_fold, state, search);

CREATE TABLE emails (
  value_fold TEXT NOT NULL,
  user_row INTEGER NOT NULL REFERENCES users (row),
  PRIMARY KEY (value_fold, user_row)
) STRICT, WITHOUT ROWID;

CREATE TABLE groups (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('active', 'deleted')),
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  name TEXT NOT NULL,
  name_fold TEXT NOT NULL,
  external_id TEXT,
  members INTEGER NOT NULL DEFAULT 0,
  json TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX groups_display_name ON groups (name_fold) WHERE state <> 'deleted';
CREATE INDEX groups_external_id ON groups (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX groups_table ON groups (name_fold, state);

CREATE TABLE membership (
  group_row INTEGER NOT NULL REFERENCES groups (row),
  user_row INTEGER NOT NULL REFERENCES users (row),
  PRIMARY KEY (group_row, user_row)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_user ON membership (user_row, group_row);

CREATE TABLE changes (
  position INTEGER PRIMARY KEY,
  resource_type TEXT NOT NULL CHECK (resource_type IN ('User', 'Group')),
  record_row INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  call_seq INTEGER,
  call_code TEXT,
  attributes TEXT NOT NULL,
  members_added TEXT NOT NULL,
  members_removed TEXT NOT NULL
) STRICT;
CREATE INDEX changes_record ON changes (record_row, resource_type);

CREATE TABLE calls (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  seq INTEGER NOT NULL UNIQUE,
  code TEXT NOT NULL,
  at INTEGER NOT NULL,
  duration_ms REAL NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  query TEXT NOT NULL,
  status INTEGER NOT NULL,
  scim_type TEXT,
  detail TEXT,
  source TEXT NOT NULL,
  via TEXT NOT NULL,
  practice INTEGER NOT NULL,
  stage TEXT NOT NULL,
  resource_type TEXT,
  resource_id TEXT,
  resource_name TEXT,
  total_results INTEGER,
  probe INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  change_kind TEXT,
  sentence TEXT NOT NULL,
  request_headers TEXT NOT NULL,
  request_body TEXT,
  request_bytes INTEGER,
  request_cut INTEGER,
  response_headers TEXT NOT NULL,
  response_body TEXT,
  response_bytes INTEGER,
  response_cut INTEGER,
  changes TEXT NOT NULL
) STRICT;
CREATE INDEX calls_at ON calls (at);
CREATE INDEX calls_failed ON calls (position) WHERE outcome = 'failed';
`;
