import { makeStyles, tokens } from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, isNotFound } from '../../../api.ts';
import { signal } from '../../../theme/index.ts';
import { CloseButton } from '../../../ui/close-button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { count, formatNumber } from '../../../ui/format.ts';
import { JsonView } from '../../../ui/json-view.tsx';
import { Mark } from '../../../ui/mark.tsx';
import { Pane } from '../../../ui/pane.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { Truncated } from '../../../ui/truncated.tsx';
import { stateOf } from '../tables.ts';
import { Acts } from './acts.tsx';
import { DriftSection } from './drift.tsx';
import { LastChanges, WholeHistory } from './history.tsx';
import { People } from './people.tsx';
import { Profile, profileOfGroup, profileOfUser } from './profile.tsx';
import type { Shown } from './shown.ts';

type Part = 'profile' | 'people' | 'json' | 'history';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', gap: '12px', padding: '12px 20px 0', minHeight: '48px' },
  face: {
    flexShrink: 0,
    width: '36px',
    height: '36px',
    borderRadius: '50%',
    display: 'grid',
    placeItems: 'center',
    fontSize: '13px',
    fontWeight: 600,
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorSubtleBackgroundSelected,
  },
  names: { minWidth: 0, flexGrow: 1 },
  name: { margin: 0, display: 'flex', fontSize: '14px', lineHeight: '20px', fontWeight: 600 },
  about: { display: 'block', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  meta: {
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    padding: '8px 20px 0',
    height: '34px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  state: { color: tokens.colorNeutralForeground2 },
  drift: {
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    marginLeft: '8px',
    whiteSpace: 'nowrap',
    color: tokens.colorStatusWarningForeground1,
  },
  origin: { display: 'flex', alignItems: 'center', gap: '6px', marginLeft: '8px', color: signal.practiceForeground },
  id: { marginLeft: 'auto', display: 'flex', alignItems: 'center', gap: '5px', minWidth: 0 },
  idText: { fontFamily: tokens.fontFamilyMonospace, color: tokens.colorNeutralForeground1, maxWidth: '290px' },
  tabs: { flexShrink: 0, padding: '0 20px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  body: { flexGrow: 1, minHeight: 0, overflowY: 'auto', overflowX: 'hidden' },
  json: { flexGrow: 1, minHeight: 0, padding: '8px 12px 0' },
  gone: { padding: '24px 20px', color: tokens.colorNeutralForeground2 },
});

/** A record's address: its kind and its id. */
function parse(key: string): { type: 'user' | 'group'; id: string } {
  return key.startsWith('group-')
    ? { type: 'group', id: key.slice(6) }
    : { type: 'user', id: key.replace(/^user-/, '') };
}

function useRecord(key: string): { shown: Shown | null; error: unknown } {
  const { type, id } = parse(key);
  const user = useQuery({
    ...api.directory.user.queryOptions({ id }),
    enabled: type === 'user',
    placeholderData: keepPreviousData,
  });
  const group = useQuery({
    ...api.directory.group.queryOptions({ id }),
    enabled: type === 'group',
    placeholderData: keepPreviousData,
  });
  if (type === 'user') return { shown: user.data ? { type, record: user.data } : null, error: user.error };
  return { shown: group.data ? { type, record: group.data } : null, error: group.error };
}

/** One record, whole: profile, groups or members, JSON, history. */
export function RecordPane({ id, onClose }: { id: string; onClose(): void }) {
  const styles = useStyles();
  const { shown, error } = useRecord(id);
  const close = <CloseButton onClose={onClose} />;
  return (
    <Pane label="Record" scrolls="inside">
      {shown === null ? (
        <>
          <div className={styles.head}>
            <span className={styles.names} />
            {close}
          </div>
          {error !== null && (
            <p className={styles.gone}>
              {isNotFound(error) ? 'This record is not stored here any more.' : 'The pilot did not answer.'}
            </p>
          )}
        </>
      ) : (
        <>
          <Whole shown={shown} close={close} />
          <Acts key={shown.record.id} shown={shown} onGone={onClose} />
        </>
      )}
    </Pane>
  );
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** First letters of the first and the last word. */
function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...segmenter.segment(word ?? '')][0]?.segment.toUpperCase() ?? '').join('');
}

function aboutOf(shown: Shown): string {
  if (shown.type === 'group') return `Group, ${count(shown.record.members, 'member')}`;
  const { title, department, userName } = shown.record;
  return [title, department].filter((part) => part !== null && part !== '').join(', ') || userName;
}

/** How many changes there are; where older ones were not read, that there are more than these. */
function historyCount({ history, olderHistory }: Shown['record']): string {
  return `${formatNumber(history.length)}${olderHistory === null ? '' : '+'}`;
}

function Whole({ shown, close }: { shown: Shown; close: ReactNode }) {
  const styles = useStyles();
  const [chosen, setPart] = useState<Part>('profile');
  const { record } = shown;
  const state = stateOf(record);
  const people = shown.type === 'user' ? shown.record.memberOf : shown.record.firstMembers;
  const inAll = shown.type === 'user' ? shown.record.memberOf.length : shown.record.members;
  const fields = shown.type === 'user' ? profileOfUser(shown.record) : profileOfGroup(shown.record);
  return (
    <>
      <div className={styles.head}>
        <span className={styles.face} aria-hidden>
          {initials(record.name)}
        </span>
        <div className={styles.names}>
          <h2 className={styles.name}>
            <Truncated text={record.name} />
          </h2>
          <Truncated text={aboutOf(shown)} className={styles.about} />
        </div>
        {close}
      </div>
      <div className={styles.meta}>
        <Mark kind={state.mark} size={12} label="" />
        <span className={styles.state}>{state.word}</span>
        {record.drifted && (
          <span className={styles.drift}>
            <Mark kind="odd" size={12} label="" />
            differs from Azure
          </span>
        )}
        {record.changedBy === 'practice' && (
          <span className={styles.origin}>
            <Mark kind="practice" size={12} label="" />
            practice
          </span>
        )}
        <span className={styles.id}>
          id <Truncated text={record.id} className={styles.idText} />
          <CopyButton label="Copy id" what="Id" value={record.id} />
        </span>
      </div>
      <div className={styles.tabs}>
        <Tabs
          look="line"
          label="Parts of the record"
          value={chosen}
          onChange={setPart}
          items={[
            { value: 'profile', name: 'Profile' },
            { value: 'people', name: shown.type === 'user' ? 'Groups' : 'Members', number: formatNumber(inAll) },
            { value: 'json', name: 'JSON' },
            { value: 'history', name: 'History', number: historyCount(record) },
          ]}
        />
      </div>
      {chosen === 'json' ? (
        <div className={styles.json}>
          <JsonView text={JSON.stringify(record.resource, null, 2)} label="The record as SCIM answers it, JSON" />
        </div>
      ) : (
        <div className={styles.body}>
          {chosen === 'profile' && (
            <>
              {record.drift !== null && <DriftSection shown={shown} drift={record.drift} />}
              <Profile fields={fields} manager={shown.type === 'user' ? shown.record.manager : null} />
              <LastChanges record={record} />
            </>
          )}
          {chosen === 'people' && (
            <People
              people={people}
              inAll={inAll}
              type={shown.type === 'user' ? 'group' : 'user'}
              none={shown.type === 'user' ? 'In no group.' : 'No members.'}
            />
          )}
          {chosen === 'history' && <WholeHistory key={record.id} shown={shown} />}
        </div>
      )}
    </>
  );
}
