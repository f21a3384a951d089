import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { TunnelSettings } from '../../../../src-main/contract/index.ts';
import { FileButton } from '../../../ui/file-button.tsx';
import { SettingRow } from '../parts.tsx';
import { Authtoken } from './authtoken.tsx';
import type { Draft } from './choice.tsx';

const useStyles = makeStyles({
  wide: { width: '100%' },
  more: { borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  summary: {
    width: 'max-content',
    padding: '8px 6px 8px 0',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground2,
    borderRadius: '4px',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  line: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap' },
});

interface NgrokFieldsProps {
  settings: TunnelSettings;
  draft: Draft;
  edit(change: Partial<Draft>): void;
}

/** What ngrok needs: the authtoken, and where wanted a domain or an ingress of the admin's own. */
export function NgrokFields({ settings, draft, edit }: NgrokFieldsProps) {
  const styles = useStyles();
  const domain = useId();
  const server = useId();
  const { fixedByStart, ngrok } = settings;
  return (
    <>
      <Authtoken kept={ngrok.authtoken} pasted={draft.authtoken} onPaste={(authtoken) => edit({ authtoken })} />
      <SettingRow
        label="Domain"
        htmlFor={domain}
        note="Leave it empty for the free development domain of the account, which stays the same. A domain of your choice needs a paid plan."
      >
        <Input
          id={domain}
          className={styles.wide}
          value={draft.domain ?? ''}
          placeholder="the account's own"
          spellCheck={false}
          autoComplete="off"
          onChange={(_, { value }) => edit({ domain: value })}
        />
      </SettingRow>
      <details className={styles.more} open={ngrok.server !== null || ngrok.ca !== null || undefined}>
        <summary className={styles.summary}>Agent ingress of your own</summary>
        <SettingRow
          label="Server"
          htmlFor={server}
          note={
            fixedByStart.includes('server')
              ? 'Given by --ngrok-server for this run.'
              : 'HOST:PORT, for companies that run their own ngrok ingress. Empty: connect.ngrok-agent.com:443.'
          }
        >
          <Input
            id={server}
            className={styles.wide}
            disabled={fixedByStart.includes('server')}
            value={draft.server ?? ''}
            placeholder="connect.ngrok-agent.com:443"
            spellCheck={false}
            autoComplete="off"
            onChange={(_, { value }) => edit({ server: value })}
          />
        </SettingRow>
        <SettingRow
          last
          label="Its authority"
          note={
            fixedByStart.includes('ca')
              ? 'Given by --ngrok-ca for this run.'
              : 'The certificate of the authority that signed the certificate of that server, a PEM file.'
          }
        >
          <Authority ca={draft.ca} fixed={fixedByStart.includes('ca')} onChange={(ca) => edit({ ca })} />
        </SettingRow>
      </details>
    </>
  );
}

interface AuthorityProps {
  /** PEM text. */
  ca: string | null;
  fixed: boolean;
  onChange(ca: string | null): void;
}

function Authority({ ca, fixed, onChange }: AuthorityProps) {
  const styles = useStyles();
  return (
    <div className={styles.line}>
      <span>{ca === null ? 'None: ngrok’s own' : 'A certificate is set'}</span>
      {!fixed && (
        <>
          <FileButton
            size="small"
            label="Certificate file"
            accept=".pem,.crt,.cer"
            onChoose={async (file) => onChange(await file.text())}
          >
            {ca === null ? 'Choose a file…' : 'Replace…'}
          </FileButton>
          {ca !== null && (
            <Button size="small" onClick={() => onChange(null)}>
              Remove
            </Button>
          )}
        </>
      )}
    </div>
  );
}
