import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { PilotStatus } from '../../../../src-main/contract/index.ts';
import { api } from '../../../api.ts';
import { PaneHead } from '../parts.tsx';
import { Choice } from './choice.tsx';
import { FreePlan } from './free-plan.tsx';
import { StatePanel } from './state-panel.tsx';

/** How Azure reaches this pilot: how that is going, and what to use. */
export function Connection({ status }: { status: PilotStatus }) {
  const { data: settings } = useQuery(api.tunnel.settings.queryOptions());
  const top = useRef<HTMLDivElement>(null);
  return (
    <>
      <div ref={top} />
      <PaneHead title="Connection">
        Azure calls from the internet, by https. Choose the way that leads from there to this pilot; nothing but SCIM
        passes, and only with the Secret Token.
      </PaneHead>
      <StatePanel status={status} />
      {settings !== undefined && (
        <Choice settings={settings} tunnel={status.tunnel} onSaved={() => top.current?.scrollIntoView()} />
      )}
      {settings?.kind === 'ngrok' && <FreePlan />}
    </>
  );
}
