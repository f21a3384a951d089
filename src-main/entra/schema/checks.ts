import type { AttributeMapping } from '../../contract/catalogue/default-mappings.ts';
import type { AzureMappings, ResourceType, SchemaCheck } from '../../contract/index.ts';
import type { ExportedObject, ExportedRule, ExportedSchema, ExportedScope } from './exported.ts';
import type { Here, RuleObjects } from './read-schema.ts';

export interface CheckedSchema extends Here {
  schema: ExportedSchema;
  rule: ExportedRule;
  objects: RuleObjects;
  mappings: AzureMappings;
  knows(type: ResourceType, target: string): boolean;
}

/** What an admin should know of these mappings before a cycle runs with them, the gravest first (docs/entra.md §5, §6, §9). */
export function checksOf(checked: CheckedSchema): SchemaCheck[] {
  const { rule, objects, mappings } = checked;
  const all = [
    ...target(rule),
    ...objectChecks('User', objects.User),
    ...(mappings.User.length > 0
      ? [...matching(checked, 'User'), ...archiving(mappings.User), ...identity(mappings.User), ...mail(mappings.User)]
      : []),
    ...objectChecks('Group', objects.Group),
    ...(mappings.Group.length > 0 ? matching(checked, 'Group') : []),
    ...unknown(checked),
    ...unmappedFields(checked),
    ...otherTypes(checked),
    ...onlyOnce(objects),
  ];
  const order = { failed: 0, odd: 1, ok: 2 };
  return all.toSorted((a, b) => order[a.mark] - order[b.mark]);
}

const check = (mark: SchemaCheck['mark'], title: string, words: string, expression: string | null = null) => ({
  mark,
  title,
  words,
  expression,
});

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const find = (mappings: readonly AttributeMapping[], target: string) =>
  mappings.find((mapping) => sameName(mapping.target, target));

function target({ targetDirectoryName }: ExportedRule): SchemaCheck[] {
  if (targetDirectoryName !== null && sameName(targetDirectoryName, 'customappsso')) return [];
  const name = targetDirectoryName ?? 'without a name';
  return [
    check(
      'odd',
      `The target is ${name}, not customappsso`,
      'A non-gallery application provisions into customappsso. This may be the schema of another application.',
    ),
  ];
}

const plural: Record<ResourceType, string> = { User: 'Users', Group: 'Groups' };
const steps = [
  ['Add', 'Create'],
  ['Update', 'Update'],
  ['Delete', 'Delete'],
] as const;

function objectChecks(type: ResourceType, object: ExportedObject | null): SchemaCheck[] {
  if (object === null || object.enabled === false) {
    const words =
      type === 'User'
        ? 'Azure sends no user at all. In Azure: Provisioning, Mappings, Provision Microsoft Entra ID Users, Enabled: Yes.'
        : 'Azure sends users only. That is fine where ServiceOps needs no groups.';
    return [check(type === 'User' ? 'failed' : 'ok', `${plural[type]} are not provisioned`, words)];
  }
  const flows = object.flowTypes?.toLowerCase().split(/[,\s]+/) ?? null;
  const missing = steps
    .filter(([flow]) => flows !== null && !flows.includes(flow.toLowerCase()))
    .map(([, name]) => name);
  const unticked =
    missing.length === 0
      ? []
      : [
          check(
            'odd',
            `${plural[type]}: ${missing.join(' and ')} unticked`,
            `Azure leaves that out for ${plural[type].toLowerCase()}. In Azure: the mapping’s Target Object Actions.${
              type === 'User' && missing.includes('Update') ? ' Without Update nobody is ever archived.' : ''
            }`,
          ),
        ];
  return [...unticked, ...scoping(type, object.scope ?? null)];
}

function scoping(type: ResourceType, scope: ExportedScope | null): SchemaCheck[] {
  const groups = (scope?.groups ?? []).map(({ clauses }) => clauses ?? []).filter((clauses) => clauses.length > 0);
  if (groups.length === 0) return [];
  const words = groups
    .map((clauses) =>
      clauses
        .map(({ sourceOperandName, operatorName, targetOperand }) =>
          [sourceOperandName, operatorName, targetOperand?.values?.map((value) => `"${value}"`).join(', ')]
            .filter(Boolean)
            .join(' '),
        )
        .join(' and '),
    )
    .join('; or ');
  return [
    check(
      'odd',
      `A scoping filter narrows the ${plural[type].toLowerCase()}`,
      `Only these are in scope, even when assigned: ${words}. Who no longer passes is archived.`,
    ),
  ];
}

function matching({ mappings, knows }: CheckedSchema, type: ResourceType): SchemaCheck[] {
  const matches = mappings[type].filter((mapping) => mapping.matching !== null);
  const who = plural[type].toLowerCase();
  if (matches.length === 0) {
    return [
      check(
        'failed',
        `Nothing matches ${who}`,
        'Azure cannot tell who is here already. Give one mapping a matching precedence.',
      ),
    ];
  }
  const lost = matches.filter((mapping) => !knows(type, mapping.target));
  if (lost.length > 0) {
    return lost.map(({ target: name }) =>
      check(
        'failed',
        `${plural[type]} are matched by ${name}, which is no attribute here`,
        'Each query for it is refused as invalidFilter, and the connection test fails. Match by userName or externalId, or define a custom field for it.',
      ),
    );
  }
  const names = matches.toSorted((a, b) => (a.matching ?? 0) - (b.matching ?? 0)).map((mapping) => mapping.target);
  return [
    check(
      'ok',
      `${plural[type]} are matched by ${names.join(', then ')}`,
      'The endpoint answers such queries by an index or a scan.',
    ),
  ];
}

