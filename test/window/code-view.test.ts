import { beforeAll, expect, test } from 'vitest';
import { createdId, entraUser } from '../endpoint/shapes.ts';
import { testWindow } from '../support/window.ts';

const host = testWindow();

beforeAll(async () => {
  await createdId(host.pilot, '/Users', entraUser({ displayName: 'Orla Brandt' }));
}, 120_000);

test.each(['reduce', 'no-preference'] as const)(
  'fold arrows stand at their lines, motion: %s',
  async (reducedMotion) => {
    const code = host.pilot.api.status().lastCall?.code;
    const window = await host.open({ reducedMotion, viewport: { width: 1280, height: 1400 } });
    const { page } = window;
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `/feed/${code}`);
    // A new start, in which the viewer is loaded and measured with all the rest; the height has it in view at once.
    await page.reload();
    const viewer = page.locator('.cm-editor').first();
    await viewer.getByTitle('Fold line', { exact: true }).first().waitFor();
    await expect
      .poll(() =>
        viewer.evaluate((editor) => {
          const tops = (selector: string) =>
            [...editor.querySelectorAll(selector)]
              .filter((one) => one.getBoundingClientRect().height > 0)
              .map((one) => Math.round(one.getBoundingClientRect().top));
          const lines = tops('.cm-line');
          return tops('.cm-foldGutter .cm-gutterElement').filter((top) => !lines.includes(top));
        }),
      )
      .toEqual([]);
    expect(window.complaints).toEqual([]);
    await window.context.close();
  },
);
