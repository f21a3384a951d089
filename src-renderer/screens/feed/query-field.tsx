import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Dismiss16Regular, Search16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { complete, describeQuery, type Known, parseQuery } from '../../../src-main/contract/query/index.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { useOptionList } from '../../ui/option-list.ts';
import { offerDraft, offeredDraft } from './offered-draft.ts';
import { QueryWords, unreadWords } from './query-words.tsx';

/** A filter is applied when the typing rests so long. */
const REST_MS = 200;

const useStyles = makeStyles({
  // Larger type beside an open call: the tools go below before the field is too narrow to write in.
  place: { position: 'relative', flex: '1 1 160px', minWidth: 0 },
  field: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    height: '36px',
    padding: '0 8px 0 10px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: '4px',
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground3,
    ':focus-within': {
      border: `1px solid ${tokens.colorCompoundBrandStroke}`,
      outline: `1px solid ${tokens.colorCompoundBrandStroke}`,
    },
  },
  wrong: { border: `1px solid ${tokens.colorStatusDangerForeground1}` },
  input: {
    flexGrow: 1,
    minWidth: 0,
    height: '100%',
    padding: 0,
    font: 'inherit',
    color: tokens.colorNeutralForeground1,
    backgroundColor: 'transparent',
    border: 0,
    outlineStyle: 'none',
    '::placeholder': { color: tokens.colorNeutralForeground3 },
  },
  clear: { minWidth: '24px', width: '24px', height: '24px', padding: 0 },
  panel: {
    position: 'absolute',
    top: 'calc(100% + 4px)',
    left: 0,
    zIndex: 5,
    width: 'max(100%, 440px)',
    maxWidth: 'min(640px, calc(100vw - 96px))',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: '4px',
    boxShadow: tokens.shadow16,
  },
  list: {
    maxHeight: '296px',
    margin: 0,
    padding: '4px 0',
    overflowY: 'auto',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  option: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    minHeight: '28px',
    padding: '0 12px',
    cursor: 'default',
    fontSize: '13px',
    lineHeight: '18px',
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
  label: {
    flexShrink: 0,
    minWidth: '96px',
    maxWidth: '70%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    color: tokens.colorNeutralForeground1,
  },
  says: {
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground3,
  },
});

export interface QueryFieldHandle {
  focus(): void;
  /** Adds the beginning of a condition, e.g. `user:`, and waits for the rest. */
  begin(text: string): void;
}

interface QueryFieldProps {
  /** The query that is applied. */
  query: string;
  onQuery(query: string): void;
  /** Null: what stands in the field is applied, or will be. Else it can't be read: why, or '' while it is written at. */
  onUnread(why: string | null): void;
  /** What to complete with; asked for while the field is in use. */
  known(): Known;
  handle: Ref<QueryFieldHandle>;
}

/**
 * Where the feed's query is typed: what may come next is offered, what it means is said in words, and one that can't be read says
 * where and leaves the list as it was.
 */
