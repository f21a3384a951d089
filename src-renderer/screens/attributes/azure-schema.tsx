import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { ReadAzureSchema, SchemaCheck } from '../../../src-main/contract/index.ts';
import { client } from '../../api.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { count } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { useAct } from '../../use-act.ts';
import { ReadFileButton } from './read-file-button.tsx';

const useStyles = makeStyles({
  words: { margin: '0 0 12px', color: tokens.colorNeutralForeground2 },
  list: { margin: '0 0 4px', padding: 0 },
  check: {
    listStyleType: 'none',
    display: 'flex',
    gap: '10px',
    padding: '8px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  mark: { marginTop: '3px' },
  text: { minWidth: 0, overflowWrap: 'anywhere' },
  title: { fontWeight: 600 },
  more: { color: tokens.colorNeutralForeground2 },
  expression: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
  },
});

const TITLE = 'Azure’s mappings, as exported';

interface Reading {
  text: string;
  found: ReadAzureSchema;
}

async function readSchema(exported: string): Promise<Reading> {
  const text = withoutSpaces(exported);
  return { text, found: await client.attributes.readSchema.mutate({ text }) };
}

/** Takes the mappings of the application from the schema that the portal exports. */
export function AzureSchemaButton() {
  return (
    <ReadFileButton
      label="The schema that Azure exported"
      accept=".json,application/json"
      title={TITLE}
      read={readSchema}
      found={(reading, onClose) => <Found reading={reading} onClose={onClose} />}
    >
      Azure’s mappings…
    </ReadFileButton>
  );
}

/** The same JSON in fewer characters: the portal indents its export. What is no JSON is for the pilot to refuse. */
function withoutSpaces(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

function Found({ reading: { text, found }, onClose }: { reading: Reading; onClose(): void }) {
  const styles = useStyles();
  const { User, Group } = found.mappings;
  const all = User.length + Group.length;
  const use = useAct(
    () => client.attributes.useSchema.mutate({ text }),
    () => `${count(all, 'mapping')} taken over`,
    { onDone: onClose },
  );
  return (
    <Dialog
      title={TITLE}
      onClose={onClose}
      problem={use.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button appearance="primary" disabledFocusable={all === 0 || use.running} onClick={use.run}>
            Use these mappings
          </Button>
        </>
      }
    >
      <p className={styles.words}>
        {count(User.length, 'mapping')} of users, {count(Group.length, 'mapping')} of groups. Used here, they tell which
        Azure attribute feeds which field, in place of Azure’s default ones. Nothing is changed in Azure.
      </p>
      <ul className={styles.list} aria-label="What was looked at">
        {found.checks.map((check) => (
          <Check key={check.title} check={check} />
        ))}
      </ul>
    </Dialog>
  );
}

function Check({ check: { mark, title, words, expression } }: { check: SchemaCheck }) {
  const styles = useStyles();
  return (
    <li className={styles.check}>
      <Mark kind={mark} className={styles.mark} />
      <div className={styles.text}>
        <div className={styles.title}>{title}</div>
        <div className={styles.more}>{words}</div>
        {expression !== null && (
          <div className={styles.expression}>
            {expression}
            <CopyButton label={`Copy the expression for: ${title}`} what="Expression" value={expression} />
          </div>
        )}
      </div>
    </li>
  );
}
