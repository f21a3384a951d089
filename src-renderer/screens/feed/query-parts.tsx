import { Button, makeStyles, mergeClasses, ToggleButton, tokens } from '@fluentui/react-components';
import { Dismiss12Regular } from '@fluentui/react-icons';
import { describePart, partsOf, switchPart, withoutPart } from '../../../src-main/contract/query/index.ts';

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '6px', minWidth: 0 },
  part: {
    display: 'flex',
    alignItems: 'center',
    minWidth: 0,
    height: '24px',
    borderRadius: '4px',
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground2,
  },
  off: { color: tokens.colorNeutralForeground3 },
  words: {
    display: 'block',
    minWidth: 0,
    maxWidth: '380px',
    height: '24px',
    padding: '0 4px 0 8px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: 'inherit',
    backgroundColor: 'transparent',
    border: 0,
  },
  struck: { textDecorationLine: 'line-through' },
  remove: { minWidth: '22px', width: '22px', height: '24px', padding: 0, color: 'inherit' },
});

interface QueryPartsProps {
  query: string;
  onQuery(query: string): void;
  /** Parts that have a chip of their own. */
  chips: readonly string[];
}

/** The conditions of a query in words: each can be switched off for a moment, or taken away. */
export function QueryParts({ query, onQuery, chips }: QueryPartsProps) {
  const styles = useStyles();
  const parts = partsOf(query).filter(({ text }) => !chips.includes(text.toLowerCase()));
  if (parts.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as a line everywhere
    <div className={styles.line} role="group" aria-label="Conditions">
      {parts.map(({ part, text, on }) => {
        const words = describePart(part);
        return (
          <span key={part.from} className={mergeClasses(styles.part, !on && styles.off)}>
            <ToggleButton
              appearance="transparent"
              size="small"
              className={mergeClasses(styles.words, !on && styles.struck)}
              checked={on}
              title={on ? `${text}: switch off for a moment` : `${text}: switch on again`}
              onClick={() => onQuery(switchPart(query, part))}
            >
              {words}
            </ToggleButton>
            <Button
              appearance="transparent"
              size="small"
              className={styles.remove}
              icon={<Dismiss12Regular />}
              aria-label={`Remove: ${words}`}
              onClick={() => onQuery(withoutPart(query, part))}
            />
          </span>
        );
      })}
    </div>
  );
}
