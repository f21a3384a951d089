import { makeStyles, tokens } from '@fluentui/react-components';
import type { TunnelProblem as Problem } from '../../src-main/contract/catalogue/tunnel.ts';
import { CopyButton } from './copy-button.tsx';
import { Mark } from './mark.tsx';
import { OutsideLink } from './outside-link.tsx';

const useStyles = makeStyles({
  problem: { display: 'grid', gridTemplateColumns: '14px minmax(0, 1fr)', columnGap: '8px', marginTop: '10px' },
  mark: { marginTop: '3px' },
  what: { margin: 0, color: tokens.colorNeutralForeground1, fontWeight: 600 },
  cure: { margin: '2px 0 0', color: tokens.colorNeutralForeground2 },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    marginTop: '4px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  code: { fontFamily: tokens.fontFamilyMonospace },
  link: { marginLeft: '12px' },
});

/** What went wrong with the connection: what happened, what to do, the code to search for, and where to read on. */
export function TunnelProblem({ problem }: { problem: Problem }) {
  const styles = useStyles();
  return (
    <div className={styles.problem}>
      <Mark kind="failed" label="" className={styles.mark} />
      <div>
        <p className={styles.what}>{problem.what}</p>
        <p className={styles.cure}>{problem.cure}</p>
        <div className={styles.foot}>
          <span className={styles.code}>{problem.code}</span>
          <CopyButton label="Copy the code" what="Code" value={problem.code} />
          {problem.link !== null && (
            <span className={styles.link}>
              <OutsideLink href={problem.link}>{pageName(problem.link)}</OutsideLink>
            </span>
          )}
        </div>
      </div>
    </div>
  );
}

function pageName(link: string): string {
  return new URL(link).host === 'dashboard.ngrok.com' ? 'Open the ngrok dashboard' : 'Read what ngrok says about it';
}
