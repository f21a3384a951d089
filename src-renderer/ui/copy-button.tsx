import { Button, makeStyles, mergeClasses, Tooltip, tokens } from '@fluentui/react-components';
import { Checkmark16Regular, Copy16Regular } from '@fluentui/react-icons';
import { useCopy } from './use-copy.ts';

const useStyles = makeStyles({
  button: { minWidth: '24px', maxWidth: '24px', height: '24px', padding: 0, color: tokens.colorNeutralForeground2 },
  done: { color: tokens.colorStatusSuccessForeground1 },
});

interface CopyButtonProps {
  /** The accessible name, e.g. "Copy Tenant URL". */
  label: string;
  /** What is copied, for the announcement, e.g. "Tenant URL". */
  what: string;
  value: string | (() => Promise<string | null>);
  /** Called when nothing could be copied. */
  onFail?: () => void;
  className?: string;
}

/** A 24 px button whose icon turns into a tick for two seconds. */
export function CopyButton({ label, what, value, onFail, className }: CopyButtonProps) {
  const styles = useStyles();
  const { copied, copy } = useCopy(what, value);
  return (
    <Tooltip content={copied ? 'Copied' : label} relationship="inaccessible" positioning="below">
      <Button
        appearance="subtle"
        size="small"
        aria-label={label}
        className={mergeClasses(styles.button, copied && styles.done, className)}
        icon={copied ? <Checkmark16Regular /> : <Copy16Regular />}
        onClick={async (event) => {
          event.stopPropagation();
          if (!(await copy())) onFail?.();
        }}
      />
    </Tooltip>
  );
}
