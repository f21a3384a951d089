import { makeStyles, mergeClasses, PortalMountNodeProvider, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { CommandBar } from '../commands/command-bar.tsx';
import { useCompact } from '../ui/use-compact.ts';
import { useLive } from '../ui/use-live.ts';
import { Brand } from './brand.tsx';
import { Failures, Offline } from './failures.tsx';
import { Footer } from './footer.tsx';
import { Nav } from './nav.tsx';
import { SignalLine } from './signal-line.tsx';
import { useWindowState } from './window-state.tsx';

const useStyles = makeStyles({
  frame: {
    height: '100%',
    display: 'grid',
    gridTemplateColumns: '220px minmax(0, 1fr)',
    gridTemplateRows: '48px minmax(0, 1fr) 24px',
    gridTemplateAreas: '"bar bar" "nav main" "footer footer"',
  },
  compact: { gridTemplateColumns: '48px minmax(0, 1fr)' },
  bar: {
    gridArea: 'bar',
    display: 'grid',
    gridTemplateColumns: '220px minmax(0, 1fr) auto auto',
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    zIndex: 1,
  },
  // Above the window until the first Tab reaches it.
  skip: {
    position: 'absolute',
    top: '-48px',
    left: '8px',
    zIndex: 20,
    height: '32px',
    padding: '0 12px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: '4px',
    fontFamily: 'inherit',
    fontSize: '14px',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    ':focus': { top: '8px' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  barCompact: { gridTemplateColumns: '48px minmax(0, 1fr) auto auto' },
  // Its own layer: nothing in a screen lies over what opens from the bar.
  main: { gridArea: 'main', isolation: 'isolate', minWidth: 0, minHeight: 0, overflow: 'hidden', outlineStyle: 'none' },
});

/** Signal bar, navigation, footer, and the screen between them. */
export function Frame({ children }: { children: ReactNode }) {
  const styles = useStyles();
  const compact = useCompact();
  const { status, link, offlineSince } = useLive();
  const { seen, setSeen } = useWindowState();
  const [location] = useLocation();
  // Tooltips are drawn inside a landmark, where screen readers expect everything to be.
  const [bar, setBar] = useState<HTMLElement | null>(null);
  const main = useRef<HTMLElement>(null);
  const newest = status?.lastCall?.position ?? 0;
  const known = status !== null;
  const onFeed = location.startsWith('/feed');

  useEffect(() => {
    // Calls from before this window opened are not "new".
    if (known && (onFeed || seen === null)) setSeen(newest);
  }, [known, onFeed, seen, newest, setSeen]);

  return (
    <PortalMountNodeProvider value={bar ?? undefined}>
      <div className={mergeClasses(styles.frame, compact && styles.compact)}>
        <header ref={setBar} className={mergeClasses(styles.bar, compact && styles.barCompact)}>
          <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
            Skip to content
          </button>
          <Brand pilotName={status?.pilotName ?? ''} />
          {status === null ? <div /> : <SignalLine status={status} offline={link === 'offline'} />}
          {offlineSince !== null ? (
            <Offline since={offlineSince} />
          ) : (
            status && <Failures failed={status.failedLastHour} />
          )}
          <CommandBar />
        </header>
        <Nav unseen={onFeed || seen === null ? 0 : Math.max(0, newest - seen)} />
        <main ref={main} tabIndex={-1} className={styles.main}>
          {children}
        </main>
        <Footer status={status} />
      </div>
    </PortalMountNodeProvider>
  );
}
