/** Keys of each screen, in the order of their use: shown in the footer (the first five) and under `?`. */
export const SCREEN_KEYS: Record<string, readonly (readonly [key: string, does: string])[]> = {
  setup: [
    ['J', 'next step'],
    ['K', 'previous'],
  ],
  feed: [
    ['J', 'next'],
    ['K', 'previous'],
    ['Enter', 'open'],
    ['R', 'replay'],
    ['Space', 'pause'],
    ['→ ←', 'its calls'],
    ['Esc', 'close'],
    ['P', 'pin'],
    ['/', 'filter'],
    ['E', 'edit and replay'],
    ['D', 'compare with another call'],
    ['C', 'copy as cURL'],
  ],
  'azure-logs': [
    ['J', 'next'],
    ['K', 'previous'],
    ['Esc', 'close'],
    ['/', 'search'],
  ],
  directory: [
    ['J', 'next'],
    ['K', 'previous'],
    ['Enter', 'open'],
    ['Esc', 'close'],
    ['/', 'search'],
  ],
};

/** Keys of every screen. */
export const WINDOW_KEYS = [
  ['Ctrl K', 'commands, people, groups, calls'],
  ['?', 'this list'],
] as const;

/** The screen that an address of the window shows, as `SCREEN_KEYS` names it. */
export const screenOf = (location: string): string => location.split('/')[1] ?? '';
