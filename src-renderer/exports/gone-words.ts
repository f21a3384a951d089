/** Stands where an answer had a body that is gone, so that nobody takes it for an empty one. */
export const goneWords = 'The body of this answer is no longer kept.';
