import { Button, Link as FluentLink, makeStyles, tokens } from '@fluentui/react-components';
import { Eye16Regular, EyeOff16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { TunnelStatus } from '../../../src-main/contract/index.ts';
import { useAppearance } from '../../appearance.ts';
import { revealToken } from '../../frame/reveal-token.ts';
import { CANNOT_OPEN, HIDDEN_WHILE_PRESENTING } from '../../frame/token.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Mark } from '../../ui/mark.tsx';
import { Problem } from '../../ui/problem.tsx';

const useStyles = makeStyles({
  side: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, margin: '2px 0 6px' },
  field: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    minHeight: '36px',
    padding: '0 5px 0 12px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderBottomColor: tokens.colorNeutralStrokeAccessible,
    borderRadius: '4px',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  value: {
    flexGrow: 1,
    minWidth: 0,
    padding: '6px 0',
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground1,
  },
  local: {
    display: 'flex',
    gap: '6px',
    marginTop: '6px',
    fontSize: '13px',
    lineHeight: '18px',
    '& > svg': { flexShrink: 0, marginTop: '2px' },
  },
  strict: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr)',
    columnGap: '6px',
    marginTop: '6px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  query: { fontFamily: tokens.fontFamilyMonospace },
  button: { minWidth: '24px', maxWidth: '24px', height: '24px', padding: 0, color: tokens.colorNeutralForeground2 },
});

/** What Azure is told by it to send as the standard has it. */
const STRICT = '?aadOptscim062020';

/** The Tenant URL that has Azure send PATCH bodies closer to the standard. */
export function StrictUrl({ url }: { url: string }) {
  const styles = useStyles();
  return (
    <div className={styles.strict}>
      <CopyButton
        label={`Copy the stricter address, with ${STRICT}`}
        what="The stricter address"
        value={url + STRICT}
      />
      <span>
        The plain one is what to paste. With <code className={styles.query}>{STRICT}</code> Azure’s PATCH bodies come
        closer to the standard, except on demand.
      </span>
    </div>
  );
}

/** Whether ngrok gives another address at the next start: no domain of the account's own, and none that it lends for good. */
function isPassing({ kind, publicOrigin }: TunnelStatus): boolean {
  return (
    kind === 'ngrok' && publicOrigin !== null && /^https:\/\/[\da-f-]{12,}\.ngrok\.(app|io|dev)$/.test(publicOrigin)
  );
}

/** The Tenant URL as Azure wants it. Whoever copies one that Azure can't use, or not for long, is told so. */
export function TenantUrlField({ url, tunnel }: { url: string; tunnel: TunnelStatus }) {
  const styles = useStyles();
  return (
    <>
      <div className={styles.side}>in ServiceOps: SCIM Endpoint URL</div>
      <div className={styles.field}>
        <code className={styles.value}>{url}</code>
        <CopyButton label="Copy the Tenant URL" what="Tenant URL" value={url} />
      </div>
      {isPassing(tunnel) && (
        <div className={styles.local}>
          <Mark kind="odd" size={14} label="" />
          <span>
            ngrok gives another address at the next start: reserve a domain there and choose it under{' '}
            <FluentLink inline href="#/settings/connection">
              Settings, Connection
            </FluentLink>{' '}
            before you paste this.
          </span>
        </div>
      )}
      {tunnel.publicOrigin === null && (
        <div className={styles.local}>
          <Mark kind="odd" size={14} label="" />
          <span>
            Of this machine only: Azure cannot reach it. First set up a public address under{' '}
            <FluentLink inline href="#/settings/connection">
              Settings, Connection
            </FluentLink>
            .
          </span>
        </div>
      )}
    </>
  );
}

/** The Secret Token, masked until it is asked for. */
export function SecretTokenField({ ending }: { ending: string }) {
  const styles = useStyles();
  const { presenter } = useAppearance();
  const [revealed, setClear] = useState<string | null>(null);
  const clear = presenter ? null : revealed;
  const [problem, setProblem] = useState<string | null>(null);
  const toggle = async () => {
    setProblem(null);
    if (clear !== null) {
      setClear(null);
      return;
    }
    if (presenter) {
      setProblem(HIDDEN_WHILE_PRESENTING);
      return;
    }
    try {
      const token = await revealToken();
      if (token === null) setProblem(CANNOT_OPEN);
      else setClear(token);
    } catch {
      setProblem('The pilot did not answer. Try again in a moment.');
    }
  };
  return (
    <>
      <div className={styles.side}>in ServiceOps: Bearer Token</div>
      <div className={styles.field}>
        <code className={styles.value}>{clear ?? `${'•'.repeat(24)} ${presenter ? '' : ending}`}</code>
        <Button
          appearance="subtle"
          size="small"
          className={styles.button}
          aria-label={clear === null ? 'Show the Secret Token' : 'Hide the Secret Token'}
          icon={clear === null ? <Eye16Regular /> : <EyeOff16Regular />}
          onClick={() => void toggle()}
        />
        <CopyButton
          label="Copy the Secret Token"
          what="Secret Token"
          value={revealToken}
          onFail={() => setProblem(CANNOT_OPEN)}
        />
      </div>
      <Problem words={problem} />
    </>
  );
}
