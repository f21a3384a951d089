/** What Entra does, an activity at a time: each can be played alone, as a step of the guide would have Azure send it. */
export const practiceActivities = [
  'connection test',
  'provision on demand',
  'custom fields',
  'leaver',
  'initial cycle',
] as const;

export type PracticeActivity = (typeof practiceActivities)[number];
