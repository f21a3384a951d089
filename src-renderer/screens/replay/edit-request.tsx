import { Field, Input, Link, makeStyles, Select, Textarea, tokens } from '@fluentui/react-components';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { ReplayRequest } from '../../../src-main/contract/index.ts';
import { signal } from '../../theme/index.ts';
import type { EditorHandle } from '../../ui/code-editor.tsx';
import type { JsonProblem } from '../../ui/json-problem.ts';
import { pretty } from '../../ui/json-view.tsx';

const CodeEditor = lazy(() => import('../../ui/code-editor.tsx'));

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0, height: '100%', overflowY: 'auto' },
  fields: { display: 'flex', flexDirection: 'column', gap: '8px', padding: '12px 16px' },
  first: { display: 'grid', gridTemplateColumns: '108px minmax(0, 1fr)', gap: '8px' },
  input: { width: '100%', minWidth: 0 },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px' },
  body: { flexGrow: 1, minHeight: '180px', display: 'flex', flexDirection: 'column' },
  bodyHead: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '4px 16px',
    minHeight: '28px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  wrong: { color: tokens.colorStatusDangerForeground1 },
  place: { fontSize: 'inherit', lineHeight: 'inherit' },
  editor: {
    flexGrow: 1,
    flexBasis: 0,
    minHeight: 0,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    backgroundColor: signal.scopeBackground,
  },
});

/** `Name: value` a line; null where a line is no header. */
export function readHeaders(text: string): [string, string][] | null {
  const headers: [string, string][] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const at = line.indexOf(':');
    if (at < 1) return null;
    headers.push([line.slice(0, at).trim(), line.slice(at + 1).trim()]);
  }
  return headers;
}

interface EditRequestProps {
  /** What is edited at first. */
  request: ReplayRequest;
  /** Null while it is no request. A body that is no JSON may be sent: the answer tells what comes of it. */
  onChange(request: ReplayRequest | null): void;
}

/** The request as a form: method, path with query, headers, JSON body. */
export function EditRequest({ request, onChange }: EditRequestProps) {
  const styles = useStyles();
  const [method, setMethod] = useState(request.method);
  const [target, setTarget] = useState(request.target);
  const [headers, setHeaders] = useState(request.headers.map(([name, value]) => `${name}: ${value}`).join('\n'));
  const first = useMemo(() => (request.body === null ? '' : pretty(request.body)), [request.body]);
  const body = useRef(first);
  const [problem, setProblem] = useState<JsonProblem | null>(null);
  const editor = useRef<EditorHandle>(null);
  const sound = target.startsWith('/') && !/\s/.test(target);
  const read = readHeaders(headers);

  const tell = (change: { method?: string; target?: string; headers?: string }) => {
    const next = { method, target, headers, ...change };
    const list = readHeaders(next.headers);
    const whole = next.target.startsWith('/') && !/\s/.test(next.target) && list !== null;
    const text = body.current;
    onChange(whole ? { ...next, headers: list, body: text.trim() === '' ? null : text } : null);
  };
  const methods = METHODS.includes(request.method) ? METHODS : [...METHODS, request.method];
  return (
    <form className={styles.form} aria-label="Request" onSubmit={(event) => event.preventDefault()}>
      <div className={styles.fields}>
        <div className={styles.first}>
          <Field label="Method">
            <Select
              value={method}
              onChange={(_, data) => {
                setMethod(data.value);
                tell({ method: data.value });
              }}
            >
              {methods.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Select>
          </Field>
          <Field
            label="Path and query"
            {...(sound
              ? {}
              : {
                  validationState: 'error',
                  validationMessage: 'Begins with a slash and holds no spaces: write %20 for one.',
                })}
          >
            <Input
              className={styles.input}
              input={{ className: styles.mono, spellCheck: false }}
              value={target}
              onChange={(_, data) => {
                setTarget(data.value);
                tell({ target: data.value });
              }}
            />
          </Field>
        </div>
        <Field
          label="Headers, one a line"
          {...(read === null ? { validationState: 'error', validationMessage: 'A line must read “Name: value”.' } : {})}
        >
          <Textarea
            textarea={{ className: styles.mono, rows: 4, spellCheck: false }}
            value={headers}
            onChange={(_, data) => {
              setHeaders(data.value);
              tell({ headers: data.value });
            }}
          />
        </Field>
      </div>
      <div className={styles.body}>
        <div className={styles.bodyHead}>
          <span>Body</span>
          <span className={styles.wrong} role="status">
            {problem !== null && (
              <>
                Not JSON: {problem.words},{' '}
                <Link as="button" inline className={styles.place} onClick={() => editor.current?.goTo(problem)}>
                  line {problem.line}, column {problem.column}
                </Link>
              </>
            )}
          </span>
        </div>
        <div className={styles.editor}>
          <Suspense fallback={null}>
            <CodeEditor
              handle={editor}
              text={first}
              label="Body"
              onChange={(text, wrong) => {
                body.current = text;
                setProblem(wrong);
                tell({});
              }}
            />
          </Suspense>
        </div>
      </div>
    </form>
  );
}
