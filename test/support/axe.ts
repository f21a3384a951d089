import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe finds wrong on the page once it shows the theme its media asks for, one line a rule. axe runs in the page itself,
 * which has no frames, and only what is wrong leaves it: carrying out every rule's passes costs eight times the look.
 */
export async function breachesOf(page: Page): Promise<string[]> {
  await page.waitForFunction(themeIsSettled);
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  const violations = await page.evaluate(runAxe);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.join(' | ')}`);
}

/** Runs in the page: every rule that axe has on by itself. */
async function runAxe(): Promise<{ id: string; nodes: string[] }[]> {
  const inPage = (window as unknown as { axe: typeof axe }).axe;
  const { violations } = await inPage.run(document, { resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
}

/** Runs in the page: a change of the colour scheme reaches the theme a render later, and Fluent fades colours. */
function themeIsSettled(): boolean {
  const provider = document.querySelector('.fui-FluentProvider');
  if (provider === null) return false;
  const background = getComputedStyle(provider).getPropertyValue('--colorNeutralBackground1').trim();
  const isDark = Number.parseInt(background.slice(1, 3), 16) < 0x80;
  const fading = document.getAnimations().some(({ playState }) => playState === 'running');
  return !fading && isDark === matchMedia('(prefers-color-scheme: dark)').matches;
}
