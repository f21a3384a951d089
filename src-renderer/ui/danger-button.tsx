import { Button, type ButtonProps, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  danger: {
    color: tokens.colorNeutralForegroundOnBrand,
    backgroundColor: tokens.colorStatusDangerBackground3,
    ':hover': {
      color: tokens.colorNeutralForegroundOnBrand,
      backgroundColor: tokens.colorStatusDangerBackground3Hover,
    },
    ':hover:active': {
      color: tokens.colorNeutralForegroundOnBrand,
      backgroundColor: tokens.colorStatusDangerBackground3Pressed,
    },
  },
});

/** A button that destroys: its words must name what. */
export function DangerButton({ className, ...rest }: Omit<ButtonProps, 'appearance'> & { className?: string }) {
  return (
    <Button {...(rest as ButtonProps)} appearance="primary" className={mergeClasses(useStyles().danger, className)} />
  );
}
