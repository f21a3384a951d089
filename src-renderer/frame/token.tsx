import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Eye16Regular, EyeOff16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { TokenStatus } from '../../src-main/contract/index.ts';
import { useAppearance } from '../appearance.ts';
import { Bubble } from '../ui/bubble.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Hint } from '../ui/hint.tsx';
import { revealToken } from './reveal-token.ts';
import { type TokenAct, TokenDialog } from './token-dialog.tsx';
import { expiryWords, usedWords } from './token-words.ts';

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
  use: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground2, marginTop: '8px' },
  acts: { display: 'flex', gap: '8px', marginTop: '8px' },
  clear: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground1,
    overflowWrap: 'anywhere',
    userSelect: 'all',
  },
});

export const CANNOT_OPEN =
  'This host cannot open the token: another one sealed it (desktop or headless). It still works in Azure; rotate it to have one that can be shown.';

type Shown = { state: 'hidden' } | { state: 'clear'; token: string } | { state: 'problem'; words: string };

/** Dots and the last four characters; in presenter mode dots alone. */
export function useMask(): (ending: string) => string {
  const { presenter } = useAppearance();
  return (ending) => (presenter ? '••••••••' : `••••${ending}`);
}

export const HIDDEN_WHILE_PRESENTING = 'Presenter mode hides secrets. Copying still works.';

/** The Secret Token, masked, with a button to see it and one to copy it. */
export function TokenFact({ token, compact }: { token: TokenStatus; compact: boolean }) {
  const styles = useStyles();
  const maskToken = useMask();
  const { presenter } = useAppearance();
  const [shown, setShown] = useState<Shown>({ state: 'hidden' });
  const [act, setAct] = useState<TokenAct | null>(null);
  const open = shown.state !== 'hidden';
  const now = Date.now();
  const expiry = expiryWords(token, now);
  const ask = (wanted: TokenAct) => {
    setShown({ state: 'hidden' });
    setAct(wanted);
  };

  const show = async () => {
    if (presenter) {
      setShown({ state: 'problem', words: HIDDEN_WHILE_PRESENTING });
      return;
    }
    try {
      const clear = await revealToken();
      setShown(clear === null ? { state: 'problem', words: CANNOT_OPEN } : { state: 'clear', token: clear });
    } catch {
      setShown({ state: 'problem', words: 'The pilot did not answer. Try again in a moment.' });
    }
  };

  return (
    <div className={styles.row}>
      {!compact && <span className={styles.word}>token</span>}
      <span className={styles.masked}>{maskToken(token.ending)}</span>
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
        <div className={styles.label}>{token.fixedForRun ? 'Secret Token, fixed for this run' : 'Secret Token'}</div>
        {shown.state === 'clear' && !presenter && <div className={styles.clear}>{shown.token}</div>}
        {shown.state === 'problem' && <div>{shown.words}</div>}
        <div className={styles.use}>
          {usedWords(token, now)} {expiry}
        </div>
        {!token.fixedForRun && (
          <div className={styles.acts}>
            <Button size="small" onClick={() => ask('rotate')}>
              Rotate…
            </Button>
            <Button size="small" onClick={() => ask('revoke')}>
              Revoke…
            </Button>
          </div>
        )}
      </Bubble>
      <CopyButton
        label="Copy Secret Token"
        what="Secret Token"
        value={revealToken}
        onFail={() => setShown({ state: 'problem', words: CANNOT_OPEN })}
      />
      {act !== null && <TokenDialog act={act} onClose={() => setAct(null)} />}
    </div>
  );
}
