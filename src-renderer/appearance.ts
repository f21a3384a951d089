import { useSyncExternalStore } from 'react';
import { plainAppearance } from '../src-main/contract/catalogue/appearance.ts';
import type { Appearance } from '../src-main/contract/index.ts';
import { live } from './live.ts';

/** What this window wore last, so that it opens in it: the pilot's word comes only with its first event. */
const STORED_KEY = 'scim-pilot-appearance';

function worn(): Appearance {
  try {
    return { ...plainAppearance, ...JSON.parse(window.localStorage.getItem(STORED_KEY) ?? '{}') };
  } catch {
    return plainAppearance;
  }
}

let now = worn();

function read(): Appearance {
  const told = live.state().status?.appearance;
  if (told !== undefined && JSON.stringify(told) !== JSON.stringify(now)) {
    now = told;
    window.localStorage.setItem(STORED_KEY, JSON.stringify(told));
  }
  return now;
}

/** How the window looks: the same in every window of this SCIM Pilot. */
export const useAppearance = (): Appearance => useSyncExternalStore(live.subscribe, read);
