import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import {
  faultKinds,
  faultMinutes,
  faultTargets,
  faultTargetWords,
  faultWords,
} from '../../../src-main/contract/catalogue/faults.ts';
import type { FaultKind, FaultTarget, FaultLab as Lab } from '../../../src-main/contract/index.ts';
import { client } from '../../api.ts';
import { signal } from '../../theme/index.ts';
import { count, formatMinute, formatNumber } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useAct } from '../../use-act.ts';
import { wholeNumber } from './whole-number.ts';

const useStyles = makeStyles({
  lab: { marginTop: '14px', paddingTop: '12px', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  summary: {
    width: 'max-content',
    maxWidth: '100%',
    cursor: 'pointer',
    fontSize: '12px',
    lineHeight: '20px',
    color: tokens.colorNeutralForeground2,
    borderRadius: '4px',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
  title: {
    display: 'inline',
    margin: '0 8px 0 2px',
    fontSize: '14px',
    fontWeight: 600,
    color: tokens.colorNeutralForeground1,
  },
  form: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    columnGap: '16px',
    rowGap: '8px',
    marginTop: '8px',
  },
  kind: { width: '248px' },
  target: { width: '152px' },
  number: { width: '104px' },
  input: { width: '100%', minWidth: 0 },
  words: {
    margin: '8px 0 0',
    maxWidth: '860px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground2,
  },
  on: { display: 'flex', alignItems: 'center', gap: '8px', minHeight: '32px', marginTop: '8px' },
  state: { color: signal.practiceForeground, fontWeight: 600 },
  stop: { marginLeft: '8px' },
});

interface FaultLabProps {
  lab: Lab | null;
  /** Its form leaves the room to the results of a run, until it is asked for. */
  folded: boolean;
}

/** Faults for practice calls, to see what Entra makes of them. Real Azure never meets them: they would quarantine its job. */
export function FaultLab({ lab, folded }: FaultLabProps) {
  const styles = useStyles();
  return (
    <section className={styles.lab} aria-labelledby="fault-lab">
      <details open={lab !== null || !folded}>
        <summary className={styles.summary}>
          <h2 id="fault-lab" className={styles.title}>
            Fault lab
          </h2>
          answers practice calls wrongly on purpose
        </summary>
        {lab === null ? <Order /> : <Running lab={lab} />}
      </details>
    </section>
  );
}

function Order() {
  const styles = useStyles();
  const [kind, setKind] = useState<FaultKind>('throttled');
  const [calls, setCalls] = useState<FaultTarget>('creates');
  const [text, setText] = useState('3');
  const number = wholeNumber(text, 1, 10_000);
  const start = useAct(
    async () => {
      if (number !== null) await client.practice.startFaults.mutate({ kind, calls, count: number });
    },
    () => 'Fault lab on',
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (number !== null && !start.running) start.run();
  };
  const { what, azure } = faultWords[kind];
  return (
    <>
      <form className={styles.form} onSubmit={submit} aria-label="Fault lab">
        <Field label="Fault" className={styles.kind}>
          <Select value={kind} onChange={(_, { value }) => setKind(faultKinds.find((one) => one === value) ?? kind)}>
            {faultKinds.map((one) => (
              <option key={one} value={one}>
                {faultWords[one].name}
              </option>
            ))}
          </Select>
        </Field>
        {kind !== 'not-found' && (
          <Field label="On" className={styles.target}>
            <Select
              value={calls}
              onChange={(_, { value }) => setCalls(faultTargets.find((one) => one === value) ?? calls)}
            >
              {faultTargets.map((one) => (
                <option key={one} value={one}>
                  {faultTargetWords[one]}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Field
          label="For calls"
          className={styles.number}
          {...(number === null ? { validationMessage: '1 to 10,000', validationState: 'error' } : {})}
        >
          <Input
            className={styles.input}
            inputMode="numeric"
            value={text}
            onChange={(_, data) => setText(data.value)}
          />
        </Field>
        <Button type="submit" disabledFocusable={number === null || start.running}>
          Switch on
        </Button>
      </form>
      <p className={styles.words}>
        {what} {azure} Practice calls only; it ends by itself, after {faultMinutes} minutes at the latest.
      </p>
      <Problem words={start.problem} />
    </>
  );
}

function Running({ lab }: { lab: Lab }) {
  const styles = useStyles();
  const stop = useAct(
    () => client.practice.stopFaults.mutate(),
    () => 'Fault lab off',
  );
  const { name, what, azure } = faultWords[lab.kind];
  const on = lab.kind === 'not-found' ? '' : `, on ${faultTargetWords[lab.calls].toLowerCase()}`;
  return (
    <>
      <div className={styles.on}>
        <Mark kind="practice" label="" />
        <span className={styles.state} role="status">
          {name}
          {on}
        </span>
        <span>
          {formatNumber(lab.left)} of {count(lab.count, 'call')} left, until {formatMinute(lab.until)} at the latest
        </span>
        <Button size="small" className={styles.stop} onClick={stop.run}>
          Switch off
        </Button>
      </div>
      <p className={styles.words}>
        {what} {azure}
      </p>
      <Problem words={stop.problem} />
    </>
  );
}
