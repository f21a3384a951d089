import { Button, Input, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { managerPath } from '../../../../src-main/contract/catalogue/manager-path.ts';
import type { HandEdit, MemberRef, UserDetail } from '../../../../src-main/contract/index.ts';
import { client } from '../../../api.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { count } from '../../../ui/format.ts';
import { Truncated } from '../../../ui/truncated.tsx';
import { briefPath } from '../../../ui/values.ts';
import { useAct } from '../../../use-act.ts';
import { FindUser } from './find-user.tsx';
import { HandWarning } from './hand-warning.tsx';
import { profileOfUser } from './profile.tsx';
import { Reference } from './reference.tsx';

const useStyles = makeStyles({
  fields: { display: 'grid', gridTemplateColumns: 'minmax(0, 190px) minmax(0, 1fr)', columnGap: '12px', rowGap: '4px' },
  label: { display: 'contents' },
  path: {
    alignSelf: 'center',
    direction: 'rtl',
    textAlign: 'left',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground2,
  },
  besideMore: { alignSelf: 'start', marginTop: '3px' },
  manager: { display: 'flex', alignItems: 'center', gap: '8px', minHeight: '24px', marginBottom: '4px' },
  person: { flexGrow: 1, minWidth: 0, lineHeight: '18px' },
  none: { color: tokens.colorNeutralForeground3 },
  clear: { height: '24px', fontSize: '12px', fontWeight: 400, minWidth: 0, flexShrink: 0 },
});

/** Whether a profile's field has a path that PATCH can name: elements without a type are told apart by place only. */
const hasPath = ({ path }: { path: string }): boolean => !/\[\d+\]/.test(path) && path !== 'active';

/** A user's attributes, to be set or emptied by hand; `active` has a button of its own. */
export function EditUserDialog({ user, onClose }: { user: UserDetail; onClose(): void }) {
  const styles = useStyles();
  // What was there when the form was opened: calls that come meanwhile are not undone by what was not typed.
  const [fields] = useState(() => profileOfUser(user).filter(hasPath));
  const [typed, setTyped] = useState<Record<string, string>>({});
  const edits = fields.flatMap(({ path, value }): HandEdit[] => {
    const now = typed[path];
    const [before, next] = [value ?? '', now?.trim()];
    return next === undefined || now === before || next === before ? [] : [{ path, value: next === '' ? null : next }];
  });
  const save = useAct(
    () => client.directory.editUser.mutate({ id: user.id, edits }),
    () => `Edited ${user.name} by hand`,
    { onDone: onClose },
  );
  return (
    <Dialog
      title={`Edit ${user.name} by hand`}
      onClose={onClose}
      problem={save.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button appearance="primary" disabledFocusable={edits.length === 0 || save.running} onClick={save.run}>
            {edits.length === 0 ? 'Change by hand' : `Change ${count(edits.length, 'attribute')} by hand`}
          </Button>
        </>
      }
    >
      <HandWarning noun="user" />
      <div className={styles.fields}>
        {fields.map(({ path, value }) => {
          const now = typed[path] ?? value ?? '';
          const set = (next: string) => setTyped({ ...typed, [path]: next });
          return (
            <div key={path} className={styles.label}>
              <Truncated text={path} className={mergeClasses(styles.path, managerPath.test(path) && styles.besideMore)}>
                <bdi dir="ltr">{briefPath(path)}</bdi>
              </Truncated>
              {managerPath.test(path) ? (
                <ManagerField id={now} known={user.manager} self={user.id} onChange={set} />
              ) : (
                <Input
                  size="small"
                  aria-label={path}
                  value={now}
                  placeholder="not set"
                  onChange={(_, data) => set(data.value)}
                />
              )}
            </div>
          );
        })}
      </div>
    </Dialog>
  );
}

interface ManagerFieldProps {
  /** The manager's id; empty: none. */
  id: string;
  /** The record's manager, whose name is known. */
  known: MemberRef | null;
  /** The user, who is not offered. */
  self: string;
  onChange(id: string): void;
}

/** The manager, to be chosen among the users who are here, or cleared. */
function ManagerField({ id, known, self, onChange }: ManagerFieldProps) {
  const styles = useStyles();
  const [found, setFound] = useState(known);
  const search = useRef<HTMLInputElement>(null);
  const person = found?.id === id && found.name !== id ? found : null;
  return (
    <div>
      <div className={styles.manager}>
        <span className={styles.person} aria-live="polite">
          {id === '' ? (
            <span className={styles.none}>not set</span>
          ) : person === null ? (
            id
          ) : (
            <Reference person={person} />
          )}
        </span>
        {id !== '' && (
          <Button
            size="small"
            className={styles.clear}
            aria-label="Clear the manager"
            onClick={() => {
              onChange('');
              // The button goes.
              search.current?.focus();
            }}
          >
            Clear
          </Button>
        )}
      </div>
      <FindUser
        label="Choose a manager"
        field={search}
        size="small"
        except={new Set([self, id])}
        word="Choose"
        wordFor={(name) => `Choose ${name} as the manager`}
        onFound={(next) => {
          setFound(next);
          onChange(next.id);
        }}
      />
    </div>
  );
}
