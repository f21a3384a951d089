import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Kbd } from '../ui/kbd.tsx';
import { useOptionList } from '../ui/option-list.ts';
import { type Command, matching, useOffered } from './commands.ts';
import { useFound } from './use-found.ts';
import { useStored } from './use-stored.ts';

const useStyles = makeStyles({
  dialog: {
    width: 'min(600px, calc(100vw - 48px))',
    marginTop: '88px',
    marginBottom: 'auto',
    padding: 0,
    fontFamily: tokens.fontFamilyBase,
    fontSize: '14px',
    lineHeight: '20px',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: '4px',
    boxShadow: tokens.shadow16,
    outlineStyle: 'none',
    overflow: 'hidden',
    '::backdrop': { backgroundColor: tokens.colorBackgroundOverlay },
  },
  input: {
    display: 'block',
    width: '100%',
    height: '48px',
    padding: '0 20px',
    font: 'inherit',
    color: 'inherit',
    backgroundColor: 'transparent',
    border: 0,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    outlineStyle: 'none',
    '::placeholder': { color: tokens.colorNeutralForeground4 },
  },
  list: { maxHeight: '352px', margin: 0, padding: '6px 0', overflowY: 'auto' },
  option: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    height: '32px',
    padding: '0 20px',
    cursor: 'default',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
  },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Selected },
    '::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      top: 0,
      bottom: 0,
      width: '2px',
      backgroundColor: tokens.colorCompoundBrandStroke,
    },
  },
  title: { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  group: {
    flexShrink: 0,
    maxWidth: '50%',
    marginLeft: 'auto',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  none: { padding: '14px 20px 18px', color: tokens.colorNeutralForeground2 },
});

/** Everything the window can do and everyone it knows, behind one field. */
export function Palette({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const offered = useOffered();
  const stored = useStored();
  const { found, searching } = useFound(text);
  const commands = matching([...offered, ...stored], found, text);
  const list = useOptionList({ count: commands.length, rest: 'first' });

  useEffect(() => {
    const node = dialog.current;
    const before = document.activeElement;
    node?.showModal();
    return () => {
      node?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    // First: a dialog that the command opens must lie above, and the focus be its own.
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') list.down();
    else if (event.key === 'ArrowUp') list.up();
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(commands[list.chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label="Commands"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // What lies outside of it is the backdrop.
      onClick={(event) => event.target === dialog.current && onClose()}
      onKeyDown={onKeyDown}
    >
      <input
        className={styles.input}
        type="text"
        role="combobox"
        aria-label="Commands, people, groups, call codes"
        aria-expanded
        aria-controls={list.id}
        aria-activedescendant={list.chosenId}
        autoComplete="off"
        spellCheck={false}
        placeholder="A command, a person, a group, a call’s code"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          list.restart();
        }}
      />
      {/* biome-ignore-start lint/a11y/useSemanticElements: the list of a combobox; a select can't show people beside commands */}
      {/* biome-ignore-start lint/a11y/useFocusableInteractive: the focus stays in the field, which names the chosen option */}
      {/* biome-ignore-start lint/a11y/useKeyWithClickEvents: the field has the keys */}
      <div id={list.id} role="listbox" aria-label="Found" className={styles.list}>
        {commands.map((command, index) => (
          <div
            key={command.id}
            id={list.optionId(index)}
            role="option"
            aria-selected={index === list.chosen}
            className={mergeClasses(styles.option, index === list.chosen && styles.chosen)}
            onClick={() => run(command)}
          >
            <span className={styles.title}>
              <bdi>{command.title}</bdi>
            </span>
            <span className={styles.group}>
              <bdi>{command.group}</bdi>
            </span>
            {command.keys !== undefined && <Kbd>{command.keys}</Kbd>}
          </div>
        ))}
        {commands.length === 0 && (
          <div role="option" aria-selected={false} aria-disabled className={styles.none}>
            {searching ? 'Searching…' : 'Nothing here goes by that name.'}
          </div>
        )}
      </div>
      {/* biome-ignore-end lint/a11y/useKeyWithClickEvents: as above */}
      {/* biome-ignore-end lint/a11y/useFocusableInteractive: as above */}
      {/* biome-ignore-end lint/a11y/useSemanticElements: as above */}
    </dialog>
  );
}
