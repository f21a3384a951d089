import { Button, makeStyles, ToggleButton, Tooltip, tokens } from '@fluentui/react-components';
import { Pause16Regular, Play16Regular } from '@fluentui/react-icons';
import type { Ref } from 'react';
import { hasPart, withPart } from '../../../src-main/contract/query/index.ts';
import { useWindowState } from '../../frame/window-state.tsx';
import { Mark } from '../../ui/mark.tsx';
import { ViewMenu } from './view-menu.tsx';
import { ViewSwitch } from './view-switch.tsx';

const useStyles = makeStyles({
  bar: { display: 'flex', alignItems: 'center', gap: '6px', height: '24px', margin: '12px 16px 14px' },
  chip: {
    height: '24px',
    minWidth: 0,
    padding: '0 10px',
    gap: '6px',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground2,
  },
  icon: { width: '12px', height: '12px', margin: 0, display: 'block' },
  tally: {
    marginLeft: 'auto',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
  },
  pause: { minWidth: '84px', height: '24px', marginRight: '-8px', fontSize: '12px', fontWeight: 400 },
});

/** Chips that narrow the feed, how much of it is shown, and the pause. */
export function Toolbar({ tally, first }: { tally: string; first: Ref<HTMLButtonElement> }) {
  const styles = useStyles();
  const state = useWindowState();
  const toggle = (part: string) => state.setQuery(withPart(state.query, part, !hasPart(state.query, part)));
  return (
    <div className={styles.bar} role="toolbar" aria-label="Narrow the feed">
      <ToggleButton
        ref={first}
        shape="circular"
        size="small"
        className={styles.chip}
        icon={{ className: styles.icon, children: <Mark kind="failed" size={12} label="" /> }}
        checked={hasPart(state.query, 'failed')}
        onClick={() => toggle('failed')}
      >
        Failed
      </ToggleButton>
      <ToggleButton
        shape="circular"
        size="small"
        className={styles.chip}
        checked={hasPart(state.query, 'not(probe)')}
        onClick={() => toggle('not(probe)')}
      >
        Hide probes
      </ToggleButton>
      <span className={styles.tally}>{tally}</span>
      <ViewSwitch />
      <ViewMenu />
      <Tooltip
        content={state.paused ? 'Let the list follow again' : 'Hold the list still'}
        relationship="description"
        positioning="below"
      >
        <Button
          appearance="subtle"
          size="small"
          className={styles.pause}
          icon={state.paused ? <Play16Regular /> : <Pause16Regular />}
          onClick={() => state.setPaused(!state.paused)}
        >
          {state.paused ? 'Resume' : 'Pause'}
        </Button>
      </Tooltip>
    </div>
  );
}
