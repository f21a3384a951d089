import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Link, Redirect } from 'wouter';
import type { PilotStatus } from '../../../src-main/contract/index.ts';
import { mattersOf, paneNames } from '../../frame/matters.ts';
import { Mark } from '../../ui/mark.tsx';
import { useLive } from '../../ui/use-live.ts';
import { AboutPane } from './about-pane.tsx';
import { AppearancePane } from './appearance-pane.tsx';
import { Connection } from './connection/connection.tsx';
import { DataPane } from './data/data-pane.tsx';
import { GeneralPane } from './general-pane.tsx';
import { PilotsPane } from './pilots/pilots-pane.tsx';
import { TenantAdminsPane } from './tenant-admins-pane.tsx';
import { TokenPane } from './token-pane.tsx';

const useStyles = makeStyles({
  screen: {
    height: '100%',
    display: 'grid',
    gridTemplateColumns: '200px minmax(0, 1fr)',
    '@media (max-width: 1099.98px)': { gridTemplateColumns: '168px minmax(0, 1fr)' },
  },
  rail: {
    display: 'flex',
    flexDirection: 'column',
    minHeight: 0,
    overflowY: 'auto',
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: { margin: 0, padding: '16px 16px 12px 20px', fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  link: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    height: '36px',
    flexShrink: 0,
    padding: '0 14px 0 20px',
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    whiteSpace: 'nowrap',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  current: {
    color: tokens.colorNeutralForeground1,
    fontWeight: 600,
    backgroundColor: tokens.colorNeutralBackground1Selected,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Selected },
    '::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      top: 0,
      bottom: 0,
      width: '2px',
      backgroundColor: tokens.colorCompoundBrandStroke,
    },
  },
  mark: { marginLeft: 'auto' },
  pane: { minWidth: 0, minHeight: 0, overflowY: 'auto', overflowX: 'hidden' },
});

interface Section {
  path: string;
  name: string;
  pane(status: PilotStatus): ReactNode;
}

/** The panes, in their order. */
export const SECTIONS: readonly Section[] = [
  {
    path: 'connection',
    name: paneNames.connection,
    pane: (status) => <Connection status={status} />,
  },
  {
    path: 'token',
    name: paneNames.token,
    pane: ({ token }) => <TokenPane token={token} />,
  },
  { path: 'tenant-admins', name: 'Tenant admins', pane: () => <TenantAdminsPane /> },
  { path: 'general', name: 'General', pane: (status) => <GeneralPane status={status} /> },
  { path: 'data', name: 'Data', pane: (status) => <DataPane status={status} /> },
  { path: 'pilots', name: 'Pilots', pane: () => <PilotsPane /> },
  { path: 'appearance', name: 'Appearance', pane: () => <AppearancePane /> },
  { path: 'about', name: 'About', pane: (status) => <AboutPane status={status} /> },
];

/** Whether something in the pane wants the admin: `failed` before `odd`. */
function worstIn(path: string, matters: ReturnType<typeof mattersOf>): 'failed' | 'odd' | null {
  const here = matters.filter(({ pane }) => pane === path);
  if (here.length === 0) return null;
  return here.some(({ bad }) => bad) ? 'failed' : 'odd';
}

/** What the admin decides about this pilot, a pane for each matter. */
export function Settings({ section }: { section: string | undefined }) {
  const styles = useStyles();
  const { status } = useLive();
  const matters = status === null ? [] : mattersOf(status, Date.now());
  const current = SECTIONS.find(({ path }) => path === section);
  if (current === undefined) return <Redirect to={`/settings/${SECTIONS[0]?.path}`} replace />;
  return (
    <div className={styles.screen}>
      <nav className={styles.rail} aria-label="Settings">
        <h1 className={styles.title}>Settings</h1>
        {SECTIONS.map(({ path, name }) => {
          const here = path === current.path;
          const mark = worstIn(path, matters);
          return (
            <Link
              key={path}
              to={`/settings/${path}`}
              aria-current={here ? 'page' : undefined}
              className={mergeClasses(styles.link, here && styles.current)}
            >
              {name}
              {mark !== null && <Mark kind={mark} label="needs attention" className={styles.mark} />}
            </Link>
          );
        })}
        <Link to="/data-and-access" className={styles.link}>
          Data and access
        </Link>
      </nav>
      <div className={styles.pane}>{status !== null && current.pane(status)}</div>
    </div>
  );
}
