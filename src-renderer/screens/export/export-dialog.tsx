import {
  Button,
  Field,
  makeStyles,
  ProgressBar,
  Radio,
  RadioGroup,
  Switch,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { FeedQuestion } from '../../exports/collect.ts';
import { exportFormats } from '../../exports/formats.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { count, formatBytes, formatNumber } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { Problem } from '../../ui/problem.tsx';
import { RedactionPreview } from './redaction-preview.tsx';
import { lookThrough, useExport } from './run-export.ts';

const useStyles = makeStyles({
  part: { padding: '0 0 12px' },
  lead: { margin: '0 0 12px', color: tokens.colorNeutralForeground2 },
  small: { margin: 0, fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  warning: {
    display: 'flex',
    gap: '8px',
    margin: '0 0 12px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorStatusWarningForeground1,
  },
  switch: { marginLeft: '-8px' },
  preview: {
    padding: '10px 12px',
    margin: '0 0 12px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '4px',
  },
  format: { display: 'flex', gap: '6px', alignItems: 'baseline' },
  progress: { display: 'flex', flexDirection: 'column', gap: '6px', padding: '0 0 8px' },
  done: { display: 'flex', gap: '8px', alignItems: 'center', margin: 0 },
});

interface ExportDialogProps {
  /** What is written: the calls in a format to choose, or a bundle for a colleague. */
  kind: 'calls' | 'bundle';
  /** What the feed shows; null: every call that is kept. */
  question: FeedQuestion | null;
  /** Whether the question leaves anything out. */
  narrowed: boolean;
  /** The call in hand. */
  selected: string | null;
  onClose(): void;
}

const everything: FeedQuestion = { query: '' };

/** Writes calls to a file, without personal data unless the admin leaves it in. */
export function ExportDialog({ kind, question, narrowed, selected, onClose }: ExportDialogProps) {
  const styles = useStyles();
  const [which, setWhich] = useState<'shown' | 'all' | 'one'>(narrowed ? 'shown' : 'all');
  const [formatId, setFormat] = useState<string>('ndjson');
  const [names, setNames] = useState(false);
  const [looking, setLooking] = useState(kind === 'bundle');
  const [note, setNote] = useState('');
  const [looked, setLooked] = useState(0);
  const { state, problem, done, start, cancel } = useExport();
  const run = useId();
  const wanted =
    which === 'one' && selected !== null
      ? { codes: [selected] }
      : { question: which === 'shown' && question !== null ? question : everything };
  const preview = useQuery({
    queryKey: ['redaction preview', run, wanted],
    queryFn: ({ signal }) => lookThrough(wanted, setLooked, signal),
    enabled: looking && !names && state === null && done === null,
    gcTime: 0,
    retry: false,
  });
  const format = kind === 'bundle' ? null : (exportFormats.find(({ id }) => id === formatId) ?? null);
  const busy = state !== null;
  const save = () => void start({ wanted, format, redacted: !names, note: note.trim() });
  return (
    <Dialog
      title={kind === 'bundle' ? 'Support bundle' : 'Export calls'}
      onClose={onClose}
      problem={problem}
      foot={
        busy ? (
          <Button onClick={cancel}>Stop</Button>
        ) : (
          <>
            <Button onClick={onClose}>{done === null ? 'Cancel' : 'Close'}</Button>
            {done === null && (
              <Button appearance="primary" onClick={save}>
                {names ? 'Save with names' : 'Save redacted'}
              </Button>
            )}
          </>
        )
      }
    >
      {busy ? (
        <div className={styles.progress} role="status">
          <ProgressBar aria-label="Export" />
          <p className={styles.small}>
            {state.doing === 'looking'
              ? `Looking for people in ${count(state.calls, 'call')}…`
              : `${count(state.calls, 'call')} written…`}
          </p>
        </div>
      ) : done !== null ? (
        <p className={styles.done} role="status">
          <Mark kind="ok" label="" />
          {done.name}: {count(done.calls, 'call')}, {formatBytes(done.bytes)}.
        </p>
      ) : (
        <>
          {kind === 'bundle' && (
            <p className={styles.lead}>
              One zip file for a colleague or for support: the calls with their explanations, settings without secrets,
              versions and counts. SCIM Pilot opens it to look at.
            </p>
          )}
          {(narrowed || selected !== null) && (
            <Field label="Calls" className={styles.part}>
              <RadioGroup value={which} onChange={(_, data) => setWhich(data.value as typeof which)}>
                <Radio value="all" label="Every call that is kept" />
                {narrowed && question !== null && <Radio value="shown" label="What the feed shows" />}
                {selected !== null && <Radio value="one" label={`Call ${selected} alone`} />}
              </RadioGroup>
            </Field>
          )}
          {kind === 'calls' && (
            <Field label="Format" className={styles.part}>
              <RadioGroup value={formatId} onChange={(_, data) => setFormat(data.value)}>
                {exportFormats.map(({ id, name, use }) => (
                  <Radio
                    key={id}
                    value={id}
                    label={
                      <span className={styles.format}>
                        {name} <span className={styles.small}>{use}</span>
                      </span>
                    }
                  />
                ))}
              </RadioGroup>
            </Field>
          )}
          <Switch
            className={styles.switch}
            label="Leave names and other personal data in"
            checked={names}
            onChange={(_, data) => setNames(data.checked)}
          />
          {names ? (
            <p className={styles.warning}>
              <Mark kind="odd" label="" />
              The file will hold all that Azure sent of people. The Secret Token and passwords are never in it.
            </p>
          ) : (
            <section className={styles.preview} aria-label="What is taken out">
              {!looking ? (
                <Button size="small" onClick={() => setLooking(true)}>
                  Show what is taken out
                </Button>
              ) : preview.data !== undefined ? (
                <RedactionPreview tally={preview.data} />
              ) : preview.isError ? (
                <Problem words="The calls could not be read. Try again in a moment." />
              ) : (
                <p className={styles.small} role="status">
                  Looking through the calls… {looked > 0 && formatNumber(looked)}
                </p>
              )}
            </section>
          )}
          {kind === 'bundle' && (
            <Field label="What is the trouble? (goes into the bundle as it is written)" className={styles.part}>
              <Textarea value={note} maxLength={4_000} rows={2} onChange={(_, data) => setNote(data.value)} />
            </Field>
          )}
        </>
      )}
    </Dialog>
  );
}