const switchActive = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")';

function archiving(mappings: readonly AttributeMapping[]): SchemaCheck[] {
  const active = find(mappings, 'active');
  if (active === undefined) {
    return [
      check(
        'failed',
        'active is not mapped',
        'Nobody is ever archived: who is unassigned, blocked or deleted in Azure stays active here. Map active to:',
        switchActive,
      ),
    ];
  }
  if (!/IsSoftDeleted/i.test(active.expression ?? active.source)) {
    return [
      check(
        'odd',
        'active does not follow IsSoftDeleted',
        'Unassigned users may stay active here. The usual expression is:',
        switchActive,
      ),
    ];
  }
  return [check('ok', 'Leavers are archived', 'active follows IsSoftDeleted.')];
}

function identity(mappings: readonly AttributeMapping[]): SchemaCheck[] {
  const external = find(mappings, 'externalId');
  if (external === undefined) {
    return [
      check(
        'odd',
        'externalId is not mapped',
        'Nothing that never changes ties a user here to the one in Azure. Map objectId to externalId.',
      ),
    ];
  }
  if (external.expression === null && sameName(external.source, 'mailNickname')) {
    return [
      check(
        'odd',
        'externalId comes from mailNickname',
        'It can change, and come to name somebody else. Map objectId to externalId before the first cycle.',
      ),
    ];
  }
  return [check('ok', `externalId comes from ${external.expression ?? external.source}`, '')].map((one) => ({
    ...one,
    words: /objectId/i.test(external.expression ?? external.source)
      ? 'It never changes.'
      : 'Make sure that it never changes for a person.',
  }));
}

const coalesce = 'Coalesce([mail], [userPrincipalName])';

function mail(mappings: readonly AttributeMapping[]): SchemaCheck[] {
  const work = find(mappings, 'emails[type eq "work"].value');
  if (work === undefined) {
    return [
      check(
        'odd',
        'No e-mail address is mapped',
        'ServiceOps writes to its users. Map emails[type eq "work"].value to:',
        coalesce,
      ),
    ];
  }
  if (work.expression === null && sameName(work.source, 'mail')) {
    return [
      check(
        'odd',
        'The e-mail address comes from mail alone',
        'mail is empty for cloud-only users. Map it to:',
        coalesce,
      ),
    ];
  }
  return [];
}

function unknown({ mappings, knows }: CheckedSchema): SchemaCheck[] {
  return (['User', 'Group'] as const).flatMap((type) =>
    mappings[type]
      .filter((mapping) => mapping.matching === null && !knows(type, mapping.target))
      .map(({ target: name }) =>
        check(
          'odd',
          `${name} has no field here`,
          type === 'User'
            ? 'Its values are kept as unmapped. Define a custom field with this attribute name, or remove the mapping.'
            : 'Its values are kept as unmapped. Remove the mapping, unless ServiceOps’ groups have it.',
        ),
      ),
  );
}

function unmappedFields({ mappings, fields }: CheckedSchema): SchemaCheck[] {
  return fields
    .filter(({ attribute }) => find(mappings.User, attribute) === undefined)
    .map(({ label, attribute }) =>
      check(
        'odd',
        `${label} is not mapped`,
        `No mapping leads to ${attribute}: add it to the attribute list, then Add New Mapping.`,
      ),
    );
}

/** Fields whose type in Azure's attribute list is another one: values then come in another form than ServiceOps wants. */
function otherTypes({ schema, rule, fields }: CheckedSchema): SchemaCheck[] {
  const target = schema.directories?.find(({ name }) => name === rule.targetDirectoryName);
  const listed = (target?.objects ?? []).flatMap(({ attributes }) => attributes ?? []);
  return fields.flatMap(({ label, attribute, type }) => {
    const found = listed.find(({ name }) => sameName(name, attribute));
    if (found === undefined || found.type === null || sameName(found.type, type)) return [];
    return [
      check(
        'odd',
        `${label} is ${found.type} in Azure’s attribute list`,
        `Here it is ${type}. Values that do not fit are refused: make the types the same.`,
      ),
    ];
  });
}

function onlyOnce(objects: RuleObjects): SchemaCheck[] {
  const names = Object.values(objects)
    .flatMap((object) => object?.attributeMappings ?? [])
    .filter(({ flowType }) => flowType !== null && /ObjectAddOnly/i.test(flowType))
    .map((mapping) => mapping.targetAttributeName);
  if (names.length === 0) return [];
  return [
    check(
      'odd',
      `Only sent during creation: ${names.join(', ')}`,
      'Later changes in Azure do not reach ServiceOps. In Azure: the mapping’s Apply this mapping: Always.',
    ),
  ];
}