export function QueryField({ query, onQuery, onUnread, known, handle }: QueryFieldProps) {
  const styles = useStyles();
  const ids = useId();
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(() => offeredDraft() ?? query);
  const [applied, setApplied] = useState(query);
  const [caret, setCaret] = useState(query.length);
  const [open, setOpen] = useState(false);
  // Chips, saved filters and links change the query from outside.
  if (applied !== query) {
    setApplied(query);
    setDraft(query);
  }

  const read = parseQuery(draft);
  const readable = read.ok;
  useEffect(() => {
    if (!readable || draft.trim() === query) return;
    const timer = setTimeout(() => {
      setApplied(draft.trim());
      onQuery(draft.trim());
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [draft, query, readable, onQuery]);

  useEffect(() => offerDraft(null), []);
  const unread = read.ok ? null : open ? '' : unreadWords(read.problem, draft);
  useEffect(() => {
    onUnread(unread);
    return () => onUnread(null);
  }, [unread, onUnread]);

  const { from, to, options } = open ? complete(draft, caret, known()) : { from: 0, to: 0, options: [] };
  const list = useOptionList({ count: options.length, rest: 'none' });
  const { chosen } = list;

  /** The caret goes where the next letter belongs, once the text is there. */
  const place = useRef<number | null>(null);
  useEffect(() => {
    if (place.current === null) return;
    input.current?.setSelectionRange(place.current, place.current);
    place.current = null;
  });
  const write = (text: string, caretAt: number) => {
    setDraft(text);
    setCaret(caretAt);
    list.restart();
    setOpen(true);
    place.current = caretAt;
  };
  const take = (index: number) => {
    const option = options[index];
    if (option === undefined) return;
    const rest = draft.slice(to);
    const insert = rest.startsWith(' ') ? option.insert.trimEnd() : option.insert;
    write(draft.slice(0, from) + insert + rest, from + insert.length - option.back);
  };
  const leave = () => {
    setOpen(false);
    list.restart();
    if (!readable) setDraft(query);
    input.current?.blur();
  };
  const applyNow = () => {
    if (!readable || draft.trim() === query) return;
    setApplied(draft.trim());
    onQuery(draft.trim());
  };
  const apply = () => {
    if (readable) setOpen(false);
    applyNow();
  };
  useImperativeHandle(handle, () => ({
    focus: () => input.current?.focus(),
    begin(text) {
      const start = draft.trim() === '' ? '' : `${draft.trimEnd()} `;
      input.current?.focus();
      write(start + text, start.length + text.length);
    },
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' && !open) setOpen(true);
    else if (event.key === 'ArrowDown') list.down();
    else if (event.key === 'ArrowUp') list.up();
    else if (event.key === 'Enter' && chosen >= 0) take(chosen);
    else if (event.key === 'Tab' && chosen >= 0 && !event.shiftKey) take(chosen);
    else if (event.key === 'Enter') apply();
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.place}>
      <div className={mergeClasses(styles.field, !readable && !open && styles.wrong)}>
        <Search16Regular aria-hidden />
        <input
          ref={input}
          className={styles.input}
          type="text"
          role="combobox"
          aria-label="Filter"
          aria-autocomplete="list"
          aria-expanded={open && options.length > 0}
          aria-controls={open && options.length > 0 ? list.id : undefined}
          aria-activedescendant={list.chosenId}
          aria-describedby={open ? `${ids}-words` : undefined}
          aria-invalid={!readable}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="Filter: failed, user:ada, status:404, body:&quot;department&quot;"
          value={draft}
          onFocus={() => setOpen(true)}
          onBlur={() => {
            setOpen(false);
            // Whatever is pressed next acts on what stands here.
            applyNow();
          }}
          onChange={(event) => {
            setDraft(event.target.value);
            setCaret(event.target.selectionStart ?? event.target.value.length);
            list.restart();
            setOpen(true);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? draft.length)}
          onKeyDown={onKeyDown}
        />
        {draft === '' ? (
          !open && <Kbd>/</Kbd>
        ) : (
          <Button
            appearance="subtle"
            size="small"
            className={styles.clear}
            icon={<Dismiss16Regular />}
            aria-label="Clear the filter"
            onClick={() => {
              setDraft('');
              onQuery('');
            }}
          />
        )}
      </div>
      {open && (
        // A press in it leaves the caret in the field.
        // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the focus where it is
        <div className={styles.panel} onMouseDown={(event) => event.preventDefault()}>
          <QueryWords id={`${ids}-words`} text={draft} read={read} words={read.ok ? describeQuery(read.query) : ''} />
          {/* biome-ignore-start lint/a11y/useSemanticElements: the list of a combobox; a select can't show what an option means */}
          {/* biome-ignore-start lint/a11y/useFocusableInteractive: the focus stays in the field, which names the chosen option */}
          {/* biome-ignore-start lint/a11y/useKeyWithClickEvents: the field has the keys */}
          {options.length > 0 && (
            <div id={list.id} role="listbox" aria-label="What may come next" className={styles.list}>
              {options.map((option, index) => (
                <div
                  key={option.label}
                  id={list.optionId(index)}
                  role="option"
                  aria-selected={index === chosen}
                  className={mergeClasses(styles.option, index === chosen && styles.chosen)}
                  onClick={() => take(index)}
                >
                  <bdi className={styles.label}>{option.label}</bdi>
                  <span className={styles.says}>{option.says}</span>
                </div>
              ))}
            </div>
          )}
          {/* biome-ignore-end lint/a11y/useKeyWithClickEvents: as above */}
          {/* biome-ignore-end lint/a11y/useFocusableInteractive: as above */}
          {/* biome-ignore-end lint/a11y/useSemanticElements: as above */}
        </div>
      )}
    </div>
  );
}
