/** How deep a body or a filter may nest. */
export const maximumDepth = 64;

/** What the admin may choose of how many calls are kept, each from one number to another. */
export const retentionLimits = {
  calls: [1_000, 10_000_000],
  days: [1, 3_650],
  bytes: [50_000_000, 1_000_000_000_000],
} as const;
