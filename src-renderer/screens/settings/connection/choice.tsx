import { Button, Checkbox, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type {
  TunnelKind,
  TunnelSettings,
  TunnelSettingsChange,
  TunnelStatus,
} from '../../../../src-main/contract/index.ts';
import { api, client, queryClient } from '../../../api.ts';
import { useAnnounce } from '../../../ui/announcer.tsx';
import { Mark } from '../../../ui/mark.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { problemOf } from '../../../ui/problem-of.ts';
import { TunnelProblem } from '../../../ui/tunnel-problem.tsx';
import { Part } from '../parts.tsx';
import { NgrokFields } from './ngrok-fields.tsx';
import { OwnFields } from './own-fields.tsx';
import { KIND_NAMES } from './words.ts';

const useStyles = makeStyles({
  kinds: { padding: '6px 0 4px', gap: '2px' },
  about: { display: 'block', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  fixed: {
    display: 'grid',
    gridTemplateColumns: '14px minmax(0, 1fr)',
    columnGap: '8px',
    alignItems: 'center',
    padding: '10px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  start: { margin: '6px 0 0 -8px' },
  kind: { color: tokens.colorNeutralForeground1 },
  // In sight however far down the change was made.
  foot: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: '8px',
    margin: '12px 0 0',
    padding: '12px 0',
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  // Beside the button that was pressed: the field may be out of sight.
  refused: { flexBasis: '100%', marginTop: '-10px' },
  // Empty until something is refused: takes no room, nor the gap behind it.
  quiet: { marginRight: '-8px' },
  moves: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, flex: '1 1 240px' },
});

const ABOUT: Record<TunnelKind, string> = {
  ngrok: 'SCIM Pilot runs the tunnel; all you need is a free ngrok account. Nothing to open in the firewall.',
  own: 'A reverse proxy, dev tunnel or Cloudflare tunnel that you run and that forwards to this machine.',
  none: 'For practice runs and scripts. Azure cannot reach it.',
};
const KINDS: TunnelKind[] = ['ngrok', 'own', 'none'];

/** What the form holds: the settings as text, and what is being pasted as the authtoken; null where the stored one stays. */
export interface Draft extends TunnelSettingsChange {
  authtoken: string | null;
}

interface ChoiceProps {
  settings: TunnelSettings;
  tunnel: TunnelStatus;
  onSaved(): void;
}

/** What to use: a form that is saved, and followed, as a whole. */
export function Choice({ settings, tunnel, onSaved }: ChoiceProps) {
  const styles = useStyles();
  const announce = useAnnounce();
  const stored = draftOf(settings);
  const [edits, setEdits] = useState<Partial<Draft>>({});
  const draft: Draft = { ...stored, ...edits };
  const edit = (change: Partial<Draft>) => {
    setEdits({ ...edits, ...change });
    save.reset();
  };
  const dirty = differs(draft, stored);
  const save = useMutation({
    mutationFn: (_: Partial<Draft>) => store(draft),
    async onSuccess(problem, saved) {
      await queryClient.invalidateQueries({ queryKey: api.tunnel.settings.queryKey() });
      if (problem !== null) return;
      // What was edited while it was on its way stays.
      setEdits((now) => (now === saved ? {} : now));
      announce('The connection is saved');
      onSaved();
    },
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (dirty && !save.isPending) save.mutate(edits);
  };
  const refused = save.error !== null || (save.data !== undefined && save.data !== null);
  const moves = tunnel.publicOrigin !== null && movesAddress(draft, stored, tunnel.publicOrigin);
  return (
    <Part name="How Azure gets here">
      <form onSubmit={onSubmit} noValidate>
        {settings.fixedByStart.includes('tunnel') && (
          <div className={styles.fixed}>
            <Mark kind="odd" label="" />
            <span>
              This run was started with --tunnel, which decides: {KIND_NAMES[tunnel.kind]}. What is saved here holds
              from the next start without it.
            </span>
          </div>
        )}
        <RadioGroup
          aria-label="How Azure gets here"
          className={styles.kinds}
          value={draft.kind}
          onChange={(_, { value }) => {
            const kind = KINDS.find((one) => one === value);
            if (kind !== undefined) edit({ kind });
          }}
        >
          {KINDS.map((kind) => (
            <Radio
              key={kind}
              value={kind}
              label={
                <>
                  <span className={styles.kind}>{KIND_NAMES[kind]}</span>
                  <span className={styles.about}>{ABOUT[kind]}</span>
                </>
              }
            />
          ))}
        </RadioGroup>
        {draft.kind === 'ngrok' && <NgrokFields settings={settings} draft={draft} edit={edit} />}
        {draft.kind === 'own' && <OwnFields draft={draft} edit={edit} />}
        {draft.kind !== 'none' && (
          <Checkbox
            className={styles.start}
            checked={draft.startWithApp}
            label="Connect as soon as SCIM Pilot starts"
            onChange={(_, { checked }) => edit({ startWithApp: checked === true })}
          />
        )}
        {dirty && (
          <div className={styles.foot}>
            <div className={refused ? styles.refused : styles.quiet}>
              <div role="alert">
                {save.data !== undefined && save.data !== null && <TunnelProblem problem={save.data} />}
              </div>
              <Problem words={save.error === null ? null : problemOf(save.error)} />
            </div>
            <Button type="submit" appearance="primary" disabledFocusable={save.isPending}>
              {connects(draft, stored, tunnel) ? 'Save and connect' : 'Save'}
            </Button>
            <Button
              onClick={() => {
                setEdits({});
                save.reset();
              }}
            >
              Discard
            </Button>
            {moves && (
              <span className={styles.moves}>
                The public address changes with this: Azure keeps calling {tunnel.publicOrigin} until its Tenant URL is
                replaced.
              </span>
            )}
          </div>
        )}
      </form>
    </Part>
  );
}

function draftOf({ kind, startWithApp, ownOrigin, ngrok }: TunnelSettings): Draft {
  return {
    kind,
    startWithApp,
    ownOrigin: ownOrigin ?? '',
    domain: ngrok.domain ?? '',
    server: ngrok.server ?? '',
    ca: ngrok.ca,
    authtoken: null,
  };
}

/** What was refused, else null. */
async function store({ authtoken, ...change }: Draft) {
  const pasted = authtoken?.trim() ?? '';
  const { problem } = await client.tunnel.save.mutate({
    ...change,
    authtoken: change.kind === 'ngrok' && pasted !== '' ? pasted : null,
  });
  return problem;
}

/** Whether saving changes the public address, as far as that can be foretold. `present`: the address there is now. */
function movesAddress(draft: Draft, stored: Draft, present: string): boolean {
  if (draft.kind !== stored.kind) return true;
  if (draft.kind === 'own') return draft.ownOrigin !== stored.ownOrigin;
  const domain = draft.domain?.trim().toLowerCase() ?? '';
  return domain !== (stored.domain ?? '') && domain !== new URL(present).host;
}

/** Whether saving brings the tunnel up (anew): another way, or one that runs or was given up with other settings. */
function connects(draft: Draft, stored: Draft, { state }: TunnelStatus): boolean {
  if (draft.kind === 'none') return false;
  if (draft.kind !== stored.kind) return true;
  return state !== 'off' && differs({ ...draft, startWithApp: stored.startWithApp }, stored);
}

function differs({ authtoken, ...change }: Draft, { authtoken: _none, ...stored }: Draft): boolean {
  const pasted = authtoken?.trim() ?? '';
  return pasted !== '' || JSON.stringify(change) !== JSON.stringify(stored);
}
