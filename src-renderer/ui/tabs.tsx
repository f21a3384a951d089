import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';

const useStyles = makeStyles({
  list: { display: 'flex', width: 'max-content', flexShrink: 0 },
  tab: {
    position: 'relative',
    border: 'none',
    margin: 0,
    backgroundColor: 'transparent',
    fontFamily: 'inherit',
    color: tokens.colorNeutralForeground2,
    cursor: 'default',
    whiteSpace: 'nowrap',
    // The bold word's width is kept free, so that choosing moves nothing.
    display: 'inline-grid',
    alignItems: 'center',
    ':hover': { color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  on: { color: tokens.colorNeutralForeground1, fontWeight: 600 },
  line: { height: '36px', gap: '24px' },
  lineTab: { height: '36px', padding: 0, fontSize: '14px', lineHeight: '20px' },
  lineOn: {
    '::after': {
      content: '""',
      position: 'absolute',
      left: 0,
      right: 0,
      bottom: 0,
      height: '2px',
      backgroundColor: tokens.colorCompoundBrandStroke,
    },
  },
  switch: { height: '28px', padding: '2px', borderRadius: '4px', backgroundColor: tokens.colorNeutralBackground3 },
  switchTab: { height: '24px', padding: '0 14px', borderRadius: '3px', fontSize: '12px', lineHeight: '16px' },
  switchOn: {
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: `inset 0 0 0 1px ${tokens.colorNeutralStroke2}`,
  },
  label: { gridArea: '1 / 1', display: 'flex', gap: '6px' },
  room: { gridArea: '1 / 1', fontWeight: 600, visibility: 'hidden', height: 0, overflow: 'hidden' },
  number: { color: tokens.colorNeutralForeground3, fontWeight: 400 },
});

export interface TabItem<Value extends string> {
  value: Value;
  name: string;
  /** A count beside the name. */
  number?: string;
}

interface TabsProps<Value extends string> {
  items: readonly TabItem<Value>[];
  value: Value;
  onChange(value: NoInfer<Value>): void;
  label: string;
  /** `line`: views of a region, on its lower edge. `switch`: two or three ways to see one thing. */
  look: 'line' | 'switch';
}

/** Tabs after the ARIA pattern with one tab stop: arrows, Home and End choose at once. */
export function Tabs<Value extends string>({ items, value, onChange, label, look }: TabsProps<Value>) {
  const styles = useStyles();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = items.findIndex((item) => item.value === value);
    const to: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1 };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const index = (next + items.length) % items.length;
    const item = items[index];
    if (item === undefined) return;
    onChange(item.value);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[index]?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      className={mergeClasses(styles.list, look === 'line' ? styles.line : styles.switch)}
      onKeyDown={onKeyDown}
    >
      {items.map((item) => {
        const on = item.value === value;
        return (
          <button
            key={item.value}
            type="button"
            role="tab"
            aria-selected={on}
            tabIndex={on ? 0 : -1}
            className={mergeClasses(
              styles.tab,
              look === 'line' ? styles.lineTab : styles.switchTab,
              on && styles.on,
              on && (look === 'line' ? styles.lineOn : styles.switchOn),
            )}
            onClick={() => onChange(item.value)}
          >
            <Label item={item} className={styles.label} />
            <span className={styles.room} aria-hidden>
              {item.name} {item.number}
            </span>
          </button>
        );
      })}
    </div>
  );
}

function Label({ item, className }: { item: TabItem<string>; className: string }): ReactNode {
  const styles = useStyles();
  return (
    <span className={className}>
      {item.name}
      {item.number !== undefined && <span className={styles.number}> {item.number}</span>}
    </span>
  );
}
