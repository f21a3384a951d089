import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';

const useStyles = makeStyles({
  place: { position: 'relative', display: 'inline-flex' },
  bubble: {
    position: 'absolute',
    top: 'calc(100% + 8px)',
    left: 0,
    zIndex: 10,
    width: 'max-content',
    maxWidth: '320px',
    padding: '10px 14px',
    fontSize: '14px',
    lineHeight: '20px',
    fontWeight: 400,
    whiteSpace: 'normal',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: '4px',
    boxShadow: tokens.shadow8,
  },
  belowBar: { top: '50px' },
  centred: { left: '50%', transform: 'translateX(-50%)' },
});

/** Pixels kept free to the window's sides. */
const EDGE = 8;

interface BubbleProps {
  open: boolean;
  onClose(): void;
  /** The button it belongs to; gets what ties the two together. */
  trigger(tie: { 'aria-expanded': boolean; 'aria-controls': string | undefined }): ReactNode;
  centred?: boolean;
  /** Below the bar instead of right below the button. */
  belowBar?: boolean;
  children: ReactNode;
}

/** A small surface under its button, next in reading order. Escape or a press elsewhere closes it; the focus never moves. */
export function Bubble({ open, onClose, trigger, centred = false, belowBar = false, children }: BubbleProps) {
  const styles = useStyles();
  const id = useId();
  const place = useRef<HTMLSpanElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const node = surface.current;
    if (!open || node === null) return;
    // Its place is under its button, but never outside the window.
    node.style.marginLeft = '0';
    const { left, right } = node.getBoundingClientRect();
    const over = Math.max(0, right - (window.innerWidth - EDGE));
    node.style.marginLeft = `${over > 0 ? -over : Math.max(0, EDGE - left)}px`;
  });
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      close.current();
    };
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) close.current();
    };
    document.addEventListener('keydown', onKey, { capture: true });
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('keydown', onKey, { capture: true });
      document.removeEventListener('pointerdown', onPress);
    };
  }, [open]);
  return (
    <span ref={place} className={styles.place}>
      {trigger({ 'aria-expanded': open, 'aria-controls': open ? id : undefined })}
      {open && (
        <div
          ref={surface}
          id={id}
          className={mergeClasses(styles.bubble, centred && styles.centred, belowBar && styles.belowBar)}
        >
          {children}
        </div>
      )}
    </span>
  );
}
