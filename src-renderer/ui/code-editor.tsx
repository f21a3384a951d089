import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, keymap } from '@codemirror/view';
import { makeStyles, tokens } from '@fluentui/react-components';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { codeBase } from './code-view.tsx';
import { type JsonProblem, jsonProblem } from './json-problem.ts';

const useStyles = makeStyles({ place: { height: '100%', minWidth: 0, minHeight: 0 } });

const mark = StateEffect.define<number | null>();
const wrongLine = Decoration.line({ class: 'cm-wrong' });
const wrong = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, change) {
    let next = marks.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(mark)) continue;
      const { doc } = change.state;
      next =
        effect.value === null || effect.value > doc.lines
          ? Decoration.none
          : Decoration.set(wrongLine.range(doc.line(effect.value).from));
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const look = EditorView.theme({
  '.cm-content': { padding: '8px 0' },
  '.cm-line': { padding: '0 12px' },
  '.cm-line.cm-wrong': {
    backgroundColor: `color-mix(in srgb, ${tokens.colorStatusDangerForeground1} 10%, transparent)`,
    boxShadow: `inset 3px 0 ${tokens.colorStatusDangerForeground1}`,
  },
});

/** Typed over by Chromium itself, text keeps its looks in a style attribute, which the window's policy refuses. */
const typedOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType } = event;
    if (inputType !== 'insertText' || data === null || event.isComposing || view.state.selection.main.empty)
      return false;
    view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});

export interface EditorHandle {
  /** Puts the cursor where the text is wrong. */
  goTo(problem: JsonProblem): void;
}

interface CodeEditorProps {
  /** What stands there at first. */
  text: string;
  label: string;
  /** `problem`: where the text is no JSON; that line is marked. */
  onChange(text: string, problem: JsonProblem | null): void;
  handle?: Ref<EditorHandle>;
}

/** A text to edit as JSON. */
export default function CodeEditor({ text, label, onChange, handle }: CodeEditorProps) {
  const styles = useStyles();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const first = useRef(text);
  const changed = useRef(onChange);
  useEffect(() => {
    changed.current = onChange;
  });
  useEffect(() => {
    if (place.current === null) return;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          look,
          codeBase(),
          typedOver,
          history(),
          wrong,
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            const now = update.state.doc.toString();
            const problem = now.trim() === '' ? null : jsonProblem(now);
            // Not within this update.
            queueMicrotask(() => {
              view.current?.dispatch({ effects: mark.of(problem?.line ?? null) });
              changed.current(now, problem);
            });
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [label]);
  useImperativeHandle(handle, () => ({
    goTo({ line, column }) {
      const editor = view.current;
      if (editor === null) return;
      const at = editor.state.doc.line(Math.min(line, editor.state.doc.lines));
      editor.dispatch({ selection: { anchor: Math.min(at.from + column - 1, at.to) }, scrollIntoView: true });
      editor.focus();
    },
  }));
  return <div ref={place} className={styles.place} />;
}
