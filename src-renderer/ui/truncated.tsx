import { makeStyles, mergeClasses, Tooltip } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef, useState } from 'react';

const useStyles = makeStyles({
  text: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
});

/** A pointer has to rest so long, as with Fluent's own tooltips. */
const REST_MS = 250;

/**
 * One line of text; a tooltip holds the whole of it when it does not fit. The tooltip is made only then: lists hold dozens of
 * these, and most of what a row of them would cost is tooltips that nobody sees.
 */
export function Truncated({ text, children, className }: { text: string; children?: ReactNode; className?: string }) {
  const styles = useStyles();
  const place = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [shown, setShown] = useState(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  const stay = () => clearTimeout(timer.current);
  const soon = (over: boolean) => {
    stay();
    timer.current = setTimeout(() => setShown(over && isCut(place.current, text)), REST_MS);
  };
  return (
    <>
      <span
        ref={place}
        className={mergeClasses(styles.text, className)}
        onPointerEnter={() => soon(true)}
        onPointerLeave={() => soon(false)}
      >
        {children ?? <bdi>{text}</bdi>}
      </span>
      {shown && (
        <Tooltip
          content={{ children: text, onPointerEnter: stay }}
          relationship="inaccessible"
          visible
          positioning={{ target: place.current, position: 'below', align: 'start' }}
          onVisibleChange={(_, { visible }) => {
            if (!visible) setShown(false);
          }}
        />
      )}
    </>
  );
}

/** Cut by its box, or written shorter than it is. */
function isCut(span: HTMLSpanElement | null, text: string): boolean {
  return span !== null && (span.scrollWidth > span.clientWidth || span.textContent !== text);
}
