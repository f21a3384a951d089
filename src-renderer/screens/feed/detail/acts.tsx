import { Button, makeStyles, tokens } from '@fluentui/react-components';
import {
  ArrowRepeatAll16Regular,
  Checkmark16Regular,
  Code16Regular,
  Edit16Regular,
  SquareMultiple16Regular,
} from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import { useCompareMark } from './compare-mark.ts';
import { useCallActs } from './use-call-acts.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: '2px',
    rowGap: '2px',
    padding: '4px 12px',
    flexShrink: 0,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  hint: {
    flexBasis: '100%',
    margin: 0,
    padding: '0 8px 4px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  act: { minWidth: 0, height: '24px', padding: '0 8px', fontSize: '12px', fontWeight: 400, whiteSpace: 'nowrap' },
});

const confirmMs = 2_000;

/** What can be done with the call in the pane: play it again, compare it, take it elsewhere. */
export function CallActs({ code }: { code: string }) {
  const styles = useStyles();
  const acts = useCallActs(code);
  const marked = useCompareMark();
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (acts === null) return null;
  const copy = async () => {
    if (!(await acts.copyCurl())) return;
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), confirmMs);
  };
  const compareWords = marked === null ? 'Compare' : marked === code ? 'Marked' : `Compare with ${marked}`;
  const look = { appearance: 'subtle', size: 'small', className: styles.act } as const;
  return (
    <div className={styles.bar} role="toolbar" aria-label="This call">
      <Button {...look} icon={<ArrowRepeatAll16Regular />} aria-keyshortcuts="r" onClick={acts.replay}>
        Replay
      </Button>
      <Button {...look} icon={<Edit16Regular />} aria-keyshortcuts="e" onClick={acts.edit}>
        Edit
      </Button>
      <Button
        {...look}
        icon={<SquareMultiple16Regular />}
        aria-keyshortcuts="d"
        aria-pressed={marked === code}
        onClick={acts.compare}
      >
        {compareWords}
      </Button>
      <Button
        {...look}
        icon={copied ? <Checkmark16Regular /> : <Code16Regular />}
        aria-keyshortcuts="c"
        aria-label="Copy as cURL"
        onClick={() => void copy()}
      >
        {copied ? 'Copied' : 'cURL'}
      </Button>
      {marked === code && <p className={styles.hint}>Now open another call and press Compare there.</p>}
    </div>
  );
}
