import { Button, Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { PilotStatus } from '../../../src-main/contract/index.ts';
import { revealToken } from '../../frame/reveal-token.ts';
import { StepNumber } from '../../ui/step-number.tsx';
import { useCopy } from '../../ui/use-copy.ts';

const useStyles = makeStyles({
  steps: { margin: '24px 0 0', padding: 0, listStyleType: 'none', maxWidth: '640px', display: 'grid', gap: '18px' },
  practice: {
    maxWidth: '640px',
    margin: '18px 0 0',
    paddingLeft: '24px',
    color: tokens.colorNeutralForeground2,
  },
  step: { display: 'grid', gridTemplateColumns: '16px minmax(0, 1fr)', columnGap: '8px' },
  name: { fontWeight: 600 },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'baseline' },
  side: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  text: { color: tokens.colorNeutralForeground2 },
  field: {
    gridColumn: 2,
    display: 'flex',
    alignItems: 'center',
    height: '36px',
    marginTop: '6px',
    padding: '0 5px 0 12px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderBottomColor: tokens.colorNeutralStrokeAccessible,
    borderRadius: '4px',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  value: {
    flexGrow: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
  },
  // As wide as its longer word, so that nothing moves when one becomes the other.
  copy: { width: '92px', minWidth: '92px', height: '24px', fontSize: '12px', fontWeight: 400 },
});

const TOKEN_DOTS = '•'.repeat(24);

/** The empty Overview: what to give Azure, and where. */
export function FirstSteps({ status }: { status: PilotStatus }) {
  const styles = useStyles();
  const { kind, publicOrigin } = status.tunnel;
  return (
    <>
      <ol className={styles.steps}>
        <Step number={1} name="Tenant URL" side="in ServiceOps: SCIM Endpoint URL">
          <CopyField value={status.tenantUrl} what="Tenant URL" copy={status.tenantUrl} word="Copy URL" primary />
        </Step>
        <Step number={2} name="Secret Token" side="in ServiceOps: Bearer Token">
          <CopyField
            value={`${TOKEN_DOTS} ${status.token.ending}`}
            what="Secret Token"
            copy={revealToken}
            word="Copy token"
            primary={false}
          />
        </Step>
        <Step number={3} name={publicOrigin === null ? 'Reach it from Azure' : 'Press Test Connection'} side="">
          <span className={styles.text}>
            {publicOrigin !== null ? (
              'In the portal: Enterprise applications, your app, Provisioning. The call is seen here within a second.'
            ) : (
              <>
                {kind === 'none'
                  ? 'This pilot answers on this machine only. Anything here that speaks SCIM can call it now; Azure needs a public address: an ngrok tunnel, or one of your own. '
                  : 'The Tenant URL above is of this machine only: the one for Azure stands there when the tunnel is up. '}
                <FluentLink inline href="#/settings/connection">
                  Settings, Connection
                </FluentLink>{' '}
                {kind === 'none' ? 'sets it up.' : 'shows how that goes.'}
              </>
            )}
          </span>
        </Step>
      </ol>
      <p className={styles.practice}>
        To see it work without Azure, play a run with invented people on the{' '}
        <FluentLink inline href="#/practice">
          Practice screen
        </FluentLink>
        .
      </p>
    </>
  );
}

function Step({ number, name, side, children }: { number: number; name: string; side: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <li className={styles.step}>
      <StepNumber number={number} />
      <div>
        <div className={styles.head}>
          <span className={styles.name}>{name}</span>
          <span className={styles.side}>{side}</span>
        </div>
        {children}
      </div>
    </li>
  );
}

interface CopyFieldProps {
  value: string;
  what: string;
  copy: string | (() => Promise<string | null>);
  word: string;
  primary: boolean;
}

function CopyField({ value, what, copy: source, word, primary }: CopyFieldProps) {
  const styles = useStyles();
  const { copied, copy } = useCopy(what, source);
  return (
    <div className={styles.field}>
      <span className={styles.value}>{value}</span>
      <Button
        size="small"
        appearance={primary ? 'primary' : 'secondary'}
        className={mergeClasses(styles.copy)}
        onClick={() => void copy()}
      >
        {copied ? 'Copied' : word}
      </Button>
    </div>
  );
}
