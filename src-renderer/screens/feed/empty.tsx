import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { formatMoment, formatNumber } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { useCopy } from '../../ui/use-copy.ts';
import { useColumns } from './columns.ts';

const GHOSTS: [verb: string, note: string][] = [
  ['Tested the connection', 'the first thing you will see, from Connect'],
  ['Created a user', 'who, with which attributes, in how many ms'],
  ['Updated a group', 'what changed, before and after'],
  ['Could not create a user', 'what happened, with request and answer'],
];

const useStyles = makeStyles({
  ghosts: { paddingTop: '8px' },
  ghost: { height: '32px', color: tokens.colorNeutralForeground3 },
  // Fainter, but still readable: opacity would take the contrast below what reading needs.
  far: { color: tokens.colorNeutralForeground4 },
  text: { display: 'flex', gap: '10px', alignItems: 'baseline', whiteSpace: 'nowrap', overflow: 'hidden' },
  words: { padding: '40px 24px 24px 104px', maxWidth: '680px' },
  title: { fontSize: '20px', lineHeight: '28px', fontWeight: 600, margin: '0 0 8px' },
  paragraph: { margin: '0 0 20px', color: tokens.colorNeutralForeground2 },
  copy: { minWidth: '168px' },
  bar: {
    display: 'block',
    width: '180px',
    height: '8px',
    borderRadius: '3px',
    backgroundColor: tokens.colorNeutralStroke2,
  },
});

/** Words in place of rows. */
function Words({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    // The grid owns only rows: what stands here instead is one row with one cell.
    // biome-ignore-start lint/a11y/useSemanticElements: a virtual grid cannot be a table
    // biome-ignore-start lint/a11y/useFocusableInteractive: the grid holds the focus
    <div role="row">
      <div role="gridcell" className={styles.words}>
        <h2 className={styles.title}>{title}</h2>
        {children}
      </div>
    </div>
    // biome-ignore-end lint/a11y/useFocusableInteractive: as above
    // biome-ignore-end lint/a11y/useSemanticElements: as above
  );
}

function Ghosts({ bare }: { bare: boolean }) {
  const styles = useStyles();
  const columns = useColumns();
  return (
    <div className={styles.ghosts} aria-hidden>
      {GHOSTS.map(([verb, note], index) => (
        <div key={verb} className={mergeClasses(styles.ghost, index > 1 && styles.far)}>
          <div className={columns.columns}>
            <span className={mergeClasses(columns.small, styles.far)}>––:––:––</span>
            <span className={columns.rail}>
              <Mark kind="todo" label="" size={13} />
            </span>
            {bare ? (
              <span className={styles.bar} />
            ) : (
              <span className={styles.text}>
                {verb} <span className={mergeClasses(columns.small, styles.far)}>{note}</span>
              </span>
            )}
          </div>
        </div>
      ))}
    </div>
  );
}

/** The first page is on its way: rows to come, no shimmer. */
export const FeedLoading = () => <Ghosts bare />;

/** No call has ever come: what will, and how to make it. */
export function NothingYet({ tenantUrl, reachable }: { tenantUrl: string; reachable: boolean }) {
  const styles = useStyles();
  const { copied, copy } = useCopy('Tenant URL', tenantUrl);
  return (
    <>
      <Ghosts bare={false} />
      <Words title="Nothing yet. We are listening.">
        <p className={styles.paragraph}>
          Each call becomes one line, the moment it comes.{' '}
          {reachable
            ? 'The first one comes when you press Test Connection in the portal, on the app’s Provisioning page, with this Tenant URL and the Secret Token beside it.'
            : 'This pilot answers on this machine only: anything here that speaks SCIM can call this Tenant URL with the Secret Token. For Azure, start with a public address.'}
        </p>
        <Button appearance="primary" className={styles.copy} onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy the Tenant URL'}
        </Button>
      </Words>
    </>
  );
}

/** Calls came after the pause, none before. */
export function PausedEmpty({ waiting, onResume }: { waiting: number; onResume(): void }) {
  const styles = useStyles();
  return (
    <Words title="Paused">
      <p className={styles.paragraph}>
        {waiting === 0
          ? 'The list stands still until you resume. Calls are answered and stored all the same.'
          : `${formatNumber(waiting)} came since. They are stored and appear when you resume.`}
      </p>
      <Button appearance="primary" onClick={onResume}>
        Resume
      </Button>
    </Words>
  );
}

/** Calls are stored, but the filter hides every one. */
export function FilteredOut({ hidden, onShow }: { hidden: number; onShow(): void }) {
  const styles = useStyles();
  return (
    <Words title={hidden === 1 ? '1 call is filtered out' : `${formatNumber(hidden)} calls are filtered out`}>
      <p className={styles.paragraph}>They are stored; the filter above hides them.</p>
      <Button onClick={onShow}>Show all calls</Button>
    </Words>
  );
}

/** The filter has found nothing yet. */
export function StillSearching({ to, onStop }: { to: number | null; onStop(): void }) {
  const styles = useStyles();
  return (
    <Words title="Searching…">
      <p className={styles.paragraph}>
        {to === null
          ? 'The calls are being looked through.'
          : `Nothing found back to ${formatMoment(to, Date.now())} so far.`}{' '}
        Another filter ends the search.
      </p>
      <Button onClick={onStop}>Stop, and show all calls</Button>
    </Words>
  );
}

/** The pilot gave no answer to the first question. */
export function FeedUnread({ onRetry }: { onRetry(): void }) {
  const styles = useStyles();
  return (
    <Words title="The calls could not be read">
      <p className={styles.paragraph}>The pilot did not answer. Nothing is lost: calls are stored as they come.</p>
      <Button onClick={onRetry}>Try again</Button>
    </Words>
  );
}
