import { makeStyles, tokens } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import { readJson } from '../read-json.ts';

/** CodeMirror is large and needed only here: its own chunk, read when the first body is shown. */
const CodeView = lazy(() => import('./code-view.tsx'));

const useStyles = makeStyles({
  waiting: {
    height: '100%',
    margin: 0,
    overflow: 'hidden',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '11px',
    lineHeight: '16px',
    whiteSpace: 'pre-wrap',
    color: tokens.colorNeutralForeground2,
  },
});

/** Text as pretty JSON where it is JSON that can be read, else as it stands (cut bodies are none, others nest too deep). */
export function pretty(text: string): string {
  const value = readJson(text);
  return value === undefined ? text : JSON.stringify(value, null, 2);
}

interface JsonViewProps {
  text: string;
  label: string;
  /** Lines (from 1) that stand out. */
  marked?: readonly number[];
  /** They stand out as wrong, else as odd. */
  failed?: boolean;
}

/** A JSON text to read, fold and search. The plain text stands there until the viewer is loaded. */
export function JsonView({ text, label, marked, failed = false }: JsonViewProps) {
  const styles = useStyles();
  return (
    <Suspense fallback={<pre className={styles.waiting}>{text.slice(0, 4_000)}</pre>}>
      <CodeView text={text} label={label} {...(marked === undefined ? {} : { marked })} failed={failed} />
    </Suspense>
  );
}
