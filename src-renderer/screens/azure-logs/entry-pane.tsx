import { Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { certaintyNames, skipWords, statusNames } from '../../../src-main/contract/catalogue/azure-log-words.ts';
import { explanationOfAzureCode, plain, sideNames } from '../../../src-main/contract/catalogue/explanations/index.ts';
import type { AzureMatch, AzureProperty, AzureRowDetail } from '../../../src-main/contract/index.ts';
import { api, isNotFound } from '../../api.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatClock, formatMoment, formatMs } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { OutsideLink } from '../../ui/outside-link.tsx';
import { Pane, PaneHead, PaneSection, PaneWaiting } from '../../ui/pane.tsx';
import { Truncated } from '../../ui/truncated.tsx';
import { formatSpan, MARKS, noteOf, verbOf } from './words.ts';

const useStyles = makeStyles({
  meta: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '2px 14px',
    marginTop: '4px',
    fontSize: '12px',
    lineHeight: '20px',
    color: tokens.colorNeutralForeground3,
  },
  change: { display: 'flex', alignItems: 'center', gap: '4px', minWidth: 0 },
  mono: { fontFamily: tokens.fontFamilyMonospace },
  label: {
    margin: '0 0 4px',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
  },
  words: { margin: '0 0 6px', overflowWrap: 'anywhere' },
  strong: { fontWeight: 600 },
  small: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  quoted: {
    margin: 0,
    padding: '8px 10px',
    maxHeight: '220px',
    overflowY: 'auto',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    backgroundColor: tokens.colorNeutralBackground2,
    borderRadius: '4px',
  },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: '8px' },
  step: { display: 'grid', gridTemplateColumns: '14px minmax(0, 1fr)', gap: '2px 8px', alignItems: 'center' },
  under: { gridColumn: '2', overflowWrap: 'anywhere' },
  match: { padding: '6px 0', borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  matchHead: { display: 'flex', alignItems: 'center', gap: '8px', minWidth: 0 },
  code: { fontFamily: tokens.fontFamilyMonospace, fontWeight: 600, color: tokens.colorBrandForeground1 },
  reasons: {
    margin: '4px 0 0',
    paddingLeft: '22px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground2,
  },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: '12px', lineHeight: '16px', tableLayout: 'fixed' },
  cell: {
    padding: '4px 8px 4px 0',
    textAlign: 'left',
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
    fontWeight: 400,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  grey: { color: tokens.colorNeutralForeground3 },
});

interface EntryPaneProps {
  id: number;
  row: number;
  now: number;
  onClose(): void;
  /** Shows all entries about this person or group. */
  onPerson(key: string, name: string | null): void;
}

/** One entry of Azure's log: what it means, Azure's steps, what was changed, and the calls it was matched to. */
export function EntryPane({ id, row, now, onClose, onPerson }: EntryPaneProps) {
  const query = useQuery({
    ...api.azureLogs.row.queryOptions({ id, row }),
    placeholderData: keepPreviousData,
  });
  const gone = isNotFound(query.error)
    ? 'This entry is not stored here.'
    : 'The pilot did not answer. Nothing is lost.';
  return (
    <Pane label="Log entry" scrolls="byKeys">
      {query.data !== undefined ? (
        <Whole detail={query.data} onClose={onClose} now={now} onPerson={onPerson} />
      ) : (
        <PaneWaiting words={query.isError ? gone : null} onClose={onClose} />
      )}
    </Pane>
  );
}

interface WholeProps {
  detail: AzureRowDetail;
  onClose(): void;
  now: number;
  onPerson: EntryPaneProps['onPerson'];
}

function Whole({ detail, onClose, now, onPerson }: WholeProps) {
  const styles = useStyles();
  const { entry, at, status, name, person } = detail;
  const { error, steps, properties, other } = entry;
  return (
    <>
      <PaneHead
        mark={<Mark kind={MARKS[status]} size={16} label={statusNames[status]} />}
        title={`${verbOf(detail)} ${name ?? 'somebody'}`}
        onClose={onClose}
      >
        <div className={styles.meta}>
          <span>{at === null ? 'no time' : formatMoment(at, now)}</span>
          <span>{statusNames[status]}</span>
          {entry.durationMs !== null && <span>took {formatSpan(entry.durationMs)}</span>}
          {person !== null && (
            <FluentLink as="button" className={styles.small} onClick={() => onPerson(person, name)}>
              all about {detail.type === 'Group' ? 'this group' : 'them'}
            </FluentLink>
          )}
        </div>
        {entry.changeId !== null && (
          <div className={styles.meta}>
            <span className={styles.change}>
              change <Truncated text={entry.changeId} className={styles.mono} />
              <CopyButton label="Copy change id" what="Change id" value={entry.changeId} />
            </span>
          </div>
        )}
      </PaneHead>
      <Meaning detail={detail} />
      <PaneSection name="Calls here">
        {detail.matches.length === 0 ? (
          <p className={styles.words}>{detail.missingWords ?? goneWords(detail)}</p>
        ) : (
          <ul className={styles.list}>
            {detail.matches.map((match, index) => (
              <Match key={match.code} match={match} main={index === 0} />
            ))}
          </ul>
        )}
      </PaneSection>
      {(error?.reason != null || error?.details != null) && (
        <PaneSection name="What Azure says">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys */}
          <pre className={styles.quoted} tabIndex={0}>
            {[error.code, error.reason, error.details, error.recommended].filter((text) => text !== null).join('\n\n')}
          </pre>
        </PaneSection>
      )}
      {properties.length > 0 && <Properties properties={properties} />}
      {steps.length > 0 && (
        <PaneSection name="Azure’s steps">
          <ol className={styles.list}>
            {steps.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: steps never move, and may be alike
              <li key={index} className={styles.step}>
                <Mark kind={MARKS[step.status]} size={12} label={statusNames[step.status]} />
                <span>
                  <span className={styles.strong}>{step.name ?? step.type ?? 'Step'}</span>{' '}
                  {step.type !== null && <span className={styles.small}>{step.type}</span>}
                </span>
                {step.description !== null && <span className={styles.under}>{step.description}</span>}
                {step.details.map(([key, value]) => (
                  <span key={key} className={mergeClasses(styles.under, styles.small)}>
                    {key}: {value}
                  </span>
                ))}
              </li>
            ))}
          </ol>
        </PaneSection>
      )}
      <PaneSection name="Who and where">
        <Facts
          facts={[
            ['In Entra', [entry.source.name, entry.source.userName, entry.source.id]],
            ['In the application', [entry.target.name, entry.target.id]],
            ['Application', [entry.application.name]],
            ['From, to', [entry.sourceSystem, entry.targetSystem]],
            ['Job', [entry.jobId]],
            ['Cycle', [entry.cycleId]],
            ...other.map(([column, value]): [string, string[]] => [column, [value]]),
          ]}
        />
      </PaneSection>
    </>
  );
}

