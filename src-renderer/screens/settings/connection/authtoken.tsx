import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import type { TunnelSettings } from '../../../../src-main/contract/index.ts';
import { api, client, queryClient } from '../../../api.ts';
import { useAnnounce } from '../../../ui/announcer.tsx';
import { DangerButton } from '../../../ui/danger-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Mark } from '../../../ui/mark.tsx';
import { OutsideLink } from '../../../ui/outside-link.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { problemOf } from '../../../ui/problem-of.ts';
import { TunnelProblem } from '../../../ui/tunnel-problem.tsx';
import { SettingRow } from '../parts.tsx';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', gap: '8px', minHeight: '32px' },
  kept: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', lineHeight: '18px', marginRight: '4px' },
  input: { flexGrow: 1, minWidth: 0 },
  answer: { scrollMarginBottom: '120px' },
  good: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    margin: '8px 0 0',
    color: tokens.colorStatusSuccessForeground1,
  },
  paragraph: { margin: '0 0 10px', color: tokens.colorNeutralForeground2 },
});

interface AuthtokenProps {
  kept: TunnelSettings['ngrok']['authtoken'];
  /** Null: the stored one stays. */
  pasted: string | null;
  onPaste(pasted: string | null): void;
}

/** The ngrok account's authtoken: pasted, checked with ngrok, replaced, forgotten. It is never shown again. */
export function Authtoken({ kept, pasted, onPaste }: AuthtokenProps) {
  const styles = useStyles();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [forgetting, setForgetting] = useState(false);
  const check = useMutation({ mutationFn: () => client.tunnel.checkAuthtoken.mutate({ authtoken: pasted ?? '' }) });
  const answer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // In a low window it would come out of sight, behind the buttons that save.
    if (check.data !== undefined) answer.current?.scrollIntoView({ block: 'nearest' });
  }, [check.data]);
  const entering = kept === null || !kept.readable || pasted !== null;
  if (kept?.from === 'environment') {
    return (
      <SettingRow label="Authtoken" note="From NGROK_AUTHTOKEN, for this run. It is not stored.">
        <span className={styles.line}>
          <span className={styles.kept}>••••{kept.ending}</span>
        </span>
      </SettingRow>
    );
  }
  if (!entering) {
    return (
      <SettingRow label="Authtoken" note="Stored sealed on this machine, and given to ngrok only.">
        <div className={styles.line}>
          <span className={styles.kept}>••••{kept.ending}</span>
          <Button
            size="small"
            onClick={() => {
              onPaste('');
              requestAnimationFrame(() => input.current?.focus());
            }}
          >
            Replace…
          </Button>
          <Button size="small" onClick={() => setForgetting(true)}>
            Forget…
          </Button>
        </div>
        {forgetting && <Forget ending={kept.ending} onClose={() => setForgetting(false)} />}
      </SettingRow>
    );
  }
  return (
    <SettingRow
      label="Authtoken"
      htmlFor={id}
      note={
        <>
          {kept !== null && !kept.readable
            ? 'The stored one was sealed by the other way of running SCIM Pilot and cannot be opened here: paste it again. '
            : ''}
          Copy it from the ngrok dashboard; the whole command that ngrok shows does as well.{' '}
          <OutsideLink href="https://dashboard.ngrok.com/get-started/your-authtoken">Your authtoken</OutsideLink>
        </>
      }
    >
      <div className={styles.line}>
        <Input
          id={id}
          ref={input}
          type="password"
          className={styles.input}
          value={pasted ?? ''}
          placeholder="paste it here"
          autoComplete="off"
          spellCheck={false}
          onChange={(_, { value }) => {
            check.reset();
            onPaste(value);
          }}
        />
        <Button disabledFocusable={(pasted ?? '').trim() === '' || check.isPending} onClick={() => check.mutate()}>
          {check.isPending ? 'Checking…' : 'Check'}
        </Button>
        {kept?.readable === true && (
          <Button
            appearance="subtle"
            onClick={() => {
              onPaste(null);
              check.reset();
            }}
          >
            Keep the old one
          </Button>
        )}
      </div>
      <div role="status" ref={answer} className={styles.answer}>
        {check.data?.problem === null && (
          <p className={styles.good}>
            <Mark kind="ok" label="" />
            ngrok takes this authtoken.
          </p>
        )}
        {check.data !== undefined && check.data.problem !== null && <TunnelProblem problem={check.data.problem} />}
      </div>
      {check.error !== null && <Problem words={problemOf(check.error)} />}
    </SettingRow>
  );
}

function Forget({ ending, onClose }: { ending: string; onClose(): void }) {
  const styles = useStyles();
  const announce = useAnnounce();
  const forget = useMutation({
    mutationFn: () => client.tunnel.forgetAuthtoken.mutate(),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: api.tunnel.settings.queryKey() });
      announce('The authtoken is forgotten');
      onClose();
    },
  });
  return (
    <Dialog
      title={`Forget the authtoken that ends …${ending}?`}
      onClose={onClose}
      problem={forget.error === null ? null : problemOf(forget.error)}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <DangerButton disabledFocusable={forget.isPending} onClick={() => forget.mutate()}>
            Forget the authtoken
          </DangerButton>
        </>
      }
    >
      <p className={styles.paragraph}>
        It is removed from this machine, and an ngrok tunnel that runs is stopped: Azure cannot reach this pilot then.
        The ngrok account keeps it; to end it for good, reset it in the ngrok dashboard.
      </p>
    </Dialog>
  );
}
