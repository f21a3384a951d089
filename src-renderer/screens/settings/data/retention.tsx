import { Button, Input, makeStyles } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { retentionLimits } from '../../../../src-main/contract/catalogue/limits.ts';
import type { CallRetention } from '../../../../src-main/contract/index.ts';
import { api, client, queryClient } from '../../../api.ts';
import { formatNumber } from '../../../ui/format.ts';
import { Problem } from '../../../ui/problem.tsx';
import { useAct } from '../../../use-act.ts';
import { SettingRow } from '../parts.tsx';

const useStyles = makeStyles({
  input: { width: '140px' },
  act: { padding: '10px 0 0' },
});

const MEGABYTE = 1_000_000;
const { calls: CALLS, days: DAYS, bytes } = retentionLimits;
const MEGABYTES = [bytes[0] / MEGABYTE, bytes[1] / MEGABYTE] as const;

type Range = readonly [least: number, most: number];

/** How many calls stay, how long, and up to which size. */
export function Retention({ stored }: { stored: CallRetention }) {
  return <Form key={JSON.stringify(stored)} stored={stored} />;
}

const text = (value: number | null) => (value === null ? '' : String(value));

/** Digits, or digits in groups of three. No full stop between them: `1.500` may be meant as one and a half. */
const WHOLE = /^(?:\d+|\d{1,3}([\s,’'])\d{3}(?:\1\d{3})*)$/;

/** A whole number within the range; null when empty; undefined when it is neither. */
function readNumber(typed: string, [least, most]: Range): number | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const value = WHOLE.test(text) ? Number(text.replaceAll(/\D/g, '')) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

const inWords = ([least, most]: Range) => `a whole number from ${formatNumber(least)} to ${formatNumber(most)}`;

function Form({ stored }: { stored: CallRetention }) {
  const styles = useStyles();
  const id = useId();
  const [calls, setCalls] = useState(text(stored.calls));
  const [days, setDays] = useState(text(stored.days));
  const [megabytes, setMegabytes] = useState(text(stored.bytes === null ? null : Math.round(stored.bytes / MEGABYTE)));
  const read = {
    calls: readNumber(calls, CALLS),
    days: readNumber(days, DAYS),
    megabytes: readNumber(megabytes, MEGABYTES),
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
      takes: inWords(CALLS),
      note: 'At least 1,000.',
    },
    {
      name: 'days',
      label: 'Days',
      value: days,
      set: setDays,
      bad: read.days === undefined,
      takes: `${inWords(DAYS)}, or nothing`,
      note: 'Empty: however old.',
    },
    {
      name: 'megabytes',
      label: 'Size, MB',
      value: megabytes,
      set: setMegabytes,
      bad: read.megabytes === undefined,
      takes: `${inWords(MEGABYTES)}, or nothing`,
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
            onChange={(_, data) => {
              set(data.value);
              save.forget();
            }}
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
