import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useLocation } from 'wouter';
import { SCREEN_KEYS, screenOf, WINDOW_KEYS } from '../frame/keys.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';

const useStyles = makeStyles({
  columns: { display: 'grid', gridTemplateColumns: '1fr 1fr', columnGap: '32px' },
  head: {
    margin: '8px 0',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
  },
  keys: { display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: '12px', rowGap: '8px', margin: 0 },
  does: { margin: 0 },
});

function Keys({ title, keys }: { title: string; keys: readonly (readonly [string, string])[] }) {
  const styles = useStyles();
  return (
    <section>
      <h3 className={styles.head}>{title}</h3>
      <dl className={styles.keys}>
        {keys.map(([key, does]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd className={styles.does}>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The keys of the screen that is open, and those of all. */
export function KeysHelp({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const [location] = useLocation();
  const here = SCREEN_KEYS[screenOf(location)] ?? [];
  return (
    <Dialog
      title="Keys"
      onClose={onClose}
      foot={
        <Button appearance="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className={styles.columns}>
        {here.length > 0 && <Keys title="On this screen" keys={here} />}
        <Keys title="Everywhere" keys={WINDOW_KEYS} />
      </div>
    </Dialog>
  );
}
