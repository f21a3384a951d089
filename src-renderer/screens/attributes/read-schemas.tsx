import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { ProfileRule, ReadSchemas } from '../../../src-main/contract/index.ts';
import { client } from '../../api.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { count } from '../../ui/format.ts';
import { useAct } from '../../use-act.ts';
import { ReadFileButton } from './read-file-button.tsx';

const useStyles = makeStyles({
  words: { margin: '0 0 8px', color: tokens.colorNeutralForeground2 },
  list: {
    margin: '0 0 12px',
    paddingLeft: '18px',
    maxHeight: '200px',
    overflowY: 'auto',
    fontSize: '13px',
    lineHeight: '18px',
  },
  path: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', overflowWrap: 'anywhere' },
});

const TITLE = 'What ServiceOps demands';

/** Takes what ServiceOps demands from a saved answer of its /Schemas. */
export function ReadSchemasButton() {
  return (
    <ReadFileButton
      label="The saved answer of ServiceOps’ /Schemas"
      accept=".json,.txt,application/json"
      title={TITLE}
      read={(text) => client.profile.read.mutate({ text })}
      found={(found, onClose) => <Found found={found} onClose={onClose} />}
    >
      Read /Schemas…
    </ReadFileButton>
  );
}

function Found({ found: { rules, left }, onClose }: { found: ReadSchemas; onClose(): void }) {
  const styles = useStyles();
  const add = useAct(
    async () => {
      // As they stand now: another window may have changed others meanwhile.
      const before = (await client.profile.rules.query()).map(({ inForce: _, ...rule }) => rule);
      await client.profile.set.mutate({ rules: merged(before, rules) });
    },
    () => `${count(rules.length, 'rule')} in force`,
    { onDone: onClose },
  );
  return (
    <Dialog
      title={TITLE}
      onClose={onClose}
      problem={add.problem}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button appearance="primary" disabledFocusable={rules.length === 0 || add.running} onClick={add.run}>
            Set {count(rules.length, 'rule')}
          </Button>
        </>
      }
    >
      <p className={styles.words}>
        {rules.length === 0
          ? 'By this answer no attribute is required that can have a rule here.'
          : 'By this answer these are required. With a rule, a user or group without a value is refused here as it would be there; what is set already stays.'}{' '}
        Lengths and allowed values are not in a schema: set them by hand.
      </p>
      <ul className={styles.list}>
        {rules.map(({ resourceType, path }) => (
          <li key={`${resourceType} ${path}`}>
            {resourceType} <span className={styles.path}>{path}</span>
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <>
          <p className={styles.words}>These are required there too, and can have no rule here:</p>
          <ul className={styles.list}>
            {left.map(({ resourceType, path, problem }) => (
              <li key={`${resourceType} ${path}`}>
                <span className={styles.path}>{path}</span>: {problem}
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

const nameOf = ({ resourceType, path }: ProfileRule) => `${resourceType} ${path.toLowerCase()}`;

/** Rules there were, demanding what is demanded now as well. */
function merged(before: readonly ProfileRule[], found: readonly ProfileRule[]): ProfileRule[] {
  const all = new Map(before.map((rule) => [nameOf(rule), rule]));
  for (const rule of found) {
    const known = all.get(nameOf(rule));
    all.set(nameOf(rule), known === undefined ? rule : { ...known, required: true });
  }
  return [...all.values()];
}
