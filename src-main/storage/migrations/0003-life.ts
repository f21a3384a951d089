/**
 * The life of a record: what differs from what the provisioning side last sent, and the ids of purged records.
 * - `drift`: a row for each record that differs; `sent` is its document as last sent, in a list of one where a DELETE followed it
 *   and the record was restored here (NULL in older files, which kept nothing then).
 * - `drift_members`: memberships that differ; `sent` 1: sent and not here, 0: here by hand only.
 * - `tombstones.known`: Azure was told the id and has not deleted the record itself.
 * - `emails` loses its foreign key: without an index on `user_row`, which no query needs, each purge would scan the table.
 */
export const life = `
CREATE TABLE drift (
  resource_type TEXT NOT NULL CHECK (resource_type IN ('User', 'Group')),
  record_row INTEGER NOT NULL,
  since INTEGER NOT NULL,
  sent TEXT,
  PRIMARY KEY (resource_type, record_row)
) STRICT, WITHOUT ROWID;

CREATE TABLE drift_members (
  group_row INTEGER NOT NULL,
  user_row INTEGER NOT NULL,
  sent INTEGER NOT NULL CHECK (sent IN (0, 1)),
  PRIMARY KEY (group_row, user_row)
) STRICT, WITHOUT ROWID;
CREATE INDEX drift_members_user ON drift_members (user_row);

CREATE TABLE tombstones (
  id TEXT PRIMARY KEY,
  resource_type TEXT NOT NULL CHECK (resource_type IN ('User', 'Group')),
  purged_at INTEGER NOT NULL,
  known INTEGER NOT NULL CHECK (known IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstones_known ON tombstones (resource_type) WHERE known = 1;

CREATE TABLE emails_of_users (
  value_fold TEXT NOT NULL,
  user_row INTEGER NOT NULL,
  PRIMARY KEY (value_fold, user_row)
) STRICT, WITHOUT ROWID;
INSERT INTO emails_of_users SELECT value_fold, user_row FROM emails;
DROP TABLE emails;
ALTER TABLE emails_of_users RENAME TO emails;
`;
