import { Link as FluentLink, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { ngrokFreePlan } from '../../../src-main/contract/catalogue/tunnel.ts';
import type { Guide, PilotStatus, TunnelSettings, TunnelStatus } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { count, formatAgo, formatDate, formatMinute, formatNumber } from '../../ui/format.ts';
import { Mark, type MarkKind } from '../../ui/mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useNextCycle } from '../../use-next-cycle.ts';

const useStyles = makeStyles({
  list: {
    margin: '12px 0 0',
    padding: 0,
    listStyleType: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: '10px',
  },
  fact: { display: 'grid', gridTemplateColumns: '16px minmax(0, 1fr)', columnGap: '8px' },
  mark: { marginTop: '3px' },
  title: { fontWeight: 600 },
  words: { fontSize: '13px', lineHeight: '18px', color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  done: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    marginTop: '14px',
    paddingTop: '10px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    fontWeight: 600,
  },
});

/** Something that can be looked at from here. */
interface Fact {
  mark: MarkKind;
  title: string;
  words: string;
  /** Where to change it. */
  link?: { to: string; name: string };
}

function Facts({ label, facts }: { label: string; facts: readonly Fact[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label={label}>
      {facts.map(({ mark, title, words, link }) => (
        <li key={title} className={styles.fact}>
          <Mark kind={mark} className={styles.mark} />
          <div>
            <div className={styles.title}>{title}</div>
            <div className={styles.words}>
              {words}{' '}
              {link !== undefined && (
                <FluentLink inline href={`#${link.to}`}>
                  {link.name}
                </FluentLink>
              )}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The room of facts that are not known yet, so that nothing moves when they are. */
function Room({ facts }: { facts: number }) {
  return <div className={useStyles().list} style={{ minHeight: facts * 48 - 10 }} aria-busy />;
}

const CONNECTION = { to: '/settings/connection', name: 'Settings, Connection' };
const ADMINS = { to: '/settings/tenant-admins', name: 'Settings, Tenant admins' };

/** What can be looked at from here before the portal is opened, each with its cure. */
export function BeforeFacts({ status }: { status: PilotStatus }) {
  const now = useNow(30_000);
  const { data: settings } = useQuery({ ...api.tunnel.settings.queryOptions(), refetchOnMount: 'always' });
  const { data: admins } = useQuery({ ...api.tenantAdmins.list.queryOptions(), refetchOnMount: 'always' });
  if (settings === undefined || admins === undefined) return <Room facts={3} />;
  const authtoken = authtokenFact(status.tunnel, settings);
  return (
    <Facts
      label="What can be looked at from here"
      facts={[addressFact(status.tunnel, now), ...(authtoken === null ? [] : [authtoken]), adminsFact(admins.length)]}
    />
  );
}

function addressFact({ kind, state, reach, problem }: TunnelStatus, now: number): Fact {
  if (kind === 'none') {
    return {
      mark: 'todo',
      title: 'No public address yet',
      words:
        'Try it before the portal is opened: it shows whether a proxy or TLS inspection on this network stands in the way.',
      link: CONNECTION,
    };
  }
  const wrong = problem ?? reach?.problem ?? null;
  if (state === 'up' && reach?.ok === true) {
    return {
      mark: 'ok',
      title: 'The public address leads here',
      words: `Proved by a call from outside, ${formatAgo(reach.at, now)}.`,
    };
  }
  if (wrong !== null) {
    return {
      mark: 'failed',
      title: 'The public address does not lead here',
      words: `${wrong.what} ${wrong.cure} (${wrong.code})`,
      link: CONNECTION,
    };
  }
  if (state === 'off' || state === 'down') {
    return {
      mark: 'todo',
      title: 'The tunnel is off',
      words: 'Start it to see whether it gets out.',
      link: CONNECTION,
    };
  }
  return { mark: 'waiting', title: 'The public address is being tried', words: 'A moment.' };
}

function authtokenFact({ kind, state }: TunnelStatus, { ngrok: { authtoken } }: TunnelSettings): Fact | null {
  if (kind !== 'ngrok' && authtoken === null) return null;
  if (authtoken === null) {
    return { mark: 'todo', title: 'No ngrok authtoken yet', words: 'The tunnel needs one.', link: CONNECTION };
  }
  const title = `ngrok authtoken …${authtoken.ending}`;
  if (!authtoken.readable) {
    return {
      mark: 'failed',
      title,
      words: 'It can’t be opened by this way of running: paste it again.',
      link: CONNECTION,
    };
  }
  return kind === 'ngrok' && state === 'up'
    ? { mark: 'ok', title, words: 'ngrok takes it.' }
    : { mark: 'todo', title, words: 'Not tried in this run.', link: CONNECTION };
}

function adminsFact(admins: number): Fact {
  return admins === 0
    ? {
        mark: 'todo',
        title: 'No ServiceOps tenant admin is entered',
        words: 'ServiceOps excludes these accounts. Entered here, calls for them are refused as they would be there.',
        link: ADMINS,
      }
    : {
        mark: 'ok',
        title: `${count(admins, 'ServiceOps tenant admin')} entered`,
        words: 'They are neither created nor changed here.',
      };
}

/** Calls of the first cycle a user: the look-up, the create, and the manager or a membership. */
const CALLS_A_USER = 3;
/** The two look-ups that begin a cycle, 36 cycles a day, for a month. */
const IDLE_CALLS = 2 * 36 * 30;

/** What Start brings: how many users are let in, and how many calls that means. */
export function StartFacts({ guide, status }: { guide: Guide; status: PilotStatus }) {
  const isNgrok = status.tunnel.kind === 'ngrok';
  const { data: usage } = useQuery({ ...api.tunnel.usage.queryOptions(), enabled: isNgrok, staleTime: 0 });
  const users = usersFact(guide);
  const first = guide.limit === null ? null : guide.limit.expected * CALLS_A_USER;
  const calls =
    usage === undefined
      ? []
      : [
          {
            mark: usage.calls + (first ?? 0) + IDLE_CALLS > ngrokFreePlan.requestsPerMonth ? 'odd' : 'ok',
            title: `${formatNumber(usage.calls)} of ngrok’s free ${formatNumber(ngrokFreePlan.requestsPerMonth)} requests used this month`,
            words: `${first === null ? `About ${CALLS_A_USER} a user in the first cycle` : `About ${formatNumber(first)} come with the first cycle`}, then some ${formatNumber(IDLE_CALLS)} a month when nothing changes.`,
          } satisfies Fact,
        ];
  return <Facts label="What starting brings" facts={[users, ...calls]} />;
}

function usersFact({ limit, counts }: Guide): Fact {
  const link = { to: '/setup/assign', name: 'Step Assign' };
  const users = counts.created - counts.groups;
  if (limit === null) {
    return {
      mark: 'odd',
      title: 'Any number of users is taken',
      words: 'Say how many you assigned: a scope of all users is then stopped here.',
      link,
    };
  }
  const { expected, most } = limit;
  return {
    mark: users > expected ? 'odd' : 'ok',
    title: `${count(users, 'user')} of ${formatNumber(expected)} expected came`,
    words: `More than ${formatNumber(most)} are refused.`,
    link,
  };
}

/** What came, what the portal should say of it, and about when more comes. */
export function VerifyFacts({ guide, status }: { guide: Guide; status: PilotStatus }) {
  const now = useNow(30_000);
  const next = useNextCycle();
  const { created, updated, archived, failed, groups } = guide.counts;
  const contact =
    status.azureAt === null ? 'Azure has not called yet.' : `Azure called last ${formatAgo(status.azureAt, now)}.`;
  const again = next == null ? '' : ` The next cycle comes about ${formatMinute(next.at)}.`;
  return (
    <Facts
      label="What came"
      facts={[
        {
          mark: failed > 0 ? 'odd' : status.azureAt === null ? 'todo' : 'ok',
          title: `The portal should say Users ${formatNumber(created - groups)}, Groups ${formatNumber(groups)}`,
          words: `By the calls that came here; with them ${formatNumber(updated)} updated, ${formatNumber(archived)} archived, ${formatNumber(failed)} failed. Different? Import Azure’s log: it names who was skipped, and why.`,
          link: { to: '/azure-logs', name: 'Azure logs' },
        },
        { mark: status.azureAt === null ? 'todo' : 'ok', title: contact, words: `${again.trim()}` },
      ]}
    />
  );
}

/** What is still here that the pilot's end should do away with. */
export function FinishFacts({ guide, status }: { guide: Guide; status: PilotStatus }) {
  const styles = useStyles();
  const { data: settings } = useQuery({ ...api.tunnel.settings.queryOptions(), refetchOnMount: 'always' });
  const { data } = useQuery({ ...api.data.read.queryOptions(), refetchOnMount: 'always' });
  const step = guide.steps.find(({ id }) => id === 'finish');
  if (settings === undefined || data === undefined) return <Room facts={4} />;
  const facts = [
    tunnelLeft(status.tunnel),
    authtokenLeft(settings),
    dataLeft(status, data.folder),
    backupsLeft(data.backups.length),
  ];
  const at = step?.state === 'ticked' ? step.at : null;
  const note =
    at === null
      ? ''
      : [
          `SCIM Pilot “${status.pilotName}”: cleaned up ${formatDate(at)}.`,
          ...facts.map(({ title }) => `${title}.`),
        ].join(' ');
  return (
    <>
      <Facts label="What is left here" facts={facts} />
      {at !== null && (
        <div className={styles.done}>
          Cleaned up {formatDate(at)}.
          <CopyButton label="Copy the note" what="Note" value={note} />
        </div>
      )}
    </>
  );
}

function tunnelLeft({ kind, state }: TunnelStatus): Fact {
  return kind === 'none' || state === 'off'
    ? { mark: 'ok', title: 'No tunnel runs', words: 'Azure can’t reach this pilot.' }
    : { mark: 'todo', title: 'The public address still leads here', words: 'Turn it off under', link: CONNECTION };
}

function authtokenLeft({ ngrok: { authtoken } }: TunnelSettings): Fact {
  return authtoken === null
    ? { mark: 'ok', title: 'No ngrok authtoken is stored', words: '' }
    : {
        mark: 'todo',
        title: `The ngrok authtoken …${authtoken.ending} is stored`,
        words: 'Forget it under',
        link: CONNECTION,
      };
}

function dataLeft({ directory, callsStored }: PilotStatus, folder: string): Fact {
  const { users, groups, deleted } = directory;
  const records = users + groups + deleted;
  return records + callsStored === 0
    ? { mark: 'ok', title: 'No user, group or call is stored', words: `Looked at: ${folder}` }
    : {
        mark: 'todo',
        title: `${count(users, 'user')}, ${count(groups, 'group')}, ${count(deleted, 'deleted record')} and ${count(callsStored, 'call')} are stored`,
        words: `In ${folder}. Erase them under`,
        link: { to: '/settings/data', name: 'Settings, Data' },
      };
}

function backupsLeft(backups: number): Fact {
  return backups === 0
    ? { mark: 'ok', title: 'No back-up is kept', words: '' }
    : {
        mark: 'todo',
        title: `${count(backups, 'back-up')} kept`,
        words: 'Erasing leaves them. Delete them under',
        link: { to: '/settings/data', name: 'Settings, Data' },
      };
}
