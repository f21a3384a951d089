import { Button, Link as FluentLink, makeStyles, tokens } from '@fluentui/react-components';
import { Checkmark16Regular, Copy16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type {
  CustomField,
  ProfileRuleState,
  ResourceType,
  UnmappedAttribute,
} from '../../../src-main/contract/index.ts';
import { formatMoment } from '../../ui/format.ts';
import { useCopy } from '../../ui/use-copy.ts';
import { useNow } from '../../ui/use-now.ts';
import { NewFieldDialog, RenameFieldDialog, RetireFieldDialog } from './field-dialogs.tsx';
import type { AttributeLine } from './lines.ts';
import { RuleForm } from './rule-form.tsx';

const useStyles = makeStyles({
  detail: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1.25fr) minmax(0, 1fr)',
    columnGap: '40px',
    padding: '12px 24px 18px 30px',
    backgroundColor: tokens.colorNeutralBackground1,
    whiteSpace: 'normal',
  },
  title: {
    margin: '0 0 6px',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
  },
  name: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    minHeight: '36px',
    padding: '4px 4px 4px 12px',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: '4px',
  },
  code: {
    flexGrow: 1,
    minWidth: 0,
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    userSelect: 'all',
  },
  note: { margin: '8px 0 0', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  copy: { flexShrink: 0 },
  gap: { height: '10px' },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '12px' },
});

/** What is under a line: what to copy into Azure, what can be done, and what ServiceOps demands. */
export function LineDetail({
  type,
  line,
  rule,
}: {
  type: ResourceType;
  line: AttributeLine;
  rule: ProfileRuleState | null;
}) {
  const styles = useStyles();
  return (
    <div className={styles.detail}>
      <div>
        {line.field !== null && <FieldPart field={line.field} />}
        {line.unmapped !== null && <UnmappedPart one={line.unmapped} />}
        {line.field === null && line.unmapped === null && <MappingPart line={line} />}
      </div>
      {line.unmapped === null && <RuleForm key={line.path} type={type} path={line.path} rule={rule} />}
    </div>
  );
}

function FieldPart({ field }: { field: CustomField }) {
  const styles = useStyles();
  const [asked, setAsked] = useState<'rename' | 'retire' | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      <Copied
        title={`${field.label}: name for Azure’s attribute list, type ${field.type}`}
        text={field.attribute}
        button="Copy for Azure"
        primary
      />
      {field.madeUp && (
        <p className={styles.note}>
          A stand-in until you paste the name that ServiceOps’ SCIM page prints.{' '}
          <FluentLink as="button" inline onClick={() => setAsked('rename')}>
            Paste it now
          </FluentLink>
        </p>
      )}
      <p className={styles.note}>
        In Azure: Attribute mapping, Show advanced options, Edit attribute list; add it there, save, then Add New
        Mapping with this as the target attribute.
      </p>
      <div className={styles.acts}>
        <Button size="small" onClick={() => setAsked('rename')}>
          Rename…
        </Button>
        <Button size="small" onClick={() => setAsked('retire')}>
          Retire {field.label}…
        </Button>
      </div>
      {asked === 'rename' && <RenameFieldDialog field={field} onClose={close} />}
      {asked === 'retire' && <RetireFieldDialog field={field} onClose={close} />}
    </>
  );
}

function UnmappedPart({ one }: { one: UnmappedAttribute }) {
  const styles = useStyles();
  const now = useNow(30_000);
  const [making, setMaking] = useState(false);
  return (
    <>
      <Copied title="Came as" text={one.path} button="Copy" />
      {one.lastCall !== null && one.lastAt !== null && (
        <p className={styles.note}>
          Last sent {formatMoment(one.lastAt, now)} by call{' '}
          <FluentLink inline href={`#/feed/${one.lastCall}`}>
            {one.lastCall}
          </FluentLink>
          .
        </p>
      )}
      {one.definable ? (
        <div className={styles.acts}>
          <Button size="small" appearance="primary" onClick={() => setMaking(true)}>
            Make a field
          </Button>
        </div>
      ) : (
        <p className={styles.note}>
          No custom field can be made of it: those are attributes of users with one simple value. Remove its mapping in
          Azure, or leave it: it harms nothing.
        </p>
      )}
      {making && <NewFieldDialog unmapped={one} onClose={() => setMaking(false)} />}
    </>
  );
}

function MappingPart({ line }: { line: AttributeLine }) {
  const styles = useStyles();
  return (
    <>
      <Copied title="Azure’s mapping, from" text={line.source ?? ''} button="Copy source" />
      <div className={styles.gap} />
      <Copied title="To the target attribute" text={line.path} button="Copy target" />
      {line.path === 'emails[type eq "work"].value' && (
        <p className={styles.note}>
          For cloud-only users mail is empty: map Coalesce([mail], [userPrincipalName]) in its place.
        </p>
      )}
      {line.path === 'externalId' && (
        <p className={styles.note}>Map objectId to it: mailNickname can change, and come to name somebody else.</p>
      )}
    </>
  );
}

function Copied({
  title,
  text,
  button,
  primary = false,
}: {
  title: string;
  text: string;
  button: string;
  primary?: boolean;
}) {
  const styles = useStyles();
  const { copied, copy } = useCopy(text, text);
  return (
    <>
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.name}>
        <code className={styles.code}>{text}</code>
        <Button
          size="small"
          appearance={primary ? 'primary' : 'secondary'}
          className={styles.copy}
          icon={copied ? <Checkmark16Regular /> : <Copy16Regular />}
          onClick={() => void copy()}
        >
          {copied ? 'Copied' : button}
        </Button>
      </div>
    </>
  );
}
