import {
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { ChevronDown12Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../api.ts';
import { NewPilot } from '../screens/settings/pilots/dialogs.tsx';
import { useOpenPilot } from '../screens/settings/pilots/use-open-pilot.tsx';
import { Truncated } from '../ui/truncated.tsx';
import { useCompact } from '../ui/use-compact.ts';

const useStyles = makeStyles({
  brand: {
    display: 'flex',
    alignItems: 'center',
    gap: '10px',
    padding: '0 16px',
    minWidth: 0,
    width: '100%',
    height: '48px',
    border: 'none',
    fontFamily: 'inherit',
    textAlign: 'left',
    color: 'inherit',
    backgroundColor: 'transparent',
  },
  compact: { padding: '0 14px' },
  button: {
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  sign: { flexShrink: 0, color: tokens.colorNeutralForeground1 },
  words: { display: 'block', minWidth: 0, flexGrow: 1 },
  name: { display: 'block', fontSize: '13px', lineHeight: '17px', fontWeight: 600 },
  pilot: { display: 'block', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  chevron: { flexShrink: 0, color: tokens.colorNeutralForeground3 },
  item: { display: 'block', maxWidth: '260px', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

/** Pilots that the menu names; the others are in Settings. */
const SHOWN = 8;

/** The product's sign and name, with the pilot that is open and the way to the others. */
export function Brand({ pilotName }: { pilotName: string }) {
  const styles = useStyles();
  const compact = useCompact();
  if (pilotName !== '') return <PilotMenu pilotName={pilotName} />;
  return (
    <div className={mergeClasses(styles.brand, compact && styles.compact)}>
      <Sign />
      {!compact && <span className={styles.name}>SCIM Pilot</span>}
    </div>
  );
}

function PilotMenu({ pilotName }: { pilotName: string }) {
  const styles = useStyles();
  const compact = useCompact();
  const [, go] = useLocation();
  const [shown, setShown] = useState(false);
  const [making, setMaking] = useState(false);
  const { data: pilots } = useQuery({ ...api.pilots.list.queryOptions(), enabled: shown, staleTime: 0 });
  const { open, dialog } = useOpenPilot();
  const now = pilots?.find((entry) => entry.open);
  return (
    <>
      <Menu
        open={shown}
        onOpenChange={(_, data) => setShown(data.open)}
        checkedValues={{ pilot: now === undefined ? [] : [now.id] }}
        positioning="below-start"
      >
        <MenuTrigger disableButtonEnhancement>
          <button
            type="button"
            aria-label={`SCIM Pilot ${pilotName}`}
            aria-description="Opens another pilot"
            className={mergeClasses(styles.brand, styles.button, compact && styles.compact)}
          >
            <Sign />
            {!compact && (
              <>
                <span className={styles.words}>
                  <span className={styles.name}>SCIM Pilot</span>{' '}
                  <Truncated text={pilotName} className={styles.pilot} />
                </span>
                <ChevronDown12Regular className={styles.chevron} aria-hidden />
              </>
            )}
          </button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {(pilots ?? []).slice(0, SHOWN).map((entry) => (
              <MenuItemRadio
                key={entry.id}
                name="pilot"
                value={entry.id}
                disabled={entry.unreadable}
                onClick={() => !entry.open && open(entry)}
              >
                <bdi className={styles.item}>{entry.name}</bdi>
              </MenuItemRadio>
            ))}
            <MenuDivider />
            <MenuItem onClick={() => setMaking(true)}>New pilot…</MenuItem>
            <MenuItem onClick={() => go('/settings/pilots')}>Open another pilot…</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {making && <NewPilot onClose={() => setMaking(false)} />}
      {dialog}
    </>
  );
}

function Sign() {
  return (
    <svg className={useStyles().sign} width="20" height="20" viewBox="0 0 20 20" aria-hidden>
      <path
        d="M.5 10.4h4l2.6-6.6 4.4 12.6 2.4-6h5.6"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
