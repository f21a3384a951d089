import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CustomField, FieldType, SettledValues, UnmappedAttribute } from '../../../src-main/contract/index.ts';
import { client } from '../../api.ts';
import { DangerButton } from '../../ui/danger-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { count, formatNumber } from '../../ui/format.ts';
import { inLine } from '../../ui/values.ts';
import { useAct } from '../../use-act.ts';
import { typeOfValue } from './lines.ts';

const useStyles = makeStyles({
  paragraph: { margin: '0 0 12px', color: tokens.colorNeutralForeground2 },
  fields: { display: 'flex', flexDirection: 'column', gap: '12px', paddingBottom: '4px' },
  mono: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
});

const TYPES: readonly FieldType[] = ['String', 'Integer', 'Boolean', 'DateTime'];
const isType = (value: string): value is FieldType => TYPES.some((type) => type === value);

/** What became of values that were there before the field: "12 values taken in, 2 of them not an Integer". */
function settled({ values, wrong }: SettledValues): string {
  if (values === 0) return '';
  return `; ${count(values, 'value')} taken in${wrong > 0 ? `, ${formatNumber(wrong)} of another type` : ''}`;
}

/** Defines a custom field; of an attribute that Azure sends already, when there is one. */
export function NewFieldDialog({ unmapped, onClose }: { unmapped: UnmappedAttribute | null; onClose(): void }) {
  const styles = useStyles();
  const [label, setLabel] = useState('');
  const [attribute, setAttribute] = useState('');
  const [type, setType] = useState<FieldType>(unmapped === null ? 'String' : typeOfValue(unmapped.example));
  const make = useAct(
    () =>
      unmapped === null
        ? client.attributes.define.mutate({ label, type, attribute: attribute.trim() === '' ? null : attribute })
        : client.attributes.defineFromUnmapped.mutate({ path: unmapped.path, label, type }),
    ({ field, stored }) => `Custom field ${field.label} defined${settled(stored)}`,
    { onDone: onClose },
  );
  const example = unmapped === null ? null : inLine(unmapped.example);
  const ready = label.trim() !== '' && !make.running;
  return (
    <Dialog
      title={unmapped === null ? 'New custom field' : 'Make a field'}
      onClose={onClose}
      problem={make.problem}
      onEnter={() => ready && make.run()}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button appearance="primary" disabledFocusable={!ready} onClick={make.run}>
            Define the field
          </Button>
        </>
      }
    >
      {unmapped !== null && (
        <p className={styles.paragraph}>
          <span className={styles.mono}>{unmapped.path}</span> has a value on {count(unmapped.records, 'user')}
          {example === null ? '' : `, for example ${example}`}. The values become the field’s.
        </p>
      )}
      <div className={styles.fields}>
        <Field label="Name in ServiceOps">
          <Input value={label} placeholder="Cost centre" maxLength={200} onChange={(_, data) => setLabel(data.value)} />
        </Field>
        <Field label="Type" hint="As ServiceOps has it. A value of another type is refused, and the call says why.">
          <Select value={type} onChange={(_, data) => isType(data.value) && setType(data.value)}>
            {TYPES.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </Select>
        </Field>
        {unmapped === null && (
          <Field
            label="Attribute name"
            hint="Paste what ServiceOps’ SCIM page prints. Left empty, a stand-in is made up until you have it."
          >
            <Input
              value={attribute}
              maxLength={500}
              placeholder="urn:…:2.0:User:costCentre"
              onChange={(_, data) => setAttribute(data.value)}
            />
          </Field>
        )}
      </div>
    </Dialog>
  );
}

/** Gives a field another name, in ServiceOps or as an attribute. */
export function RenameFieldDialog({ field, onClose }: { field: CustomField; onClose(): void }) {
  const styles = useStyles();
  const [label, setLabel] = useState(field.label);
  const [attribute, setAttribute] = useState(field.madeUp ? '' : field.attribute);
  const rename = useAct(
    () =>
      client.attributes.rename.mutate({
        id: field.id,
        label,
        attribute: attribute.trim() === '' || attribute === field.attribute ? null : attribute,
      }),
    ({ field: renamed, stored }) => `Custom field ${renamed.label} renamed${settled(stored)}`,
    { onDone: onClose },
  );
  const ready = label.trim() !== '' && !rename.running;
  return (
    <Dialog
      title={`Rename ${field.label}`}
      onClose={onClose}
      problem={rename.problem}
      onEnter={() => ready && rename.run()}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button appearance="primary" disabledFocusable={!ready} onClick={rename.run}>
            Rename
          </Button>
        </>
      }
    >
      <p className={styles.paragraph}>
        Values move along with the attribute. A mapping in Azure does not: change its target attribute there too.
      </p>
      <div className={styles.fields}>
        <Field label="Name in ServiceOps">
          <Input value={label} maxLength={200} onChange={(_, data) => setLabel(data.value)} />
        </Field>
        <Field label="Attribute name" hint={`Now ${field.attribute}`}>
          <Input
            value={attribute}
            maxLength={500}
            placeholder="what ServiceOps’ SCIM page prints"
            onChange={(_, data) => setAttribute(data.value)}
          />
        </Field>
      </div>
    </Dialog>
  );
}

/** Takes a field away; its values stay. */
export function RetireFieldDialog({ field, onClose }: { field: CustomField; onClose(): void }) {
  const styles = useStyles();
  const retire = useAct(
    () => client.attributes.retire.mutate({ id: field.id }),
    () => `Custom field ${field.label} retired`,
    { onDone: onClose },
  );
  return (
    <Dialog
      title={`Retire ${field.label}?`}
      onClose={onClose}
      problem={retire.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <DangerButton disabledFocusable={retire.running} onClick={retire.run}>
            Retire {field.label}
          </DangerButton>
        </>
      }
    >
      <p className={styles.paragraph}>
        Its values stay with the users, unmapped: they are no longer checked, and a field can be made of them again.
        Remove its mapping in Azure too, or it goes on sending.
      </p>
    </Dialog>
  );
}
