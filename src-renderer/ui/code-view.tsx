import { json } from '@codemirror/lang-json';
import { codeFolding, foldGutter, foldKeymap, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, type Range, type Text } from '@codemirror/state';
import { Decoration, drawSelection, EditorView, keymap } from '@codemirror/view';
import { makeStyles, tokens } from '@fluentui/react-components';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import { signal, styleNonce } from '../theme/index.ts';
import { hangingIndent } from './hanging-indent.ts';

const useStyles = makeStyles({
  place: { height: '100%', minWidth: 0, minHeight: 0 },
});

/** Colours come from the theme's variables, so that light, dark and a change between them need no new editor. */
export const codeLook = EditorView.theme({
  '&': {
    height: '100%',
    fontSize: '11px',
    color: tokens.colorNeutralForeground2,
    backgroundColor: 'transparent',
  },
  '&.cm-focused': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: tokens.fontFamilyMonospace, lineHeight: '16px' },
  '.cm-content': { padding: '0 0 8px', caretColor: tokens.colorNeutralForeground1 },
  '.cm-line': { padding: '0 8px 0 2px' },
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: tokens.colorNeutralForeground4 },
  '.cm-foldGutter .cm-gutterElement': { padding: '0 2px', width: '14px', cursor: 'pointer' },
  '.cm-foldPlaceholder': {
    backgroundColor: tokens.colorNeutralBackground3,
    border: 'none',
    color: tokens.colorNeutralForeground3,
    padding: '0 4px',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: `color-mix(in srgb, ${tokens.colorCompoundBrandStroke} 25%, transparent)`,
  },
  '.cm-marked-failed': { backgroundColor: signal.tintFail, color: tokens.colorStatusDangerForeground1 },
  '.cm-marked-failed *': { color: 'inherit' },
  '.cm-marked-odd': { backgroundColor: signal.tintWarn },
  '.cm-searchMatch': { backgroundColor: `color-mix(in srgb, ${signal.signalWarn} 35%, transparent)` },
  '.cm-searchMatch-selected': { backgroundColor: `color-mix(in srgb, ${signal.signalWarn} 65%, transparent)` },
  '.cm-panels': { backgroundColor: tokens.colorNeutralBackground2, color: tokens.colorNeutralForeground1 },
  '.cm-panels.cm-panels-bottom': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  '.cm-textfield': {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: '4px',
    color: tokens.colorNeutralForeground1,
  },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: '4px',
    color: tokens.colorNeutralForeground1,
  },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: tokens.colorNeutralForeground3 },
  { tag: [tags.string, tags.number, tags.bool], color: tokens.colorNeutralForeground1 },
  { tag: tags.null, color: tokens.colorNeutralForeground4 },
  { tag: [tags.punctuation, tags.brace, tags.squareBracket, tags.separator], color: tokens.colorNeutralForeground4 },
]);

/** What every view of code shares: the page's policy, colours, wrapping. */
export function codeBase(): Extension {
  const nonce = styleNonce();
  return [
    nonce === undefined ? [] : EditorView.cspNonce.of(nonce),
    EditorView.lineWrapping,
    json(),
    drawSelection(),
    syntaxHighlighting(colours),
    codeLook,
  ];
}

/** Code to be read, searched and folded. */
export function readingCode(label: string): Extension {
  return [
    codeBase(),
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
    hangingIndent,
    codeFolding(),
    foldGutter({ openText: '⌄', closedText: '›' }),
    search({ top: false }),
    highlightSelectionMatches(),
    keymap.of([...searchKeymap, ...foldKeymap]),
  ];
}

const unmarked: readonly number[] = [];

/** Lines (from 1) on a tint. */
function marks(doc: Text, lines: readonly number[], failed: boolean): Extension {
  const line = Decoration.line({ class: failed ? 'cm-marked-failed' : 'cm-marked-odd' });
  const ranges: Range<Decoration>[] = [];
  for (const number of lines) if (number <= doc.lines) ranges.push(line.range(doc.line(number).from));
  return EditorView.decorations.of(Decoration.set(ranges, true));
}

interface CodeViewProps {
  text: string;
  label: string;
  /** Lines (from 1) that stand out; the first is scrolled to. */
  marked?: readonly number[];
  /** They stand out as wrong, else as odd. */
  failed?: boolean;
}

/** CodeMirror, read-only. Renders text only, so nothing in a payload can become markup. */
export default function CodeView({ text, label, marked = unmarked, failed = false }: CodeViewProps) {
  const styles = useStyles();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  useEffect(() => {
    if (place.current === null) return;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({ extensions: readingCode(label) }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [label]);
  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    const plain = EditorState.create({ doc: text });
    editor.setState(
      EditorState.create({ doc: plain.doc, extensions: [readingCode(label), marks(plain.doc, marked, failed)] }),
    );
    const [first] = marked;
    if (first === undefined || first > plain.doc.lines) return;
    // The viewer alone is scrolled: CodeMirror's own way would move the pane around it too.
    const { from } = plain.doc.line(first);
    editor.requestMeasure({
      read: ({ scrollDOM }) => editor.lineBlockAt(from).top - scrollDOM.clientHeight / 2,
      write: (top, { scrollDOM }) => {
        scrollDOM.scrollTop = Math.max(0, top);
      },
    });
  }, [text, label, marked, failed]);
  return <div ref={place} className={styles.place} />;
}
