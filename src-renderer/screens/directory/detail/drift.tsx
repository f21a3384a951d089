import { Button, Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { Drift, DriftedAttribute, MemberRef } from '../../../../src-main/contract/index.ts';
import { client } from '../../../api.ts';
import { formatMoment } from '../../../ui/format.ts';
import { Mark } from '../../../ui/mark.tsx';
import { Names } from '../../../ui/names.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { Truncated } from '../../../ui/truncated.tsx';
import { useFocusKept } from '../../../ui/use-focus-kept.ts';
import { useNow } from '../../../ui/use-now.ts';
import { briefPath } from '../../../ui/values.ts';
import { useAct } from '../../../use-act.ts';
import { AttributeValue } from './reference.tsx';
import type { Shown } from './shown.ts';

const useStyles = makeStyles({
  section: { padding: '12px 20px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  head: { display: 'flex', alignItems: 'center', gap: '8px', minHeight: '24px' },
  title: {
    margin: 0,
    fontSize: '14px',
    lineHeight: '20px',
    fontWeight: 600,
    color: tokens.colorStatusWarningForeground1,
  },
  button: { height: '24px', fontSize: '12px', fontWeight: 400, minWidth: 0, marginLeft: 'auto' },
  again: { display: 'block', maxWidth: '240px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  words: { margin: '2px 0 6px', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground2 },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 130fr) minmax(0, 150fr) minmax(0, 150fr) 62px',
    columnGap: '12px',
    alignItems: 'baseline',
    padding: '4px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    fontSize: '13px',
    lineHeight: '20px',
    '&:last-child': { borderBottom: 'none' },
  },
  heads: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  path: {
    whiteSpace: 'normal',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground2,
  },
  // Whole, however long: the two sides may differ at their ends only.
  cell: { minWidth: 0, overflowWrap: 'anywhere' },
  sent: { color: tokens.colorNeutralForeground2 },
  here: { color: tokens.colorNeutralForeground1, fontWeight: 600 },
  none: { color: tokens.colorNeutralForeground3 },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', lineHeight: '18px' },
});

/** What differs from what was last sent, and the way back. */
export function DriftSection({ shown, drift }: { shown: Shown; drift: Drift }) {
  const styles = useStyles();
  const now = useNow(60_000);
  const section = useFocusKept<HTMLElement>();
  const { record } = shown;
  const differs = drift.attributes.length + drift.membersHereInAll + drift.membersSentInAll > 0;
  const act = useAct(
    () => client.directory.putBack.mutate({ type: shown.type === 'user' ? 'User' : 'Group', id: record.id }),
    () => (drift.deleted === null ? `${record.name} is as Azure last sent it` : `Deleted ${record.name} again`),
  );
  return (
    <section ref={section} className={styles.section} aria-label="Drift">
      <div className={styles.head}>
        <Mark kind="odd" label="" />
        <h3 className={styles.title}>
          {drift.deleted === null ? 'Differs from what Azure last sent' : 'Azure deleted this record'}
        </h3>
        {drift.deleted === null ? (
          <Button size="small" className={styles.button} disabledFocusable={act.running} onClick={act.run}>
            Put back what Azure sent
          </Button>
        ) : (
          <Button
            size="small"
            className={mergeClasses(styles.button, styles.again)}
            disabledFocusable={act.running}
            onClick={act.run}
          >
            Delete <bdi>{record.name}</bdi> again
          </Button>
        )}
      </div>
      <p className={styles.words}>
        {drift.deleted === null ? (
          `Edited by hand ${formatMoment(drift.since, now)}. Entra does not notice: it stays so until Azure sends the attribute again.`
        ) : (
          <>
            It deleted it {formatMoment(drift.deleted.at, now)}
            {drift.deleted.callCode !== null && (
              <>
                {' '}
                with <Code code={drift.deleted.callCode} />
              </>
            )}
            ; it was restored here by hand
            {differs
              ? ', and differs from what Azure sent before. Entra does not notice.'
              : '. Entra does not notice: both agree again once Azure writes to it.'}
          </>
        )}
      </p>
      <Problem words={act.problem} />
      {differs && <Differences drift={drift} />}
    </section>
  );
}

function Differences({ drift }: { drift: Drift }) {
  const styles = useStyles();
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: rows are grids of fractions, which table cells are not
    // biome-ignore-start lint/a11y/useFocusableInteractive: a plain table, nothing to press but links
    <div role="table" aria-label="Differences">
      <div role="row" className={mergeClasses(styles.row, styles.heads)}>
        <span role="columnheader">In SCIM</span>
        <span role="columnheader">Azure last sent</span>
        <span role="columnheader">Here now</span>
        <span role="columnheader">Call</span>
      </div>
      {drift.attributes.map((attribute) => (
        <AttributeRow key={attribute.path} attribute={attribute} managers={drift.managers} />
      ))}
      <MembersRow side="sent" members={drift.membersSent} inAll={drift.membersSentInAll} />
      <MembersRow side="here" members={drift.membersHere} inAll={drift.membersHereInAll} />
    </div>
    // biome-ignore-end lint/a11y/useFocusableInteractive: as above
    // biome-ignore-end lint/a11y/useSemanticElements: as above
  );
}

function AttributeRow({ attribute, managers }: { attribute: DriftedAttribute; managers: MemberRef[] }) {
  const styles = useStyles();
  const { path, sent, here } = attribute;
  const look = (value: DriftedAttribute['here'], set: string) =>
    value === undefined || value === null ? styles.none : set;
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: as above
    // biome-ignore-start lint/a11y/useFocusableInteractive: as above
    <div role="row" className={styles.row}>
      <Where path={path} />
      <span role="cell" className={styles.cell}>
        <span className={look(sent, styles.sent)}>
          <AttributeValue path={path} value={sent} managers={managers} none="not set" />
        </span>
      </span>
      <span role="cell" className={styles.cell}>
        <span className={look(here, styles.here)}>
          <AttributeValue path={path} value={here} managers={managers} none="removed" />
        </span>
      </span>
      <span role="cell" className={styles.cell}>
        {attribute.callCode !== null && <Code code={attribute.callCode} />}
      </span>
    </div>
    // biome-ignore-end lint/a11y/useFocusableInteractive: as above
    // biome-ignore-end lint/a11y/useSemanticElements: as above
  );
}

