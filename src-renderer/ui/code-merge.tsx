import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useRef } from 'react';
import { codeBase } from './code-view.tsx';

const useStyles = makeStyles({
  place: {
    height: '100%',
    minWidth: 0,
    minHeight: 0,
    '& .cm-mergeView': { height: '100%', overflowY: 'auto' },
    '& .cm-mergeViewEditors': { minHeight: '100%' },
    '& .cm-mergeViewEditor + .cm-mergeViewEditor': { borderLeft: `1px solid ${tokens.colorNeutralStroke3}` },
    '& .cm-mergeViewEditor': { minWidth: 0, padding: '4px 0 0 8px' },
  },
});

/** What changed is told by an underline as well as by colour. */
const look = EditorView.theme({
  '&': { height: 'auto' },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': {
    backgroundColor: `color-mix(in srgb, ${tokens.colorStatusDangerForeground1} 8%, transparent)`,
  },
  '&.cm-merge-b .cm-changedLine': {
    backgroundColor: `color-mix(in srgb, ${tokens.colorStatusSuccessForeground1} 8%, transparent)`,
  },
  '&.cm-merge-a .cm-changedText': {
    background: 'none',
    textDecoration: `underline ${tokens.colorStatusDangerForeground1} 2px`,
  },
  '&.cm-merge-b .cm-changedText': {
    background: 'none',
    textDecoration: `underline ${tokens.colorStatusSuccessForeground1} 2px`,
  },
  '.cm-changeGutter': { width: '3px' },
  '&.cm-merge-a .cm-changedLineGutter': { backgroundColor: tokens.colorStatusDangerForeground1 },
  '&.cm-merge-b .cm-changedLineGutter': { backgroundColor: tokens.colorStatusSuccessForeground1 },
  '.cm-collapsedLines': {
    color: tokens.colorNeutralForeground3,
    background: tokens.colorNeutralBackground3,
    padding: '2px 8px',
  },
  // CodeMirror frames the words with a sign that no font of the window has.
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: 'none' },
});

interface CodeMergeProps {
  before: string;
  after: string;
  /** What each side is, for a screen reader. */
  labels: [before: string, after: string];
}

/** Two texts side by side, what differs marked; long runs of the same are folded. */
export default function CodeMerge({ before, after, labels: [first, second] }: CodeMergeProps) {
  const styles = useStyles();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return;
    const side = (doc: string, label: string) => ({
      doc,
      extensions: [
        look,
        codeBase(),
        EditorState.readOnly.of(true),
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
      ],
    });
    const view = new MergeView({
      a: side(before, first),
      b: side(after, second),
      parent: place.current,
      gutter: true,
      // Two equal texts are shown, not folded into one line that says nothing.
      ...(before === after ? {} : { collapseUnchanged: { margin: 4, minSize: 8 } }),
      // Two long texts that have nothing in common must not hold the window.
      diffConfig: { scanLimit: 2_000, timeout: 500 },
    });
    return () => view.destroy();
  }, [before, after, first, second]);
  return <div ref={place} className={styles.place} />;
}
