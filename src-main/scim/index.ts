/**
 * The SCIM 2.0 language, pure: no I/O, no clock, no database. The door of the room.
 * (Signatures fixed first; see the files behind for behaviour.)
 */
export { ScimError } from './errors.ts';
export { errorMessage, listResponse, renderRecord, type RenderOptions } from './messages.ts';
export { parseFilter, type Filter } from './filter/index.ts';
export { matches } from './filter/evaluate.ts';
export { parsePath, type AttributePath } from './path.ts';
export { parseProjection, project, type Projection } from './projection.ts';
export { readResource, type ReadResource } from './resource.ts';
export { applyPatch, type PatchResult, type MemberEdit } from './patch/index.ts';
export { fold } from './fold.ts';
export { resourceTypes, schemas, serviceProviderConfig } from './schemas/index.ts';
