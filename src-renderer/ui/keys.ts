import { useEffect, useRef } from 'react';

/** What a key does; true when it was taken. */
export type KeyAction = (event: KeyboardEvent) => boolean | undefined;

const TYPING = 'input, textarea, select, [contenteditable="true"], .cm-editor';
const PRESSABLE = 'button, a[href], [role="tab"], [role="button"], summary';

/** Whether a key goes into a field that is written in. */
export function isTyping(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest(TYPING) !== null;
}

/** Keys of a screen (named as `KeyboardEvent.key`, in small letters), anywhere in the window unless the reader is typing or the focused control takes the key itself. */
export function useKeys(actions: Record<string, KeyAction | undefined>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      // A question over the window has all keys.
      if (document.querySelector('dialog[open]') !== null) return;
      if (isTyping(event) && event.key !== 'Escape') return;
      const target = event.target instanceof Element ? event.target : null;
      const arrows = event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End';
      if (event.key === 'Enter' && target?.closest(PRESSABLE)) return;
      // A link takes Enter only.
      if (event.key === ' ' && target?.closest(PRESSABLE)?.matches(':not(a)')) return;
      if (target?.closest('[role="tab"]') && arrows) return;
      if (latest.current[event.key.toLowerCase()]?.(event) === true) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