/** Members that only one side has. */
function MembersRow({ side, members, inAll }: { side: 'sent' | 'here'; members: MemberRef[]; inAll: number }) {
  const styles = useStyles();
  if (inAll === 0) return null;
  const names = <Names members={members} more={inAll - members.length} />;
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: as above
    // biome-ignore-start lint/a11y/useFocusableInteractive: as above
    <div role="row" className={styles.row}>
      <Where path="members" />
      <span role="cell" className={styles.cell}>
        {side === 'sent' ? (
          <span className={styles.sent}>{names}</span>
        ) : (
          <span className={styles.none}>no member</span>
        )}
      </span>
      <span role="cell" className={styles.cell}>
        {side === 'here' ? (
          <span className={styles.here}>{names}</span>
        ) : (
          <span className={styles.none}>taken out</span>
        )}
      </span>
      <span role="cell" />
    </div>
    // biome-ignore-end lint/a11y/useFocusableInteractive: as above
    // biome-ignore-end lint/a11y/useSemanticElements: as above
  );
}

function Where({ path }: { path: string }) {
  const styles = useStyles();
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: as above
    // biome-ignore-start lint/a11y/useFocusableInteractive: as above
    <span role="rowheader" className={styles.cell}>
      <Truncated text={path} className={styles.path}>
        {briefPath(path)}
      </Truncated>
    </span>
    // biome-ignore-end lint/a11y/useFocusableInteractive: as above
    // biome-ignore-end lint/a11y/useSemanticElements: as above
  );
}

function Code({ code }: { code: string }) {
  return (
    <FluentLink className={useStyles().code} href={`#/feed/${code}`} aria-label={`Call ${code}`}>
      {code}
    </FluentLink>
  );
}
