import { Button, makeStyles } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { Hint } from './hint.tsx';

const useStyles = makeStyles({
  close: { minWidth: '24px', maxWidth: '24px', height: '24px', padding: 0 },
});

/** Closes the pane that it stands in. */
export function CloseButton({ onClose }: { onClose(): void }) {
  return (
    <Hint content="Close" off={false} positioning="below">
      <Button
        appearance="subtle"
        size="small"
        aria-label="Close"
        className={useStyles().close}
        icon={<Dismiss16Regular />}
        onClick={onClose}
      />
    </Hint>
  );
}
