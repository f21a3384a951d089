import { Link, makeStyles } from '@fluentui/react-components';
import { Open12Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  link: { display: 'inline-flex', alignItems: 'center', gap: '4px', fontSize: 'inherit', lineHeight: 'inherit' },
});

/** A page outside the window: it opens in the system's browser. */
export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} target="_blank" rel="noreferrer" inline className={useStyles().link}>
      {children}
      <Open12Regular aria-hidden />
    </Link>
  );
}
