import { Input, makeStyles } from '@fluentui/react-components';
import { useId } from 'react';
import { SettingRow } from '../parts.tsx';
import type { Draft } from './choice.tsx';

const useStyles = makeStyles({ wide: { width: '100%' } });

interface OwnFieldsProps {
  draft: Draft;
  edit(change: Partial<Draft>): void;
}

/** The admin's own public address. */
export function OwnFields({ draft, edit }: OwnFieldsProps) {
  const id = useId();
  return (
    <SettingRow
      label="Public address"
      htmlFor={id}
      note="https, without a path. Have it forward /scim/v2 to this machine with the path and the Host header unchanged, and without a sign-in of its own. It is tried as soon as it is saved."
    >
      <Input
        id={id}
        value={draft.ownOrigin ?? ''}
        placeholder="https://pilot.example.com"
        spellCheck={false}
        autoComplete="off"
        className={useStyles().wide}
        onChange={(_, { value }) => edit({ ownOrigin: value })}
      />
    </SettingRow>
  );
}
