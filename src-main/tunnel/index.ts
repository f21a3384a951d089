/**
 * How Azure reaches us: ngrok's tunnel, a public address of the admin's own, or none; kept up, checked, and told in words.
 * The door of the room.
 */
export { checkRequest } from './own/index.ts';
export { createReach, type Reach } from './reach.ts';
export { openTunnel, type TunnelOptions, type TunnelService } from './service.ts';
export { readConnection, tunnelKeys } from './settings.ts';
