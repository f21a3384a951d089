import { Button, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useId, useState } from 'react';
import type { TokenStatus } from '../../../src-main/contract/index.ts';
import { client } from '../../api.ts';
import { revealToken } from '../../frame/reveal-token.ts';
import { useMask } from '../../frame/token.tsx';
import { type TokenAct, TokenDialog } from '../../frame/token-dialog.tsx';
import { expiryWords, restWords, tokenMatters, usedWords } from '../../frame/token-words.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatMoment } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useAct } from '../../use-act.ts';
import { PaneHead, Part, SettingRow } from './parts.tsx';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', gap: '8px', minHeight: '32px' },
  acts: { display: 'flex', gap: '8px' },
  choice: { width: '200px' },
  matters: { display: 'grid', rowGap: '12px', margin: 0, padding: 0, listStyleType: 'none' },
  matter: { display: 'grid', gridTemplateColumns: '14px minmax(0, 1fr)', columnGap: '8px', overflowWrap: 'anywhere' },
  mark: { marginTop: '3px' },
  title: { display: 'block', fontWeight: 600 },
  note: { display: 'block', color: tokens.colorNeutralForeground2 },
});

const DAYS = [30, 90, 180, 365];

/** The Secret Token: what Azure uses, how long it is valid, and how it is replaced. */
export function TokenPane({ token }: { token: TokenStatus }) {
  const styles = useStyles();
  const maskToken = useMask();
  const id = useId();
  const now = useNow(30_000);
  const [act, setAct] = useState<TokenAct | null>(null);
  const [days, setDays] = useState<number | null>(token.validDays);
  const expire = useAct(
    () => client.token.setExpiry.mutate({ days }),
    () => (days === null ? 'The Secret Token does not expire' : `The Secret Token expires in ${days} days`),
  );
  const matters = tokenMatters(token, now);
  const rest = restWords(token);
  const choices = [...new Set([...DAYS, ...(token.validDays === null ? [] : [token.validDays])])].sort((a, b) => a - b);
  return (
    <>
      <PaneHead title="Secret Token">
        What Azure proves itself with: ServiceOps calls it Bearer Token. It belongs to this pilot alone.
      </PaneHead>
      {matters.length > 0 && (
        <Part>
          <ul className={styles.matters} aria-label="Needs attention">
            {matters.map(({ bad, title, note }) => (
              <li key={title} className={styles.matter}>
                <Mark kind={bad ? 'failed' : 'odd'} className={styles.mark} />
                <span>
                  <span className={styles.title}>{title}</span>
                  <span className={styles.note}>{note}</span>
                </span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part name="The token">
        <SettingRow label="Secret Token" note={usedWords(token, now)}>
          <span className={styles.line}>
            {maskToken(token.ending)}
            <CopyButton label="Copy the Secret Token" what="Secret Token" value={revealToken} />
          </span>
        </SettingRow>
        {token.overlap.map(({ ending, until }) => (
          <SettingRow
            key={ending}
            label="The one before"
            note={`Accepted until ${formatMoment(until, now)} at the latest.`}
          >
            <span className={styles.line}>{maskToken(ending)}</span>
          </SettingRow>
        ))}
        <SettingRow label="At rest" note={rest.note}>
          {rest.what}
        </SettingRow>
        <SettingRow
          last
          label="Replace it"
          note={
            token.fixedForRun
              ? 'SCIM_PILOT_TOKEN sets the token of this run: change it there.'
              : 'Rotate: the old one is accepted for an hour more, or until Azure works with the new one (a connection test is not enough). Revoke: the old one is refused at once.'
          }
        >
          <span className={styles.acts}>
            <Button disabled={token.fixedForRun} onClick={() => setAct('rotate')}>
              Rotate…
            </Button>
            <Button disabled={token.fixedForRun} onClick={() => setAct('revoke')}>
              Revoke…
            </Button>
          </span>
        </SettingRow>
      </Part>
      <Part name="Expiry">
        <SettingRow
          last
          label="Valid for"
          htmlFor={id}
          note={
            expiryWords(token, now) ??
            'It does not expire. An expired token is refused: Azure then fails until it is rotated and pasted there. You are warned 14 days ahead.'
          }
        >
          <span className={styles.acts}>
            <Select
              id={id}
              className={styles.choice}
              disabled={token.fixedForRun}
              value={days === null ? 'ever' : String(days)}
              onChange={(_, data) => setDays(data.value === 'ever' ? null : Number(data.value))}
            >
              <option value="ever">as long as it is used</option>
              {choices.map((one) => (
                <option key={one} value={one}>
                  {one} days from now
                </option>
              ))}
            </Select>
            <Button
              disabledFocusable={token.fixedForRun || expire.running || (days === null && token.expiresAt === null)}
              onClick={expire.run}
            >
              Set
            </Button>
          </span>
          <Problem words={expire.problem} />
        </SettingRow>
      </Part>
      {act !== null && <TokenDialog act={act} onClose={() => setAct(null)} />}
    </>
  );
}
