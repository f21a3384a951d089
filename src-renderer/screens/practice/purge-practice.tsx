import { useQuery } from '@tanstack/react-query';
import { api, client } from '../../api.ts';
import { KEPT, KNOWN } from '../directory/detail/purge.tsx';
import { PurgeManyButton, PurgeManyDialog } from '../directory/purge-many.tsx';

/** Purges what practice made, after asking. */
export function PurgePractice() {
  return <PurgeManyButton label="Purge practice people…">{(onClose) => <Asked onClose={onClose} />}</PurgeManyButton>;
}

function Asked({ onClose }: { onClose(): void }) {
  // It walks over everybody: counted for each question once, and no further when nobody waits for it.
  const { data: made } = useQuery({
    ...api.practice.records.queryOptions(undefined, { trpc: { abortOnUnmount: true } }),
    gcTime: 0,
  });
  return (
    <PurgeManyDialog
      kind="practice"
      found={made}
      nothing="Nobody whom practice alone made and changed is here. Those whom Azure has changed since can be purged one by one in Directory."
      paragraphs={[
        `They were made by practice runs or replayed calls, and no call of Azure's changed them. They are removed here for good, with their history, also those that are archived or deleted. Whoever Azure has changed since stays. ${KEPT}`,
        `If Azure has matched one of them, it goes on using the id. ${KNOWN}`,
      ]}
      purge={() => client.practice.purge.mutate()}
      onClose={onClose}
    />
  );
}
