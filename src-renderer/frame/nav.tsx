import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  ArrowSwap20Regular,
  Beaker20Regular,
  ClipboardTaskListLtr20Regular,
  DocumentSearch20Regular,
  Home20Regular,
  People20Regular,
  Pulse20Regular,
  Settings20Regular,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import { api } from '../api.ts';
import { isDone } from '../screens/setup/state-words.ts';
import { formatNumber } from '../ui/format.ts';
import { Hint } from '../ui/hint.tsx';
import { useCompact } from '../ui/use-compact.ts';
import { useLive } from '../ui/use-live.ts';
import { useSlowly } from '../use-slowly.ts';
import { NextCycleFoot } from './next-cycle-foot.tsx';

const useStyles = makeStyles({
  nav: {
    gridArea: 'nav',
    padding: '12px 8px',
    backgroundColor: tokens.colorNeutralBackground2,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
    overflow: 'hidden',
  },
  compact: { padding: '8px 4px' },
  item: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    height: '32px',
    padding: '0 8px',
    borderRadius: '4px',
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  itemCompact: { padding: '0 10px' },
  current: {
    color: tokens.colorNeutralForeground1,
    fontWeight: 600,
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundSelected },
    '::before': {
      content: '""',
      position: 'absolute',
      left: '-8px',
      top: '6px',
      bottom: '6px',
      width: '2px',
      backgroundColor: tokens.colorCompoundBrandStroke,
    },
  },
  currentCompact: { '::before': { left: '-4px' } },
  icon: { flexShrink: 0, width: '20px', height: '20px' },
  counter: {
    marginLeft: 'auto',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    fontWeight: 400,
  },
});

/** A screen, as the navigation names it. */
interface Item {
  to: string;
  name: string;
  icon: ReactElement;
}

/** The screens, in their order. */
export const SCREENS: Item[] = [
  { to: '/overview', name: 'Overview', icon: <Home20Regular /> },
  { to: '/setup', name: 'Set-up', icon: <ClipboardTaskListLtr20Regular /> },
  { to: '/feed', name: 'Live feed', icon: <Pulse20Regular /> },
  { to: '/directory', name: 'Directory', icon: <People20Regular /> },
  { to: '/attributes', name: 'Attributes', icon: <ArrowSwap20Regular /> },
  { to: '/practice', name: 'Practice', icon: <Beaker20Regular /> },
  { to: '/azure-logs', name: 'Azure logs', icon: <DocumentSearch20Regular /> },
  { to: '/settings', name: 'Settings', icon: <Settings20Regular /> },
];

/** What stands beside a screen's name, and how it is read out. */
interface Counter {
  text: string;
  words: string;
}

/** How far the set-up is; null until that is known. */
function useSetUpCounter(): Counter | null {
  const { status } = useLive();
  const guide = useSlowly(api.guide.read.queryOptions(), status !== null);
  if (guide === undefined) return null;
  const done = guide.steps.filter(isDone).length;
  const all = guide.steps.length;
  return { text: `${done}/${all}`, words: `${done} of ${all} steps done` };
}

/** The screens. `unseen`: calls that came while another screen was open. */
export function Nav({ unseen }: { unseen: number }) {
  const styles = useStyles();
  const compact = useCompact();
  const [location] = useLocation();
  const counters: Record<string, Counter | null> = {
    '/setup': useSetUpCounter(),
    '/feed': unseen > 0 ? { text: formatNumber(unseen), words: `${unseen} new` } : null,
  };
  return (
    <nav className={mergeClasses(styles.nav, compact && styles.compact)} aria-label="Screens">
      {SCREENS.map((item) => {
        const current = location === item.to || location.startsWith(`${item.to}/`);
        const counter = counters[item.to] ?? null;
        const link = (
          <Link
            to={item.to}
            aria-label={compact ? item.name : undefined}
            aria-current={current ? 'page' : undefined}
            aria-description={counter?.words}
            className={mergeClasses(
              styles.item,
              compact && styles.itemCompact,
              current && styles.current,
              current && compact && styles.currentCompact,
            )}
          >
            <span className={styles.icon}>{item.icon}</span>
            {!compact && <span>{item.name}</span>}
            {!compact && counter !== null && (
              <span className={styles.counter} aria-hidden>
                {counter.text}
              </span>
            )}
          </Link>
        );
        return (
          <Hint key={item.to} content={item.name} off={!compact} positioning="after">
            {link}
          </Hint>
        );
      })}
      {!compact && <NextCycleFoot />}
    </nav>
  );
}
