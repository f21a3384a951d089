import { Redirect } from 'wouter';
import { useLive } from '../../ui/use-live.ts';

/** Where a window opens: on the set-up until a first call came, then on the overview. */
export function Landing() {
  const { status } = useLive();
  if (status === null) return null;
  return <Redirect to={status.lastCall === null ? '/setup' : '/overview'} replace />;
}
