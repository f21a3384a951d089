/**
 * - `change_members`: members of a change that are too many for its own row, at most a thousand to a row. `user_rows` is a JSON
 *   list of rows of `users`, `members` its length, `joined` 1 for those who joined and 0 for those who left. The row of a user
 *   created after the change once was another one's, who was purged.
 * - `membership` loses its foreign keys: checking them reads a page of `users` for each member, which is most of the cost of
 *   adding many. Rows come from `users` and `groups` themselves, and a purge takes memberships first.
 */
export const changeMembers = `
CREATE TABLE change_members (
  position INTEGER PRIMARY KEY,
  change INTEGER NOT NULL REFERENCES changes (position) ON DELETE CASCADE,
  joined INTEGER NOT NULL,
  members INTEGER NOT NULL,
  user_rows TEXT NOT NULL
) STRICT;
CREATE INDEX change_members_change ON change_members (change, joined);

CREATE TABLE membership_bare (
  group_row INTEGER NOT NULL,
  user_row INTEGER NOT NULL,
  PRIMARY KEY (group_row, user_row)
) STRICT, WITHOUT ROWID;
INSERT INTO membership_bare SELECT group_row, user_row FROM membership;
DROP TABLE membership;
ALTER TABLE membership_bare RENAME TO membership;
CREATE INDEX membership_user ON membership (user_row, group_row);
`;
