import { type Extension, type Range, StateField, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

const DEEPEST = 40;
const HANG = 2;

/** Classes instead of style attributes, which the page's policy forbids. */
const lines = Array.from({ length: DEEPEST + 1 }, (_, spaces) => ({
  words: Decoration.line({ class: `cm-hang-${spaces}` }),
  solid: Decoration.line({ class: `cm-hang-${spaces} cm-solid` }),
}));

const look = EditorView.baseTheme({
  // One long word would leave its first line empty: such a line breaks anywhere.
  '.cm-line.cm-solid': { wordBreak: 'break-all' },
  ...Object.fromEntries(
    lines.map((_, spaces) => [
      `.cm-line.cm-hang-${spaces}`,
      { paddingLeft: `calc(${spaces + HANG}ch + 2px)`, textIndent: `-${spaces + HANG}ch` },
    ]),
  ),
});

function decorate(doc: Text): DecorationSet {
  const marks: Range<Decoration>[] = [];
  for (let number = 1; number <= doc.lines; number++) {
    const { text, from } = doc.line(number);
    const words = text.trimStart();
    const line = lines[Math.min(text.length - words.length, DEEPEST)];
    if (line !== undefined) marks.push((words.includes(' ') ? line.words : line.solid).range(from));
  }
  return Decoration.set(marks);
}

/** Wrapped lines go on a little to the right of their own beginning, as people would write them. */
export const hangingIndent: Extension = [
  StateField.define<DecorationSet>({
    create: (state) => decorate(state.doc),
    update: (marks, change) => (change.docChanged ? decorate(change.newDoc) : marks),
    provide: (field) => EditorView.decorations.from(field),
  }),
  look,
];
