import { readFileSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';

/** Where the window was and how big. */
export interface WindowState {
  bounds: Rectangle;
  maximized: boolean;
}

const minimum = { width: 720, height: 480 } as const;
const standard = { width: 1280, height: 800 } as const;

const stateSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }),
  maximized: z.boolean(),
});

/** Options for a window that is where it was, if that place still exists: a screen may have gone or shrunk since. */
export function placeWindow(saved: WindowState | null, workAreas: readonly Rectangle[]) {
  const room = workAreas.find((area) => saved !== null && overlap(area, saved.bounds));
  const base = { minWidth: minimum.width, minHeight: minimum.height };
  if (saved === null || room === undefined) return { ...base, ...standard, maximized: saved?.maximized ?? false };
  const width = clamp(saved.bounds.width, minimum.width, room.width);
  const height = clamp(saved.bounds.height, minimum.height, room.height);
  return {
    ...base,
    width,
    height,
    x: clamp(saved.bounds.x, room.x, room.x + room.width - width),
    y: clamp(saved.bounds.y, room.y, room.y + room.height - height),
    maximized: saved.maximized,
  };
}

/** True when enough of the window lies on the screen to take hold of it. */
function overlap(area: Rectangle, bounds: Rectangle): boolean {
  const across = Math.min(area.x + area.width, bounds.x + bounds.width) - Math.max(area.x, bounds.x);
  const down = Math.min(area.y + area.height, bounds.y + bounds.height) - Math.max(area.y, bounds.y);
  return across >= 100 && down >= 50;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

/** What `file` remembers; null when there is nothing usable in it, which costs the window its place and nothing else. */
export function readWindowState(file: string): WindowState | null {
  try {
    const parsed = stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
}
