import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * For what goes once it was pressed: when it goes with the focus in it, the focus is given to the pane or the screen around it.
 * Else it would be nowhere, and the next Tab would begin at the top of the window.
 */
export function useFocusKept<Node extends HTMLElement>(): RefObject<Node | null> {
  const ref = useRef<Node>(null);
  useLayoutEffect(
    () => () => {
      // Still there: what it stands in is left from the outside in.
      const node = ref.current;
      if (node?.contains(document.activeElement)) {
        node.closest<HTMLElement>('aside, main')?.focus({ preventScroll: true });
      }
    },
    [],
  );
  return ref;
}
