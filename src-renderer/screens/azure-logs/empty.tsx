import { makeStyles, tokens } from '@fluentui/react-components';
import { OutsideLink } from '../../ui/outside-link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { ChooseLog } from './drop.tsx';
import { useUploadProblem } from './upload.ts';

const useStyles = makeStyles({
  page: { height: '100%', overflowY: 'auto' },
  inside: { maxWidth: '720px', padding: '32px 32px 40px', '@media (max-width: 1099.98px)': { padding: '24px' } },
  title: { margin: '0 0 8px', fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  words: { margin: '0 0 20px', color: tokens.colorNeutralForeground2 },
  zone: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: '16px',
    padding: '24px',
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: '4px',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  zoneWords: { flexGrow: 1, minWidth: '240px' },
  strong: { display: 'block', fontWeight: 600 },
  small: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  name: { margin: '28px 0 8px', fontSize: '14px', lineHeight: '20px', fontWeight: 600 },
  list: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', gap: '6px' },
  path: { fontWeight: 600 },
});

/** No log was imported yet: what this is for, and where the log is had. */
export function NoLogs() {
  const styles = useStyles();
  const problem = useUploadProblem();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys
    <section className={styles.page} aria-label="Azure logs" tabIndex={0}>
      <div className={styles.inside}>
        <h1 className={styles.title}>Azure’s provisioning log, beside what reached this pilot</h1>
        <p className={styles.words}>
          Azure keeps its own record of what it did with each user and group, and why it skipped or failed. Import it
          here: every entry is matched to the calls that came in, its error codes are put into words, and what never
          arrived is explained. A log of your rollout, against the real ServiceOps, can be read here as well.
        </p>
        <div className={styles.zone}>
          <div className={styles.zoneWords}>
            <span className={styles.strong}>Drop the files here</span>
            <span className={styles.small}>
              JSON, or the three CSV files together; any size. They stay on this computer.
            </span>
          </div>
          <ChooseLog primary>Choose files</ChooseLog>
        </div>
        <Problem words={problem} />
        <h2 className={styles.name}>Where to get it</h2>
        <ol className={styles.list}>
          <li>
            Open the{' '}
            <OutsideLink href="https://entra.microsoft.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade">
              Entra admin center
            </OutsideLink>{' '}
            and go to <span className={styles.path}>Enterprise apps</span>, then your application. (Older portals: Azure
            Active Directory, Enterprise Applications.)
          </li>
          <li>
            Choose <span className={styles.path}>Provisioning logs</span>, and set Date to the time you look at.
          </li>
          <li>
            Press <span className={styles.path}>Download</span> and choose JSON, which is one file and has everything.
            CSV gives three: logs, steps, modified properties.
          </li>
        </ol>
        <h2 className={styles.name}>Also read</h2>
        <ul className={styles.list}>
          <li>Microsoft Graph: answers of /auditLogs/provisioning, v1.0 or beta, page by page or as one list.</li>
          <li>Azure Monitor: rows of AADProvisioningLogs, as JSON lines, a records list, or CSV.</li>
        </ul>
        <p className={styles.small}>
          Seeing the log takes Reports Reader or one of the application administrator roles, and a P1 or P2 licence;
          Azure keeps it for 30 days, 7 on the free plan.
        </p>
      </div>
    </section>
  );
}
