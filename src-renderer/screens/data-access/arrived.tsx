import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import {
  type AttributeMapping,
  defaultGroupMappings,
  defaultUserMappings,
} from '../../../src-main/contract/catalogue/default-mappings.ts';
import type { CustomField, Held, HeldAttribute, HeldRecords } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { FactTable } from '../../ui/fact-table.tsx';
import { count, formatNumber } from '../../ui/format.ts';

const useStyles = makeStyles({
  words: { margin: '0 0 8px' },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px' },
});

const MAPPINGS: Record<HeldAttribute['resourceType'], readonly AttributeMapping[]> = {
  User: defaultUserMappings,
  Group: defaultGroupMappings,
};

/** Which attributes of how many records. */
export function Arrived({ held: { users, groups, attributes } }: { held: Held }) {
  const styles = useStyles();
  const { data: fields = [] } = useQuery(api.attributes.fields.queryOptions());
  const practice = users.practice + groups.practice;
  return (
    <>
      <p className={styles.words}>
        {records(users, 'user')} and {records(groups, 'group')}.
        {practice > 0 && ` ${count(practice, 'more record')} of practice, invented people, are left out below.`}
        {attributes.length === 0 ? ' No attribute has come yet.' : ' Of each attribute, how many records hold a value:'}
      </p>
      {attributes.length > 0 && (
        <FactTable
          head={['Attribute', 'By Azure’s default from', 'Of', 'Records']}
          numeric={[3]}
          rows={attributes.map((held) => ({
            key: `${held.resourceType} ${held.path}`,
            cells: [
              <span key="path" className={styles.mono}>
                {held.path}
              </span>,
              sourceOf(held, fields),
              held.resourceType === 'User' ? 'users' : 'groups',
              formatNumber(held.records),
            ],
          }))}
        />
      )}
    </>
  );
}

function records({ records: all, deleted }: HeldRecords, one: string): string {
  return `${count(all, one)}${deleted === 0 ? '' : ` (${formatNumber(deleted)} of them deleted)`}`;
}

/** What fills an attribute: Azure's default mapping, else the custom field's own name. */
function sourceOf({ resourceType, path }: HeldAttribute, fields: readonly CustomField[]): string {
  const mapping = MAPPINGS[resourceType].find(({ target }) => target === path);
  if (mapping !== undefined) return mapping.source;
  const field = fields.find(({ attribute }) => attribute.toLowerCase() === path.toLowerCase());
  return field === undefined ? 'a mapping of your own' : `custom field ${field.label}`;
}
