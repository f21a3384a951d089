import { Button, Input, makeStyles } from '@fluentui/react-components';
import { useId, useState } from 'react';
import type { CallRetention } from '../../../../src-main/contract/index.ts';
import { api, client, queryClient } from '../../../api.ts';
import { Problem } from '../../../ui/problem.tsx';
import { useAct } from '../../../use-act.ts';
import { SettingRow } from '../parts.tsx';

const useStyles = makeStyles({
  input: { width: '140px' },
  act: { padding: '10px 0 0' },
});

const MEGABYTE = 1_000_000;
const LEAST = { calls: 1_000, days: 1, megabytes: 50 };

/** How many calls stay, how long, and up to which size. */
export function Retention({ stored }: { stored: CallRetention }) {
  return <Form key={JSON.stringify(stored)} stored={stored} />;
}

const text = (value: number | null) => (value === null ? '' : String(value));

/** A whole number of at least `least`; null when empty; undefined when it is neither. */
function readNumber(typed: string, least: number): number | null | undefined {
  const plain = typed.replaceAll(/[\s,.’']/g, '');
  if (plain === '') return null;
  return /^\d{1,12}$/.test(plain) && Number(plain) >= least ? Number(plain) : undefined;
}

function Form({ stored }: { stored: CallRetention }) {
  const styles = useStyles();
  const id = useId();
  const [calls, setCalls] = useState(text(stored.calls));
  const [days, setDays] = useState(text(stored.days));
  const [megabytes, setMegabytes] = useState(text(stored.bytes === null ? null : Math.round(stored.bytes / MEGABYTE)));
  const read = {
    calls: readNumber(calls, LEAST.calls),
    days: readNumber(days, LEAST.days),
    megabytes: readNumber(megabytes, LEAST.megabytes),
  };
  const wanted: CallRetention | null =
    read.calls == null || read.days === undefined || read.megabytes === undefined
      ? null
      : { calls: read.calls, days: read.days, bytes: read.megabytes === null ? null : read.megabytes * MEGABYTE };
  const save = useAct(
    () => client.calls.setRetention.mutate(wanted ?? stored),
    () => 'Saved; older calls go little by little',
    { onDone: () => void queryClient.invalidateQueries({ queryKey: api.calls.pathKey() }) },
  );
  const fields = [
    {
      name: 'calls',
      label: 'Newest calls',
      value: calls,
      set: setCalls,
      bad: read.calls == null,
      takes: 'a whole number of at least 1,000',
      note: 'At least 1,000.',
    },
    {
      name: 'days',
      label: 'Days',
      value: days,
      set: setDays,
      bad: read.days === undefined,
      takes: 'a whole number of at least 1, or nothing',
      note: 'Empty: however old.',
    },
    {
      name: 'megabytes',
      label: 'Size, MB',
      value: megabytes,
      set: setMegabytes,
      bad: read.megabytes === undefined,
      takes: 'a whole number of at least 50, or nothing',
      note: 'When the database grows beyond it, the oldest calls go, down to the newest 1,000. Empty: any; else at least 50.',
    },
  ];
  return (
    <>
      {fields.map(({ name, label, value, set, bad, takes, note }, index) => (
        <SettingRow
          key={name}
          label={label}
          htmlFor={id + name}
          note={bad ? null : note}
          last={index === fields.length - 1}
        >
          <Input
            id={id + name}
            className={styles.input}
            inputMode="numeric"
            value={value}
            aria-invalid={bad}
            aria-describedby={bad ? `${id}${name}-wrong` : undefined}
            onChange={(_, data) => set(data.value)}
          />
          <Problem id={`${id}${name}-wrong`} words={bad ? `This can’t be saved: it takes ${takes}.` : null} />
        </SettingRow>
      ))}
      <div className={styles.act}>
        <Button
          disabledFocusable={wanted === null || save.running || JSON.stringify(wanted) === JSON.stringify(stored)}
          onClick={save.run}
        >
          Save
        </Button>
        <Problem words={save.problem} />
      </div>
    </>
  );
}
