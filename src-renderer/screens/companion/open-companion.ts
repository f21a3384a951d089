import type { GuideStepId } from '../../../src-main/contract/catalogue/guide-steps.ts';
import type { Labels } from '../setup/steps.ts';

/**
 * Opens the companion, or brings the open one to the front. On the desktop the shell makes it a small window above all others
 * (`onWindowOpen` in src-main/shell/guards.ts knows these routes); a browser makes it a small window of its own. It shows `step`;
 * without one the first that is not done, and goes on by itself.
 */
export function openCompanion(labels: Labels, step?: GuideStepId): void {
  const route = step === undefined ? `#/companion/${labels}` : `#/companion/${labels}/${step}`;
  window.open(route, 'scim-pilot-companion', 'popup,width=400,height=640')?.focus();
}

/** Shows a place of the window in the one that opened the companion; without it, in a new tab. */
export function showInMainWindow(hash: string): void {
  const opener: Window | null = window.opener;
  if (opener !== null && !opener.closed) {
    opener.location.hash = hash;
    opener.focus();
    return;
  }
  window.open(hash, '_blank');
}
