import { Button, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { HandEdit, UserDetail } from '../../../../src-main/contract/index.ts';
import { client } from '../../../api.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { count } from '../../../ui/format.ts';
import { Truncated } from '../../../ui/truncated.tsx';
import { briefPath } from '../../../ui/values.ts';
import { useAct } from '../../../use-act.ts';
import { HandWarning } from './hand-warning.tsx';
import { profileOfUser } from './profile.tsx';

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
    return now === undefined || now === (value ?? '') ? [] : [{ path, value: now === '' ? null : now }];
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
        {fields.map(({ path, value }) => (
          <div key={path} className={styles.label}>
            <Truncated text={path} className={styles.path}>
              <bdi dir="ltr">{briefPath(path)}</bdi>
            </Truncated>
            <Input
              size="small"
              aria-label={path}
              value={typed[path] ?? value ?? ''}
              placeholder="not set"
              onChange={(_, data) => setTyped({ ...typed, [path]: data.value })}
            />
          </div>
        ))}
      </div>
    </Dialog>
  );
}