/** What the code or the reason means, and what to do. */
function Meaning({ detail }: { detail: AzureRowDetail }) {
  const styles = useStyles();
  const { skip, code, status, reason } = detail;
  if (skip !== null) {
    return (
      <PaneSection name="What it means">
        <p className={mergeClasses(styles.words, styles.strong)}>{skipWords[skip].name}</p>
        <p className={styles.words}>{skipWords[skip].what}</p>
        <p className={styles.words}>{skipWords[skip].cure}</p>
      </PaneSection>
    );
  }
  const explanation = code === null || status === 'success' ? null : explanationOfAzureCode(code);
  if (explanation === null) {
    const note = noteOf(detail);
    if (note === null) return null;
    return (
      <PaneSection name="What it means">
        <p className={styles.words}>
          {code === null ? note : `SCIM Pilot does not know the code ${code}.`}
          {code !== null && reason !== null && ' What Azure says stands below.'}
        </p>
      </PaneSection>
    );
  }
  return (
    <PaneSection name="What it means">
      <p className={mergeClasses(styles.words, styles.strong)}>{plain(explanation.title)}</p>
      <p className={styles.words}>{plain(explanation.what)}</p>
      <p className={styles.words}>{plain(explanation.why)}</p>
      <h3 className={styles.label}>What to do</h3>
      {explanation.cure.map(({ side, text, expression }) => (
        <p key={plain(text)} className={styles.words}>
          <span className={styles.strong}>{sideNames[side]}:</span> {plain(text)}
          {expression !== null && <code className={styles.mono}> {expression}</code>}
        </p>
      ))}
      <p className={styles.small}>
        {code} · <OutsideLink href={explanation.source.url}>{explanation.source.name}</OutsideLink>
      </p>
    </PaneSection>
  );
}

function Match({ match, main }: { match: AzureMatch; main: boolean }) {
  const styles = useStyles();
  const { code, certainty, score, reasons, sentence, method, status, at, durationMs } = match;
  const words = [sentence.verb, sentence.object].filter((word) => word !== null).join(' ');
  return (
    <li className={styles.match}>
      <div className={styles.matchHead}>
        <Mark kind={match.practice ? 'practice' : match.outcome} size={12} />
        <Truncated text={words} className={mergeClasses(main && styles.strong)} />
        <Link to={`/feed/${code}`} className={styles.code} aria-label={`Open call ${code} in the live feed`}>
          {code}
        </Link>
      </div>
      <div className={styles.small}>
        {method} · {status} · {formatClock(at)} · {formatMs(durationMs)} ms ·{' '}
        {main ? certaintyNames[certainty] : 'with it'}, {score} of 100
      </div>
      <ul className={styles.reasons}>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </li>
  );
}

function goneWords({ match }: AzureRowDetail): string {
  return match === null
    ? 'It has not been matched yet.'
    : `It was matched to call ${match.call} (${certaintyNames[match.certainty]}), which is not kept any more.`;
}

function Properties({ properties }: { properties: AzureProperty[] }) {
  const styles = useStyles();
  return (
    <PaneSection name="Modified properties">
      <table className={styles.table}>
        <thead>
          <tr>
            {['Property', 'Old', 'New'].map((name) => (
              <th key={name} scope="col" className={mergeClasses(styles.cell, styles.grey)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {properties.map(({ name, from, to }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: properties never move, and one may be there twice
            <tr key={index}>
              <th scope="row" className={mergeClasses(styles.cell, styles.mono)}>
                {name}
              </th>
              <td className={mergeClasses(styles.cell, styles.grey)}>{from ?? '–'}</td>
              <td className={styles.cell}>{to ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </PaneSection>
  );
}

function Facts({ facts }: { facts: [name: string, values: (string | null)[]][] }) {
  const styles = useStyles();
  return (
    <table className={styles.table}>
      <tbody>
        {facts.map(([name, values]) => {
          const told = values.filter((value) => value !== null && value !== '');
          return told.length === 0 ? null : (
            <tr key={name}>
              <th scope="row" className={mergeClasses(styles.cell, styles.grey)}>
                {name}
              </th>
              <td className={styles.cell} colSpan={2}>
                {told.map((value) => (
                  <div key={value}>{value}</div>
                ))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
