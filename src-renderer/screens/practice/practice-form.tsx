import { Button, Field, Link as FluentLink, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { Play16Regular, Stop16Regular } from '@fluentui/react-icons';
import { type FormEvent, useId, useState } from 'react';
import type { PracticeOptions, PracticeRun } from '../../../src-main/contract/index.ts';
import { api, client, queryClient } from '../../api.ts';
import { Problem } from '../../ui/problem.tsx';
import { useAct } from '../../use-act.ts';
import { wholeNumber } from './whole-number.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', columnGap: '16px', rowGap: '8px' },
  number: { width: '104px' },
  forms: { width: '248px' },
  input: { width: '100%', minWidth: 0 },
  buttons: { display: 'flex', gap: '8px' },
  hint: { margin: '8px 0 0', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground2 },
  other: { fontSize: 'inherit', lineHeight: 'inherit' },
});

const FORMS = { plain: 'As with the plain Tenant URL', compliant: 'As with ?aadOptscim062020' };

const SEEDS = 2 ** 32;
const anotherSeed = ({ options }: PracticeRun) => String((options.seed + 1) % SEEDS);

const USUAL: PracticeOptions = { users: 20, groups: 3, seed: 1, compliant: false };

/** What is to be played, and the buttons that begin and end it. */
export function PracticeForm({ run }: { run: PracticeRun | null }) {
  const styles = useStyles();
  const before = run?.activity === null ? run.options : USUAL;
  const [users, setUsers] = useState(String(before.users));
  const [groups, setGroups] = useState(String(before.groups));
  const seedHint = useId();
  const [seed, setSeed] = useState(String(before.seed));
  const [compliant, setCompliant] = useState(before.compliant);
  const chosen = {
    users: wholeNumber(users, 1, 10_000),
    groups: wholeNumber(groups, 0, 500),
    seed: wholeNumber(seed, 0, 2 ** 32 - 1),
  };
  const running = run?.running === true;
  const reread = () => void queryClient.invalidateQueries({ queryKey: api.practice.run.queryKey() });
  const start = useAct(
    async () => {
      const { users, groups, seed } = chosen;
      if (users !== null && groups !== null && seed !== null) {
        await client.practice.start.mutate({ users, groups, seed, compliant });
      }
    },
    () => 'Practice run begun',
    { onDone: reread },
  );
  const stop = useAct(
    () => client.practice.stop.mutate(),
    () => 'Practice run stopped',
    { onDone: reread },
  );
  const again = !running && run !== null && run.activity === null && run.options.seed === chosen.seed;
  const sound = chosen.users !== null && chosen.groups !== null && chosen.seed !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sound && !running && !start.running) start.run();
  };
  const wrong = (value: number | null, words: string) =>
    value === null ? ({ validationMessage: words, validationState: 'error' } as const) : {};
  return (
    <form onSubmit={submit} aria-label="Practice run">
      <div className={styles.form}>
        <Field label="People" className={styles.number} {...wrong(chosen.users, '1 to 10,000')}>
          <Input
            className={styles.input}
            inputMode="numeric"
            value={users}
            onChange={(_, data) => setUsers(data.value)}
          />
        </Field>
        <Field label="Groups" className={styles.number} {...wrong(chosen.groups, '0 to 500')}>
          <Input
            className={styles.input}
            inputMode="numeric"
            value={groups}
            onChange={(_, data) => setGroups(data.value)}
          />
        </Field>
        <Field label="Seed" className={styles.number} {...wrong(chosen.seed, 'a whole number')}>
          <Input
            className={styles.input}
            inputMode="numeric"
            aria-describedby={seedHint}
            value={seed}
            onChange={(_, data) => setSeed(data.value)}
          />
        </Field>
        <Field label="PATCH forms" className={styles.forms}>
          <Select
            value={compliant ? 'compliant' : 'plain'}
            onChange={(_, data) => setCompliant(data.value === 'compliant')}
          >
            <option value="plain">{FORMS.plain}</option>
            <option value="compliant">{FORMS.compliant}</option>
          </Select>
        </Field>
        <div className={styles.buttons}>
          <Button
            type="submit"
            appearance="primary"
            icon={<Play16Regular />}
            disabledFocusable={!sound || running || start.running}
          >
            Run
          </Button>
          {running && (
            <Button icon={<Stop16Regular />} onClick={stop.run}>
              Stop
            </Button>
          )}
        </div>
      </div>
      {again ? (
        <p id={seedHint} className={styles.hint}>
          Seed {run.options.seed} was played already and means the same people: those who are here are found, not
          created, and sent again only where they differ.{' '}
          <FluentLink as="button" type="button" className={styles.other} onClick={() => setSeed(anotherSeed(run))}>
            Take other people
          </FluentLink>
        </p>
      ) : (
        <p id={seedHint} className={styles.hint}>
          The same seed gives the same people and the same calls again; another one gives others.
        </p>
      )}
      <Problem words={start.problem ?? stop.problem} />
    </form>
  );
}
