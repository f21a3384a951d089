import { Button, makeStyles, Textarea } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { TenantAdmin } from '../../../src-main/contract/index.ts';
import { api, client, queryClient } from '../../api.ts';
import { count } from '../../ui/format.ts';
import { Problem } from '../../ui/problem.tsx';
import { useAct } from '../../use-act.ts';
import { PaneHead, Part, SettingRow } from './parts.tsx';

const useStyles = makeStyles({ wide: { width: '100%' }, act: { marginTop: '8px' } });

/** ServiceOps' own administrators: SCIM neither sees nor touches them. */
export function TenantAdminsPane() {
  const { data: admins } = useQuery(api.tenantAdmins.list.queryOptions());
  return (
    <>
      <PaneHead title="ServiceOps tenant admins">
        ServiceOps excludes its tenant admin accounts from provisioning: Azure can neither create nor change them.
      </PaneHead>
      {admins !== undefined && <Names admins={admins} />}
    </>
  );
}

function Names({ admins }: { admins: readonly TenantAdmin[] }) {
  const styles = useStyles();
  const id = useId();
  const before = admins.map(({ userName }) => userName).join('\n');
  const [typed, setTyped] = useState(before);
  const userNames = typed
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const hidden = admins.filter((admin) => admin.hidden !== null);
  const save = useAct(
    () => client.tenantAdmins.set.mutate({ userNames }),
    () => `${count(userNames.length, 'tenant admin')} kept out of provisioning`,
    { onDone: () => void queryClient.invalidateQueries({ queryKey: api.tenantAdmins.pathKey() }) },
  );
  return (
    <Part>
      <SettingRow
        last
        label="userNames"
        htmlFor={id}
        note={
          hidden.length === 0
            ? 'One on each line, as ServiceOps has them. A create with one of these names is answered 409, and the call says why.'
            : `${count(hidden.length, 'of them')} came by SCIM before and is hidden from Azure: ${hidden.map(({ userName }) => userName).join(', ')}. Taken off the list, they come back.`
        }
      >
        <Textarea
          id={id}
          rows={5}
          className={styles.wide}
          value={typed}
          placeholder="admin@serviceops.example"
          onChange={(_, data) => setTyped(data.value)}
        />
        <Button
          className={styles.act}
          disabledFocusable={userNames.join('\n') === before || save.running}
          onClick={save.run}
        >
          Save
        </Button>
        <Problem words={save.problem} />
      </SettingRow>
    </Part>
  );
}
