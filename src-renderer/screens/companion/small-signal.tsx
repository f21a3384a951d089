import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { PilotStatus } from '../../../src-main/contract/index.ts';
import { readSignal } from '../../frame/signal.ts';
import { signal } from '../../theme/index.ts';
import { Mark } from '../../ui/mark.tsx';

const useStyles = makeStyles({
  line: {
    display: 'grid',
    gridTemplateColumns: 'repeat(3, minmax(0, 1fr)) auto',
    flexShrink: 0,
    margin: 0,
    padding: '10px 16px 8px',
    listStyleType: 'none',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  way: { display: 'flex', alignItems: 'center', height: '14px', marginBottom: '4px' },
  segment: { flexGrow: 1, height: 0, borderBottom: '2px solid' },
  lit: { borderBottomColor: signal.signalOk },
  dark: {
    height: '2px',
    borderBottom: 'none',
    backgroundImage: `linear-gradient(90deg, ${signal.signalIdle} 60%, transparent 60%)`,
    backgroundSize: '7px 2px',
  },
  offline: { opacity: 0.6 },
});

/** The signal line where there is no room for its readings. */
export function SmallSignal({ status, offline }: { status: PilotStatus; offline: boolean }) {
  const styles = useStyles();
  const { azure, tunnel, endpoint, directory, segments, words } = readSignal(status);
  const stations = [
    { name: 'Azure', mark: azure, segment: segments[0] },
    { name: 'Tunnel', mark: tunnel, segment: segments[1] },
    { name: 'Endpoint', mark: endpoint, segment: segments[2] },
    { name: 'Directory', mark: directory, segment: null },
  ];
  return (
    <ul aria-label={`Signal line. ${words}`} className={mergeClasses(styles.line, offline && styles.offline)}>
      {stations.map(({ name, mark, segment }) => (
        <li key={name}>
          <div className={styles.way}>
            <Mark kind={mark} />
            {segment !== null && <span className={mergeClasses(styles.segment, styles[segment])} />}
          </div>
          {name}
        </li>
      ))}
    </ul>
  );
}
