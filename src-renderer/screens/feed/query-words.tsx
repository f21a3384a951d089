import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ParsedQuery, QueryNode, QueryProblem } from '../../../src-main/contract/query/index.ts';
import { Mark } from '../../ui/mark.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';

const useStyles = makeStyles({
  words: {
    padding: '10px 12px',
    fontSize: '13px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  problem: { color: tokens.colorStatusDangerForeground1 },
  mark: { display: 'inline-block', marginRight: '6px', verticalAlign: '-2px' },
  text: {
    display: 'block',
    marginBottom: '4px',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    whiteSpace: 'pre-wrap',
    color: tokens.colorNeutralForeground3,
  },
  place: {
    color: tokens.colorStatusDangerForeground1,
    backgroundColor: 'transparent',
    textDecorationLine: 'underline',
    textDecorationStyle: 'wavy',
    textUnderlineOffset: '3px',
  },
});

/** What is wrong with a query that can't be read, and where; whoever stopped at its end has left something out. */
export function unreadWords({ from, to, message }: QueryProblem, text: string): string {
  return to >= text.length ? message : `${message} (Character ${from + 1}.)`;
}

/** Whoever goes on typing at the end has made no mistake yet: after such a rest it is one. */
const REST_MS = 600;

/** Texts from this length on are found by the index. */
const INDEXED = 3;

/** Whether a text is looked for call by call, which takes its time where there are many. */
function looksThrough(parts: readonly QueryNode[]): boolean {
  return parts.some((part) => {
    if (part.type !== 'term') return part.type !== 'off' && looksThrough(part.parts);
    const text = part.term.narrow?.text;
    return text !== undefined && text.length < INDEXED;
  });
}

/** What the query means; or, where it can't be read, what is wrong at which place. */
export function QueryWords({ id, text, read, words }: { id: string; text: string; read: ParsedQuery; words: string }) {
  const styles = useStyles();
  const rested = useDebounced(text, REST_MS) === text;
  if (read.ok) {
    return (
      <div id={id} className={styles.words} aria-live="polite">
        {text.trim() === '' ? 'Every call is shown. Type a name or a text, or choose a condition.' : `${words}.`}
        {looksThrough(read.query.parts) &&
          ' A text of one or two letters is looked for call by call: with very many calls that takes a few seconds.'}
      </div>
    );
  }
  const { from, to, unfinished } = read.problem;
  const atEnd = to >= text.length;
  const wrong = !unfinished && (rested || !atEnd);
  return (
    <div
      id={id}
      className={mergeClasses(styles.words, wrong && styles.problem)}
      role={wrong ? 'alert' : undefined}
      aria-live="polite"
    >
      {!atEnd && (
        <span className={styles.text} aria-hidden>
          {text.slice(0, from)}
          <mark className={styles.place}>{text.slice(from, to)}</mark>
          {text.slice(to)}
        </span>
      )}
      {wrong && <Mark kind="failed" size={12} label="" className={styles.mark} />}
      {unreadWords(read.problem, text)} The list stays as it was.
    </div>
  );
}
