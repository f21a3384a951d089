import { Button, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { GroupDetail, MemberRef } from '../../../../src-main/contract/index.ts';
import { client } from '../../../api.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { formatNumber } from '../../../ui/format.ts';
import { useAct } from '../../../use-act.ts';
import { FindUser } from './find-user.tsx';
import { HandWarning } from './hand-warning.tsx';

const useStyles = makeStyles({
  label: { display: 'grid', gap: '4px', marginBottom: '12px' },
  caption: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  list: { margin: '0 0 12px', padding: 0, listStyleType: 'none' },
  item: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '8px',
    height: '32px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  name: { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  leaving: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground3 },
  joining: { fontWeight: 600 },
  button: { height: '24px', fontSize: '12px', fontWeight: 400, minWidth: 0, flexShrink: 0 },
});

const without = (people: MemberRef[], id: string) => people.filter((one) => one.id !== id);

/** A group's name and members, to be changed by hand. */
export function EditGroupDialog({ group, onClose }: { group: GroupDetail; onClose(): void }) {
  const styles = useStyles();
  const [name, setName] = useState(group.name);
  const search = useRef<HTMLInputElement>(null);
  const [joining, setJoining] = useState<MemberRef[]>([]);
  const [leaving, setLeaving] = useState<MemberRef[]>([]);
  const next = name.trim();
  const renamed = name !== group.name && next !== group.name;
  const changed = next !== '' && (renamed || joining.length + leaving.length > 0);
  const save = useAct(
    () =>
      client.directory.editGroup.mutate({
        id: group.id,
        displayName: renamed ? next : null,
        add: joining.map(({ id }) => id),
        remove: leaving.map(({ id }) => id),
      }),
    () => `Edited ${group.name} by hand`,
    { onDone: onClose },
  );
  return (
    <Dialog
      title={`Edit ${group.name} by hand`}
      onClose={onClose}
      problem={save.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button appearance="primary" disabledFocusable={!changed || save.running} onClick={save.run}>
            Change {group.name} by hand
          </Button>
        </>
      }
    >
      <HandWarning noun="group" />
      <div className={styles.label}>
        <span className={styles.caption}>displayName</span>
        <Input aria-label="displayName" value={name} onChange={(_, data) => setName(data.value)} />
      </div>
      <div className={styles.label}>
        <span className={styles.caption}>Add a member</span>
        <FindUser
          label="Add a member"
          field={search}
          except={new Set([...group.firstMembers, ...joining].map(({ id }) => id))}
          word="Add"
          wordFor={(person) => `Add ${person}`}
          onFound={(person) => setJoining([...joining, person])}
        />
      </div>
      <ul className={styles.list} aria-label="Members">
        {joining.map(({ id, name: person }) => (
          <li key={id} className={styles.item}>
            <bdi className={mergeClasses(styles.name, styles.joining)}>{person}</bdi>
            <Button
              size="small"
              className={styles.button}
              aria-label={`Do not add ${person}`}
              onClick={() => {
                setJoining(without(joining, id));
                // The button goes.
                search.current?.focus();
              }}
            >
              Do not add
            </Button>
          </li>
        ))}
        {group.firstMembers.map((member) => {
          const goes = leaving.some(({ id }) => id === member.id);
          return (
            <li key={member.id} className={styles.item}>
              <bdi className={mergeClasses(styles.name, goes && styles.leaving)}>{member.name}</bdi>
              <Button
                size="small"
                className={styles.button}
                aria-label={`${goes ? 'Keep' : 'Take out'} ${member.name}`}
                onClick={() => setLeaving(goes ? without(leaving, member.id) : [...leaving, member])}
              >
                {goes ? 'Keep' : 'Take out'}
              </Button>
            </li>
          );
        })}
      </ul>
      {group.members > group.firstMembers.length && (
        <p className={styles.caption}>
          The first {formatNumber(group.firstMembers.length)} by name, of {formatNumber(group.members)}.
        </p>
      )}
    </Dialog>
  );
}
