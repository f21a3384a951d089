import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReplayRequest, ReplayResult } from '../../../src-main/contract/index.ts';
import { formatMs } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { answerText, answerTextOf, requestText } from '../compare/texts.ts';
import { TwoSides } from '../compare/two-sides.tsx';
import { ChangeTable } from '../feed/detail/change-table.tsx';
import { sinceThen, verdictOf } from './verdict.ts';

const useStyles = makeStyles({
  place: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0, flexGrow: 1 },
  top: { padding: '12px 20px', maxHeight: '42%', overflowY: 'auto', flexShrink: 0 },
  verdict: { display: 'flex', alignItems: 'center', gap: '8px', margin: 0, fontWeight: 600 },
  note: { margin: '6px 0 0', fontSize: '12px', lineHeight: '18px', color: tokens.colorNeutralForeground2 },
  label: {
    margin: '10px 0 2px',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
  },
  list: { margin: 0, padding: '0 0 0 16px', fontSize: '12px', lineHeight: '18px' },
  live: { color: tokens.colorNeutralForeground2 },
});

/** Then and now: whether the answer is another, why it may be, and both side by side. */
export function Result({ result, asCaptured }: { result: ReplayResult; asCaptured: ReplayRequest }) {
  const styles = useStyles();
  const now = useNow(60_000);
  const { answer, original, difference, place } = result;
  const { same, words } = verdictOf(result);
  const since = same ? [] : sinceThen(result, now);
  const where = place === 'copy' ? 'on a copy' : `live, call ${answer.code ?? ''}`;
  return (
    <div className={styles.place}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys, with little inside to reach */}
      <section className={styles.top} aria-label="What came of it" tabIndex={0}>
        <p className={styles.verdict} role="status">
          <Mark kind={same ? 'ok' : 'odd'} size={16} label="" />
          {words}
        </p>
        {answer.detail !== null && <p className={styles.note}>{answer.detail}</p>}
        <p className={mergeClasses(styles.note, styles.live)}>
          {place === 'copy' ? (
            'Tried on a copy of the directory as it is now: nothing of it was stored.'
          ) : (
            <>
              Done on the live directory, recorded as practice:{' '}
              <Link href={`#/feed/${answer.code}`} inline>
                call {answer.code}
              </Link>
              .
            </>
          )}{' '}
          {formatMs(answer.durationMs)} ms.
        </p>
        {difference.status === null && difference.attributes.length > 0 && (
          <>
            <h2 className={styles.label}>What differs, then and now</h2>
            <ChangeTable
              changes={[
                {
                  resourceType: original.resourceType ?? 'User',
                  id: 'difference',
                  name: '',
                  kind: 'updated',
                  attributes: difference.attributes,
                  membersAdded: [],
                  membersRemoved: [],
                },
              ]}
            />
          </>
        )}
        {since.length > 0 && (
          <>
            <h2 className={styles.label}>What is not as it was then</h2>
            <ul className={styles.list}>
              {since.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </>
        )}
      </section>
      <TwoSides
        first="answer"
        before={{
          name: `Original, call ${original.code}`,
          request: requestText(asCaptured),
          answer: answerTextOf(original),
          answerGone: original.answerGone,
          changes: original.changes,
          changesGone: original.changesGone,
        }}
        after={{
          name: `Replayed, ${where}`,
          request: requestText(result.request),
          answer: answerText(answer),
          answerGone: false,
          changes: answer.changes,
          changesGone: false,
        }}
      />
    </div>
  );
}
