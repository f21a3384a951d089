import type { GroupDetail, UserDetail } from '../../../../src-main/contract/index.ts';

/** What the pane shows, user or group. */
export type Shown = { type: 'user'; record: UserDetail } | { type: 'group'; record: GroupDetail };
