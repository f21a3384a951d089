import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import type { DataAccess as Facts, PilotStatus } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { FactTable } from '../../ui/fact-table.tsx';
import { count, formatBytes, formatDate, formatNumber } from '../../ui/format.ts';
import { Paper, PaperFailed, PaperPart, PaperWords } from '../../ui/paper.tsx';
import { useLive } from '../../ui/use-live.ts';
import { Arrived } from './arrived.tsx';
import { keptToken, tokenWords, WITHOUT_TOKEN, wayWords } from './words.ts';

const useStyles = makeStyles({
  list: { margin: '0 0 8px', paddingLeft: '18px', display: 'flex', flexDirection: 'column', gap: '4px' },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', overflowWrap: 'anywhere' },
});

/** What a security review asks, answered from what this pilot holds and did. Made to be printed. */
export function DataAccess() {
  const { status } = useLive();
  const { data: facts, isError } = useQuery({
    ...api.dataAccess.queryOptions(),
    enabled: status !== null,
    refetchOnMount: 'always',
  });
  if (isError && facts === undefined) {
    return <PaperFailed words="What is held here could not be read. Try again in a moment." />;
  }
  if (facts === undefined || status === null) return null;
  return (
    <Paper
      label="Data and access"
      title="Data and access"
      lead={`What this pilot of Microsoft Entra provisioning holds and who can reach it, for your security review. As of ${formatDate(facts.at)}, from the pilot’s own records.`}
    >
      <PaperPart name="What arrived">
        <Arrived held={facts.held} />
      </PaperPart>
      <PaperPart name="Through whom">
        {wayWords(status).map((words) => (
          <PaperWords key={words}>{words}</PaperWords>
        ))}
      </PaperPart>
      <PaperPart name="Where it rests, and for how long">
        <Rest facts={facts} status={status} />
      </PaperPart>
      <PaperPart name="Who can reach what without the Secret Token">
        <FactTable
          head={['Asked for', 'Answer without a valid token']}
          rows={WITHOUT_TOKEN.map(({ what, answer }) => ({ key: what, cells: [what, answer] }))}
        />
        <PaperWords>
          Whoever has the token can read and change everything that the endpoint serves.{' '}
          {tokenWords(status, formatDate)}{' '}
          {window.location.protocol === 'app:'
            ? 'This window has no network port at all.'
            : 'This window is served on this computer only, to browsers that hold a key made anew at each start.'}
        </PaperWords>
      </PaperPart>
      <PaperPart name="Source addresses seen">
        <Sources facts={facts} />
      </PaperPart>
      <PaperPart name="What SCIM Pilot can do to your tenant">
        <PaperWords>
          Nothing. It never signs in to Microsoft, asks for no consent and holds no Graph permission and no credential
          of your tenant. Azure calls it; it only answers. What is sent, and of whom, is decided in the portal: by the
          assignments, the scope and the attribute mappings of your application. Deleting that application, or revoking
          the Secret Token here, ends it.
        </PaperWords>
      </PaperPart>
    </Paper>
  );
}

function Rest({ facts: { storage, held }, status }: { facts: Facts; status: PilotStatus }) {
  const styles = useStyles();
  const { folder, kept, backups } = storage;
  const deleted = held.users.deleted + held.groups.deleted;
  return (
    <>
      <PaperWords>
        On this computer only, in <span className={styles.mono}>{folder}</span>: a database and its search index of{' '}
        {formatBytes(status.storageBytes)}. The database file can be read by the account that runs SCIM Pilot alone, and
        is not encrypted: use disk encryption. {keptToken(status)}
      </PaperWords>
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
                .map(({ name, at }) => `${name} (${formatDate(at)})`)
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
    return <PaperWords>No call has come yet, practice aside.</PaperWords>;
  }
  return (
    <>
      <PaperWords>
        Of the calls that are kept, since {formatDate(since)}; practice is left out. Behind a tunnel or proxy the
        address is what it tells, which SCIM Pilot shows and trusts for nothing.
      </PaperWords>
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
            formatDate(lastAt),
          ],
        }))}
      />
      {all > addresses.length && (
        <PaperWords>{formatNumber(all - addresses.length)} more addresses with fewer calls.</PaperWords>
      )}
    </>
  );
}
