import { makeStyles, Switch } from '@fluentui/react-components';
import { useId, useState } from 'react';
import type { Appearance } from '../../../src-main/contract/index.ts';
import { client } from '../../api.ts';
import { useAppearance } from '../../appearance.ts';
import { Problem } from '../../ui/problem.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { PaneHead, Part, SettingRow } from './parts.tsx';

const useStyles = makeStyles({ switch: { marginLeft: '-8px' } });

/** How the window looks, in every pilot. */
export function AppearancePane() {
  const styles = useStyles();
  const look = useAppearance();
  const presenter = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const set = (change: Partial<Appearance>) => {
    setProblem(null);
    client.host.setAppearance.mutate({ ...look, ...change }).catch((error: Error) => setProblem(problemOf(error)));
  };
  return (
    <>
      <PaneHead title="Appearance">For every window and every pilot of this computer.</PaneHead>
      <Part name="Looks">
        <SettingRow label="Theme">
          <Tabs
            look="switch"
            label="Theme"
            value={look.theme}
            onChange={(theme) => set({ theme })}
            items={[
              { value: 'system', name: 'As the system' },
              { value: 'light', name: 'Light' },
              { value: 'dark', name: 'Dark' },
            ]}
          />
        </SettingRow>
        <SettingRow label="Rows" note="Of the lists in Live feed and Directory.">
          <Tabs
            look="switch"
            label="Rows"
            value={look.density}
            onChange={(density) => set({ density })}
            items={[
              { value: 'normal', name: 'Normal' },
              { value: 'compact', name: 'Compact' },
            ]}
          />
        </SettingRow>
        <SettingRow
          last
          label="Portal labels"
          note="What the guide begins with: today’s Microsoft Entra admin center, or the older Azure AD words of the ServiceOps guide."
        >
          <Tabs
            look="switch"
            label="Portal labels"
            value={look.labels}
            onChange={(labels) => set({ labels })}
            items={[
              { value: 'today', name: 'Today’s labels' },
              { value: 'older', name: 'Azure AD labels' },
            ]}
          />
        </SettingRow>
      </Part>
      <Part name="Presenting">
        <SettingRow
          last
          label="Presenter mode"
          htmlFor={presenter}
          note="For a shared screen: type a fifth larger, and no Secret Token can be shown. Copying still works."
        >
          <Switch
            className={styles.switch}
            id={presenter}
            checked={look.presenter}
            onChange={(_, data) => set({ presenter: data.checked })}
          />
        </SettingRow>
      </Part>
      <Part>
        <Problem words={problem} />
      </Part>
    </>
  );
}
