import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItemCheckbox,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tooltip,
} from '@fluentui/react-components';
import { Options16Regular } from '@fluentui/react-icons';
import { useMemo } from 'react';
import { type Command, useCommands } from '../../commands/commands.ts';
import { useChoosable } from './columns.ts';
import { CHOICES, type Choice, type FeedView, setFeedView, useFeedView } from './view.ts';

const NAMES: Record<Choice, string> = { code: 'Call code', status: 'Status', calls: 'Calls', ms: 'Milliseconds' };

/** What the command palette offers of it. */
function commandsOf({ rows, density }: FeedView): Command[] {
  const group = 'Live feed';
  return [
    rows === 'actions'
      ? { id: 'feed-calls', title: 'Show plain calls', group, run: () => setFeedView({ rows: 'calls' }) }
      : { id: 'feed-actions', title: 'Show actions', group, run: () => setFeedView({ rows: 'actions' }) },
    density === 'normal'
      ? { id: 'feed-compact', title: 'Compact rows', group, run: () => setFeedView({ density: 'compact' }) }
      : { id: 'feed-normal', title: 'Normal rows', group, run: () => setFeedView({ density: 'normal' }) },
  ];
}

/** Columns and row height. */
export function ViewMenu() {
  const view = useFeedView();
  const { columns, density } = view;
  const choosable = useChoosable();
  useCommands(useMemo(() => commandsOf(view), [view]));
  return (
    <Menu
      checkedValues={{ columns: [...columns], density: [density] }}
      onCheckedValueChange={(_, { name, checkedItems }) => {
        if (name === 'columns') setFeedView({ columns: CHOICES.filter((one) => checkedItems.includes(one)) });
        else setFeedView({ density: checkedItems[0] as FeedView['density'] });
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content="Columns and row height" relationship="label" positioning="below">
          <Button appearance="subtle" size="small" icon={<Options16Regular />} />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>Columns</MenuGroupHeader>
            {choosable.map((one) => (
              <MenuItemCheckbox key={one} name="columns" value={one}>
                {NAMES[one]}
              </MenuItemCheckbox>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>Rows</MenuGroupHeader>
            <MenuItemRadio name="density" value="normal">
              Normal
            </MenuItemRadio>
            <MenuItemRadio name="density" value="compact">
              Compact
            </MenuItemRadio>
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
