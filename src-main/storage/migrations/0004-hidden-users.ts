/**
 * Users who became ServiceOps tenant admins after they had been provisioned: gone for SCIM as if deleted, until they are taken
 * off the list.
 */
export const hiddenUsers = `
CREATE TABLE hidden_users (
  row INTEGER PRIMARY KEY REFERENCES users (row) ON DELETE CASCADE
) STRICT;
`;
