import { Button, Checkbox, Field, Input, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { ProfileRule, ProfileRuleState, ResourceType } from '../../../src-main/contract/index.ts';
import { client } from '../../api.ts';
import { Problem } from '../../ui/problem.tsx';
import { useAct } from '../../use-act.ts';

const useStyles = makeStyles({
  title: { margin: 0, fontSize: '12px', lineHeight: '16px', fontWeight: 400, color: tokens.colorNeutralForeground3 },
  form: { display: 'flex', flexDirection: 'column', gap: '8px', alignItems: 'flex-start' },
  required: { marginLeft: '-8px', '& label': { paddingTop: '4px', paddingBottom: '4px' } },
  number: { width: '96px' },
  values: { width: '100%' },
  acts: { display: 'flex', gap: '8px' },
});

interface RuleFormProps {
  type: ResourceType;
  path: string;
  /** The rule in force; null when ServiceOps takes any value. */
  rule: ProfileRuleState | null;
}

/** What ServiceOps demands of one attribute. A value that breaks it is refused, as ServiceOps would. */
export function RuleForm({ type, path, rule }: RuleFormProps) {
  const styles = useStyles();
  const [required, setRequired] = useState(rule?.required ?? false);
  const [length, setLength] = useState(rule?.maxLength === null ? '' : String(rule?.maxLength ?? ''));
  const [values, setValues] = useState(rule?.allowed?.join('\n') ?? '');
  const allowed = values
    .split('\n')
    .map((value) => value.trim())
    .filter((value) => value !== '');
  const next: ProfileRule = {
    resourceType: type,
    path: rule?.path ?? path,
    required,
    maxLength: length.trim() === '' ? null : Number(length),
    allowed: allowed.length === 0 ? null : allowed,
  };
  const empty = !next.required && next.maxLength === null && next.allowed === null;
  const changed =
    next.required !== (rule?.required ?? false) ||
    next.maxLength !== (rule?.maxLength ?? null) ||
    JSON.stringify(next.allowed) !== JSON.stringify(rule?.allowed ?? null);
  const save = useAct(
    async () => {
      // As they stand now: another window may have changed others meanwhile.
      const rules = await client.profile.rules.query();
      const others = rules.filter((one) => one.resourceType !== type || one.path !== next.path);
      const kept = others.map(({ inForce: _, ...one }) => one);
      await client.profile.set.mutate({ rules: empty ? kept : [...kept, next] });
    },
    () => (empty ? `${path}: any value is taken` : `${path}: the rule is in force`),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed && !save.running) save.run();
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-label={`What ServiceOps demands of ${path}`}>
      <h2 className={styles.title}>What ServiceOps demands; anything else is refused here as it would be there</h2>
      <Checkbox
        className={styles.required}
        label="Required"
        checked={required}
        onChange={(_, data) => setRequired(data.checked === true)}
      />
      <Field label="Characters at most" size="small">
        <Input
          size="small"
          className={styles.number}
          inputMode="numeric"
          value={length}
          placeholder="any"
          onChange={(_, data) => setLength(data.value.replaceAll(/\D/g, '').slice(0, 7))}
        />
      </Field>
      <Field label="Only these values, a line each" size="small" className={styles.values}>
        <Textarea
          size="small"
          rows={2}
          value={values}
          placeholder="any value"
          onChange={(_, data) => setValues(data.value)}
        />
      </Field>
      <div className={styles.acts}>
        <Button size="small" type="submit" disabledFocusable={!changed || save.running}>
          {empty && rule !== null ? 'Remove the rule' : 'Set the rule'}
        </Button>
      </div>
      <Problem words={save.problem} />
    </form>
  );
}
