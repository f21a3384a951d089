/**
 * Custom fields of users and the attributes nobody defined.
 * - `place_fold`: URN and name in lower case, without the core URN: two fields can't have one place.
 * - `moving_from`: the full attribute name that held the values before a rename, as long as some may still lie there.
 * - `settled`: 0 until stored values have been brought into the field.
 */
export const customFields = `
CREATE TABLE custom_fields (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL,
  label_fold TEXT NOT NULL UNIQUE,
  attribute TEXT NOT NULL,
  place_fold TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL CHECK (type IN ('String', 'Integer', 'Boolean', 'DateTime')),
  made_up INTEGER NOT NULL,
  defined_at INTEGER NOT NULL,
  moving_from TEXT,
  settled INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE unmapped_attributes (
  resource_type TEXT NOT NULL CHECK (resource_type IN ('User', 'Group')),
  path TEXT NOT NULL,
  last_call TEXT,
  last_at INTEGER,
  PRIMARY KEY (resource_type, path)
) STRICT, WITHOUT ROWID;
`;
