import { makeStyles, mergeClasses, ProgressBar } from '@fluentui/react-components';
import { signal } from '../theme/index.ts';

const useStyles = makeStyles({
  fill: { '& .fui-ProgressBar__bar': { backgroundColor: signal.signalPractice } },
});

interface PracticeBarProps {
  label: string;
  /** 0 to 1; without it only that it goes on. */
  value?: number | undefined;
  className: string;
}

/** The progress of practice, in its colour. */
export function PracticeBar({ label, value, className }: PracticeBarProps) {
  const styles = useStyles();
  return <ProgressBar className={mergeClasses(className, styles.fill)} aria-label={label} value={value} />;
}
