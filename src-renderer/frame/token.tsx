import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Eye16Regular, EyeOff16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { client } from '../api.ts';
import { Bubble } from '../ui/bubble.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Hint } from '../ui/hint.tsx';

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', minWidth: 0 },
  word: { marginRight: '5px' },
  masked: {
    fontFamily: tokens.fontFamilyMonospace,
    color: tokens.colorNeutralForeground1,
    marginRight: '4px',
    letterSpacing: 0,
  },
  button: { minWidth: '24px', maxWidth: '24px', height: '24px', padding: 0, color: tokens.colorNeutralForeground2 },
  label: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, marginBottom: '4px' },
  clear: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground1,
    overflowWrap: 'anywhere',
    userSelect: 'all',
  },
});

/** Asks for the token in clear. It is fetched at each press and kept nowhere. */
export const revealToken = async (): Promise<string | null> => (await client.token.reveal.mutate()).token;

export const CANNOT_OPEN =
  'This host cannot open the token: another one sealed it (desktop or headless). It still works in Azure.';

type Shown = { state: 'hidden' } | { state: 'clear'; token: string } | { state: 'problem'; words: string };

/** Dots and the last four characters. */
export const maskToken = (ending: string): string => `••••${ending}`;

/** The Secret Token, masked, with a button to see it and one to copy it. */
export function TokenFact({ ending, fixed, compact }: { ending: string; fixed: boolean; compact: boolean }) {
  const styles = useStyles();
  const [shown, setShown] = useState<Shown>({ state: 'hidden' });
  const open = shown.state !== 'hidden';

  const show = async () => {
    try {
      const token = await revealToken();
      setShown(token === null ? { state: 'problem', words: CANNOT_OPEN } : { state: 'clear', token });
    } catch {
      setShown({ state: 'problem', words: 'The pilot did not answer. Try again in a moment.' });
    }
  };

  return (
    <div className={styles.row}>
      {!compact && <span className={styles.word}>token</span>}
      <span className={styles.masked}>{maskToken(ending)}</span>
      <Bubble
        open={open}
        onClose={() => setShown({ state: 'hidden' })}
        centred
        trigger={(tie) => (
          <Hint content="Show Secret Token" off={open} positioning="below">
            <Button
              {...tie}
              appearance="subtle"
              size="small"
              aria-label="Show Secret Token"
              className={styles.button}
              icon={open ? <EyeOff16Regular /> : <Eye16Regular />}
              onClick={() => (open ? setShown({ state: 'hidden' }) : void show())}
            />
          </Hint>
        )}
      >
        <div className={styles.label}>{fixed ? 'Secret Token, fixed for this run' : 'Secret Token'}</div>
        {shown.state === 'clear' && <div className={styles.clear}>{shown.token}</div>}
        {shown.state === 'problem' && <div>{shown.words}</div>}
      </Bubble>
      <CopyButton
        label="Copy Secret Token"
        what="Secret Token"
        value={revealToken}
        onFail={() => setShown({ state: 'problem', words: CANNOT_OPEN })}
      />
    </div>
  );
}
