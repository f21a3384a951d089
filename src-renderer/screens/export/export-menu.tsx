import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, makeStyles } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons';
import { useMemo, useState } from 'react';
import { useCommands } from '../../commands/commands.ts';
import type { FeedQuestion } from '../../exports/collect.ts';
import { useOpenBundle } from '../bundle/use-open-bundle.tsx';
import { ExportDialog } from './export-dialog.tsx';

const useStyles = makeStyles({
  button: { height: '32px', minWidth: '32px', width: '32px', padding: 0 },
});

interface ExportMenuProps {
  /** What the feed shows. */
  question: FeedQuestion;
  /** Whether the question leaves calls out. */
  narrowed: boolean;
  /** The call the reader stands on. */
  selected: string | null;
}

/** The feed's ways out and in: calls to a file, a support bundle, a bundle to look at. */
export function ExportMenu({ question, narrowed, selected }: ExportMenuProps) {
  const styles = useStyles();
  const [asking, setAsking] = useState<'calls' | 'bundle' | null>(null);
  const bundle = useOpenBundle();
  const { choose } = bundle;
  useCommands(
    useMemo(
      () => [
        { id: 'export-calls', title: 'Export calls…', group: 'Live feed', run: () => setAsking('calls') },
        { id: 'support-bundle', title: 'Make a support bundle…', group: 'Live feed', run: () => setAsking('bundle') },
        { id: 'open-bundle', title: 'Open a support bundle…', group: 'Live feed', run: choose },
      ],
      [choose],
    ),
  );
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" className={styles.button} aria-label="Export" icon={<ArrowDownload20Regular />} />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => setAsking('calls')}>Export calls…</MenuItem>
            <MenuItem onClick={() => setAsking('bundle')}>Make a support bundle…</MenuItem>
            <MenuItem onClick={choose}>Open a support bundle…</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {bundle.parts}
      {asking !== null && (
        <ExportDialog
          kind={asking}
          question={question}
          narrowed={narrowed}
          selected={selected}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}
