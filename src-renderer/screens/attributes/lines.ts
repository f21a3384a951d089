import type {
  AttributesOverview,
  AttributeUse,
  CustomField,
  FieldType,
  MappingUse,
  ResourceType,
  UnmappedAttribute,
} from '../../../src-main/contract/index.ts';
import { count, formatMoment } from '../../ui/format.ts';
import type { MarkKind } from '../../ui/mark.tsx';

/** One attribute on the screen. */
export interface AttributeLine extends AttributeUse {
  /** The SCIM path in Entra's spelling; no two lines of a type share it. */
  path: string;
  type: string;
  /** The Entra attribute or expression that feeds it; null: not known here. */
  source: string | null;
  status: Status;
  field: CustomField | null;
  unmapped: UnmappedAttribute | null;
}

interface Status {
  mark: Extract<MarkKind, 'ok' | 'odd' | 'todo'>;
  words: string;
}

/** Lines that belong together, under a heading. */
export interface Section {
  title: string;
  note: string;
  /** The mappings are from an exported schema, and can be given up. */
  exported?: boolean;
  lines: AttributeLine[];
}

/** What the screen shows of a resource type. `records`: how many of it there are. */
export function sectionsOf(overview: AttributesOverview, type: ResourceType, records: number, now: number): Section[] {
  const fields = type === 'User' ? overview.fields : [];
  const mappings = overview.mappings.filter((one) => one.resourceType === type);
  const sources = new Map(mappings.map(({ target, source }) => [target.toLowerCase(), source]));
  const sourceOf = (path: string) => sources.get(path.toLowerCase()) ?? null;
  const unmapped = overview.unmapped.filter((one) => one.resourceType === type);
  // Each path has one line: what Azure feeds a field or an unmapped attribute with stands there.
  const elsewhere = new Set(
    [...fields.map(({ attribute }) => attribute), ...unmapped.map(({ path }) => path)].map(lower),
  );
  const exported = overview.schemaReadAt !== null;
  const sections = [
    {
      title: 'Custom fields',
      note: 'ServiceOps’ own, to be added to Azure’s attribute list',
      lines: fields.map((field) => fieldLine(field, sourceOf(field.attribute))),
    },
    {
      title: 'Unmapped',
      note: 'Azure sends them and there is no field: kept, and returned as sent',
      lines: unmapped.map((one) => unmappedLine(one, sourceOf(one.path))),
    },
    {
      title: exported ? 'Mapped in Azure' : type === 'User' ? 'Core and enterprise' : 'Core',
      note:
        overview.schemaReadAt === null
          ? 'Azure’s default mappings for an application like this'
          : `By the schema that was read here ${formatMoment(overview.schemaReadAt, now)}`,
      exported,
      lines: mappings
        .filter(({ target }) => !elsewhere.has(lower(target)))
        .map((mapping) => mappingLine(mapping, records)),
    },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

/** How many lines there are of each kind. */
export interface Tally {
  expected: number;
  seen: number;
  notSeen: number;
  odd: number;
  unmapped: number;
}

export function tallyOf(lines: readonly AttributeLine[]): Tally {
  const expected = lines.filter((line) => line.unmapped === null);
  const marked = (mark: MarkKind) => expected.filter((line) => line.status.mark === mark).length;
  const notSeen = expected.filter((line) => line.records === 0).length;
  return {
    expected: expected.length,
    seen: expected.length - notSeen,
    notSeen,
    odd: marked('odd'),
    unmapped: lines.length - expected.length,
  };
}

/** The type that a field made of this value should have. */
export function typeOfValue(value: AttributeUse['example']): FieldType {
  if (typeof value === 'boolean') return 'Boolean';
  return typeof value === 'number' && Number.isInteger(value) ? 'Integer' : 'String';
}

const lower = (text: string): string => text.toLowerCase();

function fieldLine(field: AttributesOverview['fields'][number], source: string | null): AttributeLine {
  const { attribute, type, records, example } = field;
  return { path: attribute, type, source, records, example, status: fieldStatus(field), field, unmapped: null };
}

function fieldStatus({ wrong, type, madeUp, records }: AttributesOverview['fields'][number]): Status {
  if (wrong > 0) return { mark: 'odd', words: `${count(wrong, 'value')} not ${withArticle(type)}` };
  if (madeUp) return { mark: 'odd', words: 'Made-up name' };
  return records > 0 ? { mark: 'ok', words: 'Seen' } : { mark: 'todo', words: 'Not seen yet' };
}

function withArticle(type: FieldType): string {
  return type === 'Integer' ? 'an Integer' : `a ${type}`;
}

function unmappedLine(one: UnmappedAttribute, source: string | null): AttributeLine {
  const { path, records, example } = one;
  const type = typeof example === 'object' && example !== null ? 'Complex' : typeOfValue(example);
  const status: Status = { mark: 'odd', words: 'Unmapped' };
  return { path, type, source, records, example, status, field: null, unmapped: one };
}

/** A user without these can't be matched, or gets no mail from ServiceOps. */
const neededByAll = new Set(['userName', 'displayName', 'emails[type eq "work"].value']);

function mappingLine(mapping: MappingUse, all: number): AttributeLine {
  const { resourceType, target, type, source, records, example, matching } = mapping;
  return { path: target, type, source, records, example, status: status(), field: null, unmapped: null };

  function status(): Status {
    if (!mapping.known) return { mark: 'odd', words: 'No field here' };
    if (records === 0) return { mark: 'todo', words: 'Not seen yet' };
    const without = all - records;
    if (neededByAll.has(target) && without > 0)
      return { mark: 'odd', words: `${count(without, resourceType.toLowerCase())} without` };
    return { mark: 'ok', words: matching === null ? 'Seen' : 'Seen, matching' };
  }
}
