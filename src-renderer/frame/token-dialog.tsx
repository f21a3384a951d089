import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { client } from '../api.ts';
import { useAnnounce } from '../ui/announcer.tsx';
import { DangerButton } from '../ui/danger-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { problemOf } from '../ui/problem-of.ts';
import { useCopy } from '../ui/use-copy.ts';
import { revealToken } from './reveal-token.ts';
import { PASTE } from './token-words.ts';

const useStyles = makeStyles({
  paragraph: { margin: '0 0 10px', color: tokens.colorNeutralForeground2 },
});

export type TokenAct = 'rotate' | 'revoke';

const words = {
  rotate: {
    title: 'Rotate the Secret Token?',
    what: 'A new Secret Token is made. The present one is accepted for one more hour, or until Azure works with the new one; then it is refused. A connection test does not end it.',
    todo: `Have the portal at hand. ${PASTE}`,
    button: 'Rotate the Secret Token',
    done: 'The new Secret Token is ready. Until it is pasted in Azure, Azure goes on with the old one, for an hour at most.',
  },
  revoke: {
    title: 'Revoke the Secret Token?',
    what: 'The present Secret Token and those before it are refused at once, and a new one is made. Azure’s calls fail with 401 until it has the new one; a job that goes on failing is put in quarantine.',
    todo: `Meant for a token that somebody else may know; else rotate it. ${PASTE}`,
    button: 'Revoke the Secret Token',
    done: 'The old Secret Token is refused. Azure’s calls fail until the new one is pasted there.',
  },
};

/** Asks before the token changes, says what is to be done in Azure, and hands out the new one. */
export function TokenDialog({ act, onClose }: { act: TokenAct; onClose(): void }) {
  const styles = useStyles();
  const announce = useAnnounce();
  const { title, what, todo, button, done } = words[act];
  const change = useMutation({
    mutationFn: () => client.token[act].mutate(),
    onSuccess: () => announce(act === 'rotate' ? 'Secret Token rotated' : 'Secret Token revoked'),
  });
  const { copied, copy } = useCopy('Secret Token', revealToken);
  if (change.isSuccess) {
    return (
      <Dialog
        title="Paste the new Secret Token in Azure"
        onClose={onClose}
        foot={
          <>
            <Button onClick={onClose}>Close</Button>
            <Button appearance="primary" onClick={() => void copy()}>
              {copied ? 'Copied' : 'Copy the new Secret Token'}
            </Button>
          </>
        }
      >
        <p className={styles.paragraph}>{done}</p>
        <p className={styles.paragraph}>{PASTE}</p>
      </Dialog>
    );
  }
  const press = { disabledFocusable: change.isPending, onClick: () => change.mutate() };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      problem={change.error === null ? null : problemOf(change.error)}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {act === 'revoke' ? (
            <DangerButton {...press}>{button}</DangerButton>
          ) : (
            <Button appearance="primary" {...press}>
              {button}
            </Button>
          )}
        </>
      }
    >
      <p className={styles.paragraph}>{what}</p>
      <p className={styles.paragraph}>{todo}</p>
    </Dialog>
  );
}
