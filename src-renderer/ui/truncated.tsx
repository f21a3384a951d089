import { makeStyles, mergeClasses, Tooltip } from '@fluentui/react-components';
import { type ReactNode, useRef, useState } from 'react';

const useStyles = makeStyles({
  text: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
});

/** One line of text; a tooltip holds the whole of it when it does not fit. */
export function Truncated({ text, children, className }: { text: string; children?: ReactNode; className?: string }) {
  const styles = useStyles();
  const place = useRef<HTMLSpanElement>(null);
  const [visible, setVisible] = useState(false);
  return (
    <Tooltip
      content={text}
      relationship="inaccessible"
      positioning="below-start"
      visible={visible}
      onVisibleChange={(_, data) => {
        const span = place.current;
        // Cut by its box, or written shorter than it is.
        const cut = span !== null && (span.scrollWidth > span.clientWidth || span.textContent !== text);
        setVisible(data.visible && cut);
      }}
    >
      <span ref={place} className={mergeClasses(styles.text, className)}>
        {children ?? <bdi>{text}</bdi>}
      </span>
    </Tooltip>
  );
}
