/** A call that made one change names its place in the history rather than keeping a copy of it. */
export const changePositions = `
ALTER TABLE calls ADD COLUMN change_position INTEGER;
`;
