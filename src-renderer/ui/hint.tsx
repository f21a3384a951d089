import { Tooltip, type TooltipProps } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';

interface HintProps {
  content: string;
  /** True while there is nothing to hint at: what it would say is on screen already. */
  off: boolean;
  positioning: NonNullable<TooltipProps['positioning']>;
  children: ReactElement;
}

/** A tooltip that can be switched off without losing the focus of what it hangs on. */
export function Hint({ content, off, positioning, children }: HintProps) {
  const [wanted, setWanted] = useState(false);
  return (
    <Tooltip
      content={content}
      relationship="inaccessible"
      positioning={positioning}
      visible={wanted && !off}
      // What was wanted while it was off is not wanted later: an open tooltip takes the next Escape for itself.
      onVisibleChange={(_, data) => setWanted(data.visible && !off)}
    >
      {children}
    </Tooltip>
  );
}
