import type { Appearance } from '../pilots.ts';

/** How the window looks until the admin says otherwise. */
export const plainAppearance: Appearance = { theme: 'system', density: 'normal', labels: 'today', presenter: false };
