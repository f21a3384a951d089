import {
  Button,
  Checkbox,
  Link as FluentLink,
  Input,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { ChevronRight12Regular, Open16Regular } from '@fluentui/react-icons';
import { type FormEvent, useState } from 'react';
import type { Guide, GuideStep, PilotStatus, PortalIds } from '../../../src-main/contract/index.ts';
import { client } from '../../api.ts';
import { count } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useAct } from '../../use-act.ts';
import { SecretTokenField, TenantUrlField } from './copy-field.tsx';
import { Dock } from './dock.tsx';
import { Sketch } from './sketch.tsx';
import { StepPractice } from './step-practice.tsx';
import { type Field, type Labels, type StepText, stepTexts } from './steps.ts';
import { useTick } from './use-tick.ts';

const useStyles = makeStyles({
  pane: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0 },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: '20px 32px 24px' },
  head: { display: 'flex', justifyContent: 'space-between', alignItems: 'flex-start', gap: '16px' },
  over: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  title: { margin: '2px 0 0', fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  label: {
    margin: '16px 0 2px',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
  },
  words: { margin: 0, maxWidth: '720px' },
  whereHead: { display: 'flex', justifyContent: 'space-between', alignItems: 'baseline', gap: '16px' },
  where: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 6px',
    margin: 0,
    padding: 0,
    listStyleType: 'none',
  },
  crumb: { display: 'flex', alignItems: 'center', gap: '6px', '&:last-child': { fontWeight: 600 } },
  chevron: { color: tokens.colorNeutralForeground3 },
  link: { display: 'inline-flex', alignItems: 'center', gap: '6px', whiteSpace: 'nowrap' },
  columns: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 304px', columnGap: '32px', marginTop: '20px' },
  narrow: {
    '@media (max-width: 1099.98px)': { gridTemplateColumns: 'minmax(0, 1fr) 260px', columnGap: '20px' },
  },
  single: { gridTemplateColumns: 'minmax(0, 720px)' },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', gap: '14px' },
  instruction: { display: 'grid', gridTemplateColumns: '16px minmax(0, 1fr)', columnGap: '8px' },
  disc: {
    width: '16px',
    height: '16px',
    marginTop: '2px',
    borderRadius: '50%',
    display: 'grid',
    placeItems: 'center',
    fontSize: '11px',
    lineHeight: '16px',
    fontWeight: 600,
    color: tokens.colorNeutralForegroundOnBrand,
    backgroundColor: tokens.colorBrandBackground,
    '@media (forced-colors: active)': { border: '1px solid CanvasText' },
  },
  checks: { display: 'flex', flexDirection: 'column', marginTop: '12px', marginLeft: '-8px' },
  proof: {
    marginTop: '18px',
    paddingTop: '10px',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: '13px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground3,
  },
  notes: {
    margin: '14px 0 0',
    padding: 0,
    listStyleType: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
  },
  note: {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr)',
    columnGap: '8px',
    fontSize: '13px',
    lineHeight: '18px',
  },
  portal: { display: 'flex', gap: '8px', marginTop: '6px' },
  number: { width: '104px', minWidth: 0 },
  portalInput: { flexGrow: 1, minWidth: 0 },
  quiet: { fontSize: '13px', lineHeight: '18px', color: tokens.colorNeutralForeground3 },
});

interface StepPaneProps {
  number: number;
  step: GuideStep;
  guide: Guide;
  status: PilotStatus;
  labels: Labels;
  onLabels(labels: Labels): void;
}

