import { join, resolve } from 'node:path';
import { app } from 'electron';
import { createPilot } from './pilot.ts';
import { flagsOf, startDesktop } from './shell/index.ts';

void startDesktop({
  args: flagsOf(process.argv, app.isPackaged, (arg) => resolve(arg) === import.meta.filename),
  rendererDir: join(import.meta.dirname, '..', 'renderer'),
  createPilot,
});
