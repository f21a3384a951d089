import { useQuery } from '@tanstack/react-query';
import { api, client } from '../../api.ts';
import { count } from '../../ui/format.ts';
import { KEPT, KNOWN } from './detail/purge.tsx';
import { PurgeManyButton, PurgeManyDialog } from './purge-many.tsx';

/** Purges all deleted records, after asking. */
export function PurgeDeleted() {
  return <PurgeManyButton label="Purge deleted…">{(onClose) => <Asked onClose={onClose} />}</PurgeManyButton>;
}

function Asked({ onClose }: { onClose(): void }) {
  const { data: deleted } = useQuery(api.directory.deleted.queryOptions());
  const known = deleted?.knownByAzure ?? 0;
  return (
    <PurgeManyDialog
      kind="deleted"
      found={deleted}
      nothing="Whoever is deleted here is hidden as a ServiceOps tenant admin, and comes back once taken off that list."
      paragraphs={[
        `They are removed here for good, with their history. Archived users stay. ${KEPT}`,
        known === 0
          ? 'Azure does not use any of these ids any more.'
          : `Azure still knows ${count(known, 'of them', 'of them')} by id. ${KNOWN}`,
      ]}
      purge={() => client.directory.purgeDeleted.mutate()}
      onClose={onClose}
    />
  );
}
