/**
 * What the window may ask and watch, and the two ways it is served. The door of the room.
 */
export { type Asset, type Assets, readAssets } from './assets.ts';
export type {
  ApiContext,
  DataApi,
  FileDesk,
  FileSource,
  NumberedEvent,
  OutgoingFile,
  PilotApi,
  PilotsApi,
  WatchedEvent,
  WindowHost,
} from './context.ts';
export { createWindowHandler, refuse, type WindowHandlerOptions } from './fetch-handler.ts';
export { createLoopback, type Loopback, type LoopbackOptions } from './loopback.ts';
export { createPilotApi, type PilotApiOptions } from './pilot-api.ts';
export { type AppRouter, router } from './router.ts';
