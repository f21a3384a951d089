import { makeStyles } from '@fluentui/react-components';
import type { Words } from '../../../../src-main/contract/index.ts';

const useStyles = makeStyles({
  value: { fontWeight: 600, overflowWrap: 'anywhere' },
});

/** Words of the catalogue; what came over the wire stands out, and can neither turn the text around nor become markup. */
export function Said({ words }: { words: Words }) {
  const styles = useStyles();
  return words.map((one, index) =>
    typeof one === 'string' ? (
      one
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text keep their places
      <bdi key={index} className={styles.value}>
        {one.value}
      </bdi>
    ),
  );
}
