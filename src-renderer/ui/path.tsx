import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Truncated } from './truncated.tsx';
import { splitPath } from './values.ts';

const useStyles = makeStyles({
  path: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground2,
  },
  parts: { display: 'flex' },
  // The URN gives way, and from its left: the leaf is what tells one attribute from another.
  prefix: {
    color: tokens.colorNeutralForeground4,
    flexShrink: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    direction: 'rtl',
  },
  inherit: { color: 'inherit' },
  leaf: { flexShrink: 0, maxWidth: '100%', overflow: 'hidden', textOverflow: 'ellipsis' },
});

interface PathProps {
  path: string;
  className?: string | undefined;
  /** On a tint, where grey would be too faint. */
  tinted?: boolean;
}

/** A SCIM path in mono, its URN grey and cut from the left; the tooltip holds the whole. */
export function Path({ path, className, tinted = false }: PathProps) {
  const styles = useStyles();
  const { prefix, leaf } = splitPath(path);
  return (
    <Truncated text={path} className={mergeClasses(styles.path, className)}>
      <span className={styles.parts}>
        {prefix !== '' && (
          <span className={mergeClasses(styles.prefix, tinted && styles.inherit)}>
            <bdi dir="ltr">{prefix}</bdi>
          </span>
        )}
        <span className={styles.leaf}>{leaf}</span>
      </span>
    </Truncated>
  );
}
