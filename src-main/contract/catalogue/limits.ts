/** How deep a body or a filter may nest. */
export const maximumDepth = 64;
