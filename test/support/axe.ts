import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What axe finds wrong on the page once it shows the theme its media asks for, one line a rule. */
export async function breachesOf(page: Page): Promise<string[]> {
  await page.waitForFunction(themeIsSettled);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
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
