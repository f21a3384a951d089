import './print.css';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Print20Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DataAccess as Facts, PilotStatus } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { count, formatBytes, formatNumber } from '../../ui/format.ts';
import { useLive } from '../../ui/use-live.ts';
import { Arrived } from './arrived.tsx';
import { FactTable } from './fact-table.tsx';
import { keptToken, tokenWords, WITHOUT_TOKEN, wayWords } from './words.ts';

const useStyles = makeStyles({
  scroll: { height: '100%', overflowY: 'auto' },
  page: {
    maxWidth: '824px',
    padding: '20px 32px 40px',
    '@media (max-width: 1099.98px)': { padding: '20px 24px 32px' },
  },
  head: { display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: '16px' },
  title: { margin: 0, fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  lead: { margin: '2px 0 0', maxWidth: '640px', color: tokens.colorNeutralForeground2 },
  name: {
    margin: '24px 0 8px',
    padding: '0 0 6px',
    fontSize: '14px',
    lineHeight: '20px',
    fontWeight: 600,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: { margin: '0 0 6px' },
  list: { margin: '0 0 8px', paddingLeft: '18px', display: 'flex', flexDirection: 'column', gap: '4px' },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', overflowWrap: 'anywhere' },
  failed: { padding: '40px 24px' },
});

const moment = (at: number) => new Date(at).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' });

/** What a security review asks, answered from what this pilot holds and did. Made to be printed. */
export function DataAccess() {
  const styles = useStyles();
  const { status } = useLive();
  const { data: facts, isError } = useQuery({
    ...api.dataAccess.queryOptions(),
    enabled: status !== null,
    refetchOnMount: 'always',
  });
  if (isError && facts === undefined) {
    return (
      <p role="alert" className={styles.failed}>
        What is held here could not be read. Try again in a moment.
      </p>
    );
  }
  if (facts === undefined || status === null) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys, with little inside to reach
    <section className={styles.scroll} aria-label="Data and access" tabIndex={0}>
      <article className={styles.page} data-printable>
        <div className={styles.head}>
          <div>
            <h1 className={styles.title}>Data and access</h1>
            <p className={styles.lead}>
              What this pilot of Microsoft Entra provisioning holds and who can reach it, for your security review. As
              of {moment(facts.at)}, from the pilot’s own records.
            </p>
          </div>
          <Button data-not-printed appearance="primary" icon={<Print20Regular />} onClick={() => window.print()}>
            Print
          </Button>
        </div>
        <Part name="What arrived">
          <Arrived held={facts.held} />
        </Part>
        <Part name="Through whom">
          {wayWords(status).map((words) => (
            <p key={words} className={styles.words}>
              {words}
            </p>
          ))}
        </Part>
        <Part name="Where it rests, and for how long">
          <Rest facts={facts} status={status} />
        </Part>
        <Part name="Who can reach what without the Secret Token">
          <FactTable
            head={['Asked for', 'Answer without a valid token']}
            rows={WITHOUT_TOKEN.map(({ what, answer }) => ({ key: what, cells: [what, answer] }))}
          />
          <p className={styles.words}>
            Whoever has the token can read and change everything that the endpoint serves. {tokenWords(status, moment)}{' '}
            {window.location.protocol === 'app:'
              ? 'This window has no network port at all.'
              : 'This window is served on this computer only, to browsers that hold a key made anew at each start.'}
          </p>
        </Part>
        <Part name="Source addresses seen">
          <Sources facts={facts} />
        </Part>
        <Part name="What SCIM Pilot can do to your tenant">
          <p className={styles.words}>
            Nothing. It never signs in to Microsoft, asks for no consent and holds no Graph permission and no credential
            of your tenant. Azure calls it; it only answers. What is sent, and of whom, is decided in the portal: by the
            assignments, the scope and the attribute mappings of your application. Deleting that application, or
            revoking the Secret Token here, ends it.
          </p>
        </Part>
      </article>
    </section>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <section>
      <h2 className={styles.name}>{name}</h2>
      {children}
    </section>
  );
}

function Rest({ facts: { storage, held }, status }: { facts: Facts; status: PilotStatus }) {
  const styles = useStyles();
  const { folder, kept, backups } = storage;
  const deleted = held.users.deleted + held.groups.deleted;
  return (
    <>
      <p className={styles.words}>
        On this computer only, in <span className={styles.mono}>{folder}</span>: a database and its search index of{' '}
        {formatBytes(status.storageBytes)}. The database file can be read by the account that runs SCIM Pilot alone, and
        is not encrypted: use disk encryption. {keptToken(status)}
      </p>
      <ul className={styles.list}>
        <li>
          Users and groups stay, with the history of their changes, until you purge them. Those that Azure disables or
          deletes are archived, not erased:{' '}
          {deleted === 0 ? 'none is deleted now' : `${count(deleted, 'deleted record')} can still be read here`}.
        </li>
        <li>
          Each call is kept with what was sent and answered, tokens taken out: the newest {formatNumber(kept.calls)}
          {kept.days === null ? '' : `, none older than ${count(kept.days, 'day')}`}
          {kept.bytes === null ? '' : `, fewer when the database grows beyond ${formatBytes(kept.bytes)}`};{' '}
          {formatNumber(status.callsStored)} now. Older ones are deleted by themselves.
        </li>
        <li>
          {backups.length === 0
            ? 'No back-up was made. One is made before an update changes the database.'
            : `${count(backups.length, 'back-up')} beside it, which purging does not touch: ${backups
                .map(({ name, at }) => `${name} (${moment(at)})`)
                .join(', ')}. Delete the files when you no longer need them.`}
        </li>
      </ul>
    </>
  );
}

function Sources({ facts: { sources } }: { facts: Facts }) {
  const styles = useStyles();
  const { addresses, all, since } = sources;
  if (since === null || addresses.length === 0) {
    return <p className={styles.words}>No call has come yet, practice aside.</p>;
  }
  return (
    <>
      <p className={styles.words}>
        Of the calls that are kept, since {moment(since)}; practice is left out. Behind a tunnel or proxy the address is
        what it tells, which SCIM Pilot shows and trusts for nothing.
      </p>
      <FactTable
        head={['Address', 'Came by', 'Calls', 'Token refused', 'Last']}
        numeric={[2, 3]}
        rows={addresses.map(({ address, via, calls, refused, lastAt }) => ({
          key: `${via} ${address}`,
          cells: [
            <span key="address" className={styles.mono}>
              {address}
            </span>,
            via === 'public' ? 'the public address' : 'this computer',
            formatNumber(calls),
            formatNumber(refused),
            moment(lastAt),
          ],
        }))}
      />
      {all > addresses.length && (
        <p className={styles.words}>{formatNumber(all - addresses.length)} more addresses with fewer calls.</p>
      )}
    </>
  );
}
