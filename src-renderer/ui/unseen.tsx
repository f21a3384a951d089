import { makeStyles } from '@fluentui/react-components';
import type { ReactNode } from 'react';

export const useUnseen = makeStyles({
  unseen: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', margin: 0 },
});

/** Read by screen readers, not drawn: where the drawing says it without words. */
export function Unseen({ as: Element = 'span', children }: { as?: 'span' | 'h1'; children: ReactNode }) {
  return <Element className={useUnseen().unseen}>{children}</Element>;
}
