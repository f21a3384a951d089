/** Finds deleted users without looking at all: to tell them from the ids of thousands of members, and to purge them. */
export const deletedUsers = `
CREATE INDEX users_deleted ON users (id) WHERE state = 'deleted';
`;
