/** What calls mean: sentences, outcomes, status and overview. The door of the room. */
export { type AzureLogs, azureLogQueries, createAzureLogs } from './azure-logs/index.ts';
export { createDataAccess } from './data-access.ts';
export { createDescribe, type DescribeOptions } from './describe.ts';
export { describeLookUp, describePlain } from './describe-read.ts';
export { explanationsOf } from './explain/index.ts';
export { createGuide, type GuideBook, guideAfterErasure, guideKey } from './guide/index.ts';
export { isProbe } from './look.ts';
export { createPresence, type Presence, presenceKey } from './presence.ts';
export { createReplays, type Replays } from './replays.ts';
export { createStatusReader, type StatusOptions, type StatusReader } from './status.ts';
export { readVersions } from './versions.ts';
