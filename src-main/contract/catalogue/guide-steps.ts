/** The steps of the set-up, in their order. */
export const guideSteps = [
  'before',
  'endpoint',
  'application',
  'connect',
  'assign',
  'on-demand',
  'mappings',
  'leaver',
  'start',
  'verify',
  'finish',
] as const;

export type GuideStepId = (typeof guideSteps)[number];