/** One step: why, where, what exactly, and how it will be known. */
export function StepPane({ number, step, guide, status, labels, onLabels }: StepPaneProps) {
  const styles = useStyles();
  const text = stepTexts[step.id];
  const sketch = text.sketch?.[labels] ?? null;
  const instructions = text.instructions[labels];
  const tick = useTick();
  return (
    <div className={styles.pane}>
      <div className={styles.scroll}>
        <div className={styles.head}>
          <div>
            <div className={styles.over}>
              Step {number}, row {text.row} of the ServiceOps guide
            </div>
            <h2 className={styles.title}>{text.headline}</h2>
          </div>
          <Tabs
            look="switch"
            label="Names in the portal"
            value={labels}
            onChange={onLabels}
            items={[
              { value: 'today', name: 'Entra today' },
              { value: 'older', name: 'Azure AD labels' },
            ]}
          />
        </div>
        <h3 className={styles.label}>Why</h3>
        <p className={styles.words}>{text.why}</p>
        <div className={styles.whereHead}>
          <h3 className={styles.label}>Where</h3>
          {step.id === 'endpoint' ? (
            <FluentLink href="#/settings/connection">Open Settings</FluentLink>
          ) : (
            <PortalLink portal={guide.portal} text={text} />
          )}
        </div>
        <ol className={styles.where}>
          {text.where[labels].map((place, index) => (
            <li key={place} className={styles.crumb}>
              {index > 0 && <ChevronRight12Regular className={styles.chevron} />}
              {place}
            </li>
          ))}
        </ol>
        <div className={mergeClasses(styles.columns, sketch === null ? styles.single : styles.narrow)}>
          <div>
            <ol className={styles.list}>
              {instructions.map(({ words, field }, index) => (
                <li key={words} className={styles.instruction}>
                  <span className={styles.disc} aria-hidden>
                    {index + 1}
                  </span>
                  <div>
                    <Marked words={words} />
                    {field !== undefined && <FieldPart field={field} guide={guide} status={status} />}
                  </div>
                </li>
              ))}
            </ol>
            {text.checks.length > 0 && (
              <div className={styles.checks}>
                {text.checks.map(({ name, words }) => (
                  <Checkbox
                    key={name}
                    label={words}
                    checked={guide.ticks[name] !== undefined}
                    onChange={(_, data) => tick.run(name, data.checked === true)}
                  />
                ))}
              </div>
            )}
            <div className={styles.proof}>{text.proof}</div>
            {text.notes.length > 0 && (
              <ul className={styles.notes}>
                {text.notes.map((note) => (
                  <li key={note} className={styles.note}>
                    <Mark kind="odd" size={12} label="Note" />
                    <span>{note}</span>
                  </li>
                ))}
              </ul>
            )}
            <Problem words={tick.problem} />
          </div>
          {sketch !== null && <Sketch title={text.where[labels].at(-1) ?? ''} items={sketch} url={status.tenantUrl} />}
        </div>
      </div>
      {text.checks.length === 0 && (
        <Dock
          key={step.id}
          step={step}
          text={text}
          lastCall={guide.lastCall}
          ticking={tick.running}
          onTick={(on) => {
            if (text.tick !== null) tick.run(text.tick.name, on);
          }}
        />
      )}
      <StepPractice step={step.id} />
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
  const styles = useStyles();
  switch (field) {
    case 'url':
      return <TenantUrlField url={status.tenantUrl} />;
    case 'token':
      return <SecretTokenField ending={status.token.ending} />;
    case 'portal':
      return <PortalForm portal={guide.portal} />;
    case 'limit':
      return <LimitForm limit={guide.limit} />;
    case 'fields':
      return (
        <div className={styles.quiet}>
          {guide.missingFields.length > 0 && `${count(guide.missingFields.length, 'field')} not come yet. `}
          <FluentLink href="#/attributes">Open Attributes</FluentLink>
        </div>
      );
    case 'counts': {
      const { created, updated, archived, failed, groups } = guide.counts;
      return (
        <div className={styles.quiet}>
          Seen here: {count(created - groups, 'user')} and {count(groups, 'group')} created, {updated} updated,{' '}
          {archived} archived, {failed} failed.
        </div>
      );
    }
  }
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

/** Where the portal's pages of this application are, once it is known which one it is. */
function PortalLink({ portal, text }: { portal: PortalIds | null; text: StepText }) {
  const styles = useStyles();
  const known = portal !== null && text.blade !== null;
  const app = portal === null || portal.appId === null ? '' : `/appId/${portal.appId}`;
  const href = known
    ? `https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/${text.blade}/objectId/${portal.objectId}${app}`
    : 'https://entra.microsoft.com/';
  return (
    <FluentLink href={href} target="_blank" rel="noreferrer" className={styles.link}>
      {known ? 'Open in the portal' : 'Open the admin center'}
      <Open16Regular aria-hidden />
    </FluentLink>
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
