import { makeStyles, tokens } from '@fluentui/react-components';
import { signal } from '../theme/index.ts';
import { Brand } from './brand.tsx';

const useStyles = makeStyles({
  page: { height: '100%', display: 'grid', gridTemplateRows: '48px 1fr' },
  bar: { backgroundColor: tokens.colorNeutralBackground2, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  main: { display: 'grid', placeContent: 'center', justifyItems: 'start', padding: '0 32px 10vh' },
  line: { display: 'block', marginBottom: '24px' },
  dashed: { stroke: signal.signalIdle, strokeWidth: 2, strokeDasharray: '4 3' },
  dot: { stroke: signal.signalIdle, strokeWidth: 1.5, fill: tokens.colorNeutralBackground1 },
  title: { fontSize: '24px', lineHeight: '32px', fontWeight: 600, margin: '0 0 8px' },
  text: { maxWidth: '520px', margin: '0 0 12px', color: tokens.colorNeutralForeground2 },
  code: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    padding: '8px 12px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: signal.scopeBackground,
    borderRadius: '4px',
    color: tokens.colorNeutralForeground1,
  },
});

/** What stands here when the host refuses this page, or does not answer yet. */
export function Locked({ reason }: { reason: 'refused' | 'unreachable' }) {
  const styles = useStyles();
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <Brand pilotName="" />
      </header>
      <main className={styles.main}>
        <svg className={styles.line} width="240" height="14" aria-hidden>
          <path className={styles.dashed} d="M7 7H233" />
          {[7, 82, 158, 233].map((x) => (
            <circle key={x} className={styles.dot} cx={x} cy="7" r="4" />
          ))}
        </svg>
        {reason === 'refused' ? (
          <>
            <h1 className={styles.title}>Open the printed link</h1>
            <p className={styles.text}>
              This window opens only with the key of the pilot that is running. The terminal where you started SCIM
              Pilot printed a link that carries it. Open that link in this browser; a new start prints a new one.
            </p>
            <div className={styles.code}>{`${window.location.origin}/#key=…`}</div>
          </>
        ) : (
          <>
            <h1 className={styles.title}>The pilot does not answer</h1>
            <p className={styles.text}>
              Nothing answers at this address. If you stopped SCIM Pilot, start it again with <code>npm start</code>.
              This page tries again every second.
            </p>
          </>
        )}
      </main>
    </div>
  );
}
