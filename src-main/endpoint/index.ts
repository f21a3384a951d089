/** The SCIM listener: routes, bearer auth, limits, capture. The only thing that is ever tunnelled. The door of the room. */
export { basePath } from './addresses.ts';
export type { Faults } from './faults.ts';
export { createEndpoint, type Endpoint, type EndpointOptions } from './listener.ts';
export { createRedactor } from './redact.ts';
export { createReplayer, type Replayer, type ReplayOrder } from './replay.ts';
export { openSecretToken, type SecretToken, tokenKey } from './secret-token.ts';
