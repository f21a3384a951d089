import { Button, Checkbox, Link as FluentLink, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Guide, PilotStatus, PortalIds } from '../../../src-main/contract/index.ts';
import { api, client } from '../../api.ts';
import { count } from '../../ui/format.ts';
import { Problem } from '../../ui/problem.tsx';
import { StepNumber } from '../../ui/step-number.tsx';
import { useAct } from '../../use-act.ts';
import { SecretTokenField, StrictUrl, TenantUrlField } from './copy-field.tsx';
import { StartFacts, VerifyFacts } from './facts.tsx';
import type { Check, Field, Instruction } from './steps.ts';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: '14px' },
  instruction: { display: 'grid', gridTemplateColumns: '16px minmax(0, 1fr)', columnGap: '8px' },
  checks: { display: 'flex', flexDirection: 'column', marginTop: '12px', marginLeft: '-8px' },
  portal: { display: 'flex', gap: '8px', marginTop: '6px' },
  number: { width: '104px', minWidth: 0 },
  portalInput: { flexGrow: 1, minWidth: 0 },
  quiet: { fontSize: '13px', lineHeight: '18px', color: tokens.colorNeutralForeground3 },
});

interface InstructionsProps {
  instructions: readonly Instruction[];
  guide: Guide;
  status: PilotStatus;
  /** Where there is room for the values alone. */
  brief?: boolean;
}

/** What to do at a step, numbered, each with the values it needs. */
export function Instructions({ instructions, guide, status, brief = false }: InstructionsProps) {
  const styles = useStyles();
  return (
    <ol className={styles.list}>
      {instructions.map(({ words, field }, index) => (
        <li key={words} className={styles.instruction}>
          <StepNumber number={index + 1} />
          <div>
            <Marked words={words} />
            {field !== undefined && (
              <FieldPart field={brief && field === 'both-urls' ? 'url' : field} guide={guide} status={status} />
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

interface ChecksProps {
  checks: readonly Check[];
  ticks: Guide['ticks'];
  onTick(name: string, on: boolean): void;
}

/** A step's own small ticks. */
export function Checks({ checks, ticks, onTick }: ChecksProps) {
  const styles = useStyles();
  if (checks.length === 0) return null;
  return (
    <div className={styles.checks}>
      {checks.map(({ name, words }) => (
        <Checkbox
          key={name}
          label={words}
          checked={ticks[name] !== undefined}
          onChange={(_, data) => onTick(name, data.checked === true)}
        />
      ))}
    </div>
  );
}

/** Words with the portal's own names in bold: they stand between double asterisks. */
function Marked({ words }: { words: string }) {
  return words
    .split('**')
    .map((part, index) => (index % 2 === 1 ? <strong key={part}>{part}</strong> : <span key={part}>{part}</span>));
}

function FieldPart({ field, guide, status }: { field: Field; guide: Guide; status: PilotStatus }) {
  switch (field) {
    case 'url':
      return <TenantUrlField url={status.tenantUrl} tunnel={status.tunnel} />;
    case 'both-urls':
      return (
        <>
          <TenantUrlField url={status.tenantUrl} tunnel={status.tunnel} />
          <StrictUrl url={status.tenantUrl} />
        </>
      );
    case 'token':
      return <SecretTokenField ending={status.token.ending} />;
    case 'portal':
      return <PortalForm portal={guide.portal} />;
    case 'limit':
      return <LimitForm limit={guide.limit} />;
    case 'fields':
      return <FieldsCome missing={guide.missingFields} />;
    case 'start':
      return <StartFacts guide={guide} status={status} />;
    case 'counts':
      return <VerifyFacts guide={guide} status={status} />;
  }
}

/** Fields that no value came for, and attributes that came without a field, one by one. */
function FieldsCome({ missing }: { missing: readonly string[] }) {
  const styles = useStyles();
  const { data } = useQuery(api.attributes.overview.queryOptions());
  const unexpected = data?.unmapped.map(({ path }) => path) ?? [];
  return (
    <div className={styles.quiet}>
      {missing.length > 0 && (
        <div>
          Not come yet: <Names names={missing} />
        </div>
      )}
      {unexpected.length > 0 && (
        <div>
          Came without a field: <Names names={unexpected} />
        </div>
      )}
      <FluentLink href="#/attributes">Open Attributes</FluentLink>
    </div>
  );
}

const NAMES_SHOWN = 12;

function Names({ names }: { names: readonly string[] }) {
  const rest = names.length - NAMES_SHOWN;
  return (
    <>
      <bdi>{names.slice(0, NAMES_SHOWN).join(', ')}</bdi>
      {rest > 0 && ` and ${rest} more`}.
    </>
  );
}

/** The number of users that the pilot takes. */
function LimitForm({ limit }: { limit: Guide['limit'] }) {
  const styles = useStyles();
  const [typed, setTyped] = useState(limit === null ? '' : String(limit.expected));
  const expected = typed.trim() === '' ? null : Number(typed);
  const save = useAct(
    () => client.guide.setLimit.mutate({ expected }),
    () => (expected === null ? 'Any number of users is taken' : `${expected} users are expected`),
  );
  const sound = expected === null || expected > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sound && expected !== (limit?.expected ?? null) && !save.running) save.run();
  };
  return (
    <form onSubmit={submit}>
      <div className={styles.portal}>
        <Input
          className={styles.number}
          inputMode="numeric"
          aria-label="Users assigned"
          placeholder="any"
          value={typed}
          onChange={(_, data) => setTyped(data.value.replaceAll(/\D/g, '').slice(0, 6))}
        />
        <Button type="submit" disabledFocusable={!sound || expected === (limit?.expected ?? null) || save.running}>
          {expected === null && limit !== null ? 'Take any number' : 'Expect them'}
        </Button>
      </div>
      {limit !== null && <div className={styles.quiet}>{count(limit.most, 'user')} are taken at most.</div>}
      <Problem words={save.problem} />
    </form>
  );
}

function PortalForm({ portal }: { portal: PortalIds | null }) {
  const styles = useStyles();
  const [address, setAddress] = useState('');
  const save = useAct(
    () => client.guide.setPortal.mutate({ address }),
    () => 'Portal address understood',
    { onDone: () => setAddress('') },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (address.trim() !== '' && !save.running) save.run();
  };
  return (
    <form onSubmit={submit}>
      <div className={styles.portal}>
        <Input
          className={styles.portalInput}
          aria-label="The application’s portal address"
          placeholder="https://entra.microsoft.com/#view/…/objectId/…"
          value={address}
          onChange={(_, data) => setAddress(data.value)}
        />
        <Button type="submit" disabledFocusable={address.trim() === '' || save.running}>
          Use it
        </Button>
      </div>
      {portal !== null && <div className={styles.quiet}>Known: object {portal.objectId}</div>}
      <Problem words={save.problem} />
    </form>
  );
}
