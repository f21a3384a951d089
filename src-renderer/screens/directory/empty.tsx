import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useLocation } from 'wouter';
import { GhostRows } from './columns.tsx';
import type { DirectoryTab } from './tables.ts';

const useStyles = makeStyles({
  words: { padding: '40px 16px 24px', maxWidth: '560px' },
  title: { fontSize: '20px', lineHeight: '28px', fontWeight: 600, margin: '0 0 8px' },
  paragraph: { margin: '0 0 20px', color: tokens.colorNeutralForeground2 },
});

const NOTHING: Record<Exclude<DirectoryTab, 'drifted'>, [title: string, words: string]> = {
  users: [
    'No users yet',
    'Each person that Azure provisions becomes a row here, with every attribute it sent and every change since. Assign a user to the app in the portal, then provision on demand.',
  ],
  groups: [
    'No groups yet',
    'A group appears once it is assigned to the app and the group mapping is on. Its members follow in calls of their own, after the users they name.',
  ],
  archived: [
    'Nobody is archived',
    'Whoever Azure disables or deletes is kept here with their history. To try it, unassign a test user and provision on demand.',
  ],
};

const DRIFT =
  'Drift is what differs between a record here and what Azure last sent of it: somebody edited or restored it by hand. It is listed here until Azure sends the same, or what it last sent is put back.';

interface EmptyProps {
  tab: DirectoryTab;
  type: 'user' | 'group';
  search: string;
  /** The table's columns, for the rows that will come. */
  template: string;
  columns: number;
  failed: boolean;
  onClear(): void;
  onRetry(): void;
}

/** What stands in place of rows: nothing yet, nothing found, or nothing read. */
export function DirectoryEmpty({ tab, type, search, template, columns, failed, onClear, onRetry }: EmptyProps) {
  const styles = useStyles();
  const [, go] = useLocation();
  const nothing = !failed && search === '';
  // No drift is as it should be: no rows are to come, and there is nothing to do.
  const coming = nothing && tab !== 'drifted';
  const [title, words] = failed
    ? ['The directory could not be read', 'The pilot did not answer. Nothing is lost.']
    : search !== ''
      ? [`Nothing matches “${search}”`, 'Names, userNames, e-mail addresses and ids are searched.']
      : tab === 'drifted'
        ? [`No ${type} has drifted`, DRIFT]
        : NOTHING[tab];
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: a virtual grid cannot be a table
    // biome-ignore-start lint/a11y/useFocusableInteractive: the grid holds the focus
    <>
      {coming && <GhostRows template={template} columns={columns} />}
      <div role="row">
        <div role="gridcell" className={styles.words}>
          <h2 className={styles.title}>{title}</h2>
          <p className={styles.paragraph}>{words}</p>
          {failed ? (
            <Button onClick={onRetry}>Try again</Button>
          ) : (
            search !== '' && <Button onClick={onClear}>Clear the search</Button>
          )}
          {coming && (
            <Button appearance="primary" onClick={() => go('/overview')}>
              See what to give Azure
            </Button>
          )}
        </div>
      </div>
    </>
    // biome-ignore-end lint/a11y/useFocusableInteractive: as above
    // biome-ignore-end lint/a11y/useSemanticElements: as above
  );
}
