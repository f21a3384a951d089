import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Truncated } from '../ui/truncated.tsx';
import { useCompact } from '../ui/use-compact.ts';

const useStyles = makeStyles({
  brand: { display: 'flex', alignItems: 'center', gap: '10px', padding: '0 16px', minWidth: 0, height: '48px' },
  compact: { padding: '0 14px' },
  sign: { flexShrink: 0, color: tokens.colorNeutralForeground1 },
  words: { minWidth: 0 },
  name: { fontSize: '13px', lineHeight: '17px', fontWeight: 600 },
  pilot: { display: 'block', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
});

/** The product's sign and name, with the pilot that is open. */
export function Brand({ pilotName }: { pilotName: string }) {
  const styles = useStyles();
  const compact = useCompact();
  return (
    <div className={mergeClasses(styles.brand, compact && styles.compact)}>
      <svg className={styles.sign} width="20" height="20" viewBox="0 0 20 20" aria-hidden>
        <path
          d="M.5 10.4h4l2.6-6.6 4.4 12.6 2.4-6h5.6"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {!compact && (
        <div className={styles.words}>
          <div className={styles.name}>SCIM Pilot</div>
          <Truncated text={pilotName} className={styles.pilot} />
        </div>
      )}
    </div>
  );
}
