/** How Azure reaches us: a public address of the admin's own, or none. The door of the room. */
export { checkTunnel } from './own.ts';
