/**
 * A record names its newest change (`last_change`), and each change the one before it of the same record (`previous`). The index
 * that found them wrote a page of its own for nearly every change, since records change in no order: a third of what a PATCH of
 * a user wrote. Both columns stand behind the texts, where an older file can get them without being written anew.
 * `changes_created` finds how a record came; records are created in the order of its key, so it grows at its end.
 */
export const changeChain = `
ALTER TABLE changes ADD COLUMN previous INTEGER;
ALTER TABLE users ADD COLUMN last_change INTEGER;
ALTER TABLE groups ADD COLUMN last_change INTEGER;
UPDATE changes SET previous = (SELECT max(earlier.position) FROM changes earlier WHERE earlier.record_row = changes.record_row
  AND earlier.resource_type = changes.resource_type AND earlier.position < changes.position);
UPDATE users SET last_change = (SELECT max(position) FROM changes WHERE record_row = users.row AND resource_type = 'User');
UPDATE groups SET last_change = (SELECT max(position) FROM changes WHERE record_row = groups.row AND resource_type = 'Group');
DROP INDEX changes_record;
CREATE INDEX changes_created ON changes (record_row, resource_type) WHERE kind = 'created';
`;
