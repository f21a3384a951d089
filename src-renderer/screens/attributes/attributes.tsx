import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Add16Regular } from '@fluentui/react-icons';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { ResourceType } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { useLive } from '../../ui/use-live.ts';
import { useNow } from '../../ui/use-now.ts';
import { AttributeTable } from './attribute-table.tsx';
import { AzureSchemaButton } from './azure-schema.tsx';
import { NewFieldDialog } from './field-dialogs.tsx';
import { sectionsOf } from './lines.ts';
import { ReadSchemasButton } from './read-schemas.tsx';
import { TallyLine } from './tally-line.tsx';

const useStyles = makeStyles({
  screen: { display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0 },
  head: { display: 'flex', alignItems: 'center', gap: '16px', padding: '16px 24px 0', flexShrink: 0 },
  title: { margin: 0, fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  acts: { display: 'flex', gap: '8px', marginLeft: 'auto' },
  scroll: { flexGrow: 1, minHeight: 0, overflowY: 'auto', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  words: { padding: '40px 24px', maxWidth: '560px', color: tokens.colorNeutralForeground2 },
  retry: { marginTop: '12px' },
});

const TYPES = [
  { value: 'User', name: 'User' },
  { value: 'Group', name: 'Group' },
] as const;

/** Which attributes Azure sends, which ServiceOps expects, and what became of them. */
export function Attributes({ type }: { type: ResourceType }) {
  const styles = useStyles();
  const [, go] = useLocation();
  const { status } = useLive();
  const now = useNow(60_000);
  const [adding, setAdding] = useState(false);
  const known = status !== null;
  const overview = useQuery({ ...api.attributes.overview.queryOptions(), enabled: known });
  const rules = useQuery({ ...api.profile.rules.queryOptions(), enabled: known });
  const records = (type === 'User' ? status?.directory.users : status?.directory.groups) ?? 0;
  const sections = overview.data === undefined ? null : sectionsOf(overview.data, type, records, now);
  return (
    <section className={styles.screen} aria-label="Attributes">
      <div className={styles.head}>
        <h1 className={styles.title}>Attributes</h1>
        <Tabs
          look="switch"
          label="Attributes of"
          value={type}
          items={TYPES}
          onChange={(value) => go(value === 'User' ? '/attributes' : '/attributes/groups')}
        />
        <div className={styles.acts}>
          <AzureSchemaButton />
          <ReadSchemasButton />
          {type === 'User' && (
            <Button icon={<Add16Regular />} onClick={() => setAdding(true)}>
              Custom field
            </Button>
          )}
        </div>
      </div>
      <TallyLine lines={sections === null ? null : sections.flatMap(({ lines }) => lines)} />
      <div className={styles.scroll}>
        {sections !== null && rules.data !== undefined ? (
          <AttributeTable key={type} type={type} sections={sections} rules={rules.data} records={records} />
        ) : (
          (overview.isError || rules.isError) && (
            <div className={styles.words} role="alert">
              The attributes could not be read.
              <div className={styles.retry}>
                <Button
                  onClick={() => {
                    void overview.refetch();
                    void rules.refetch();
                  }}
                >
                  Read again
                </Button>
              </div>
            </div>
          )
        )}
      </div>
      {adding && <NewFieldDialog unmapped={null} onClose={() => setAdding(false)} />}
    </section>
  );
}
