import { Tabs } from '../../ui/tabs.tsx';
import { setFeedView, useFeedView } from './view.ts';

/** Calls grouped by what they mean, or each by itself. */
export function ViewSwitch() {
  const { rows } = useFeedView();
  return (
    <Tabs
      look="switch"
      label="Rows"
      items={[
        { value: 'actions', name: 'Actions' },
        { value: 'calls', name: 'Calls' },
      ]}
      value={rows}
      onChange={(chosen) => setFeedView({ rows: chosen })}
    />
  );
}
