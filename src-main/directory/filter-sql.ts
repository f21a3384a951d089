import type { ResourceType } from '../contract/index.ts';
import {
  type AttributePath,
  type CompareFilter,
  type Filter,
  millisecondsOf,
  type PresentFilter,
  type ValuePathFilter,
} from '../scim/index.ts';
import {
  columnOf,
  documentFor,
  folded,
  isPlainName,
  isPresent,
  jsonPath,
  metaValue,
  referencesOf,
  type Values,
  valueAt,
} from './sql-values.ts';

/** A condition on a row of `users` or `groups`: 1 or 0, never null. Its parameters are named. */
export interface SqlCondition {
  sql: string;
  parameters: Record<string, string | number>;
}

type Leaf = CompareFilter | PresentFilter;

/** How a comparison inside `path[…]` is decided: on a sub-attribute of one element. */
type InElement = (leaf: Leaf, sub: string) => string;

/** SQLite bounds how deep an expression nests; longer filters are decided in JavaScript. */
const maximumLeaves = 100;

/**
 * Compiles filters that must all hold to SQL that decides as `matches` of the scim room does; `addFunctions` gives a connection
 * the functions it calls. Names and literals are parameters. `rest`: the filters that only `matches` can decide.
 */
export function filtersSql(
  type: ResourceType,
  filters: readonly Filter[],
): { condition: SqlCondition; rest: Filter[] } {
  const compiler = new Compiler(type);
  const conditions: string[] = [];
  const rest: Filter[] = [];
  let leaves = 0;
  for (const filter of filters) {
    const more = leavesOf(filter);
    if (leaves + more > maximumLeaves) {
      rest.push(filter);
      continue;
    }
    leaves += more;
    conditions.push(compiler.condition(filter, null));
  }
  const sql = conditions.length === 0 ? '1' : conditions.join(' AND ');
  return { condition: { sql, parameters: compiler.parameters }, rest };
}

/** How many comparisons a filter makes; infinite when a name in it can't be compiled. */
function leavesOf(filter: Filter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return leavesOf(filter.left) + leavesOf(filter.right);
    case 'not':
      return leavesOf(filter.operand);
    default: {
      if (!hasPlainNames(filter.path)) return Number.POSITIVE_INFINITY;
      return filter.kind === 'valuePath' ? leavesOf(filter.filter) : 1;
    }
  }
}

function hasPlainNames({ urn, attribute, sub }: AttributePath): boolean {
  return (urn === null || isPlainName(urn)) && isPlainName(attribute.name) && (sub === null || isPlainName(sub.name));
}

class Compiler {
  readonly parameters: Record<string, string | number> = {};
  private names = 0;
  private readonly type: ResourceType;

  constructor(type: ResourceType) {
    this.type = type;
  }

  /** `element`: decides inside a value path; null at the top. */
  condition(filter: Filter, element: InElement | null): string {
    switch (filter.kind) {
      case 'and':
        return `(${this.condition(filter.left, element)} AND ${this.condition(filter.right, element)})`;
      case 'or':
        return `(${this.condition(filter.left, element)} OR ${this.condition(filter.right, element)})`;
      case 'not':
        return `(NOT ${this.condition(filter.operand, element)})`;
      case 'valuePath':
        return this.hinted(filter, this.valuePath(filter));
      default:
        return element === null ? this.hinted(filter, this.leaf(filter)) : element(filter, filter.path.sub?.name ?? '');
    }
  }

  /** With a look at a column first that rules out most rows, so that few documents are read. */
  private hinted(filter: Filter, sql: string): string {
    const hint = this.hint(filter);
    return hint === null ? sql : `(${hint} AND ${sql})`;
  }

  /** A condition on a column that holds wherever `filter` does. */
  private hint(filter: Filter): string | null {
    if (filter.kind === 'valuePath') return this.hint(filter.filter);
    if (filter.kind === 'and') return this.hint(filter.left) ?? this.hint(filter.right);
    if (filter.kind !== 'compare' || this.type !== 'User') return null;
    const { op, comparable, path } = filter;
    if (op === 'ne' || typeof comparable !== 'string' || comparable === '') return null;
    // `search` holds every address, `name_fold` the display name where there is one.
    if (path.canonical === 'emails.value') {
      return orderOf.has(op) && op !== 'eq' ? null : this.textTest('co', 'users.search', comparable);
    }
    return path.canonical === 'displayName' ? this.textTest(op, 'users.name_fold', comparable) : null;
  }

  private leaf(leaf: Leaf): string {
    const { path } = leaf;
    const column = columnOf(this.type, path);
    if (column !== undefined) return this.decide(leaf, column);
    if (isMeta(path)) return path.sub === null ? '1' : this.decide(leaf, this.metaPart(path.sub.name, leaf));
    if (isReferences(path)) {
      const { from, part } = referencesOf(this.type);
      // Each reference has a value, so that it stands for the whole too.
      const { select, folded: already = false } = part(path.sub?.name ?? 'value');
      return this.decide(leaf, { select: `${select} ${from}`, folded: already });
    }
    const document = documentFor(this.type, path);
    const holder = keysOf(path);
    if (path.sub === null) return this.oneOrMany(leaf, document, this.parameter(jsonPath(...holder)));
    const at = this.parameter(jsonPath(...holder));
    const sub = this.parameter(jsonPath(path.sub.name));
    const each = this.name('e');
    const ofEach = (read: string) => `CASE ${each}.type WHEN 'object' THEN ${read}(${each}.value, ${sub}) END`;
    const ofElements = {
      select: `SELECT ${ofEach('json_type')} AS t, ${ofEach('json_extract')} AS x FROM json_each(${document}, ${at}) ${each}`,
    };
    return `CASE json_type(${document}, ${at}) WHEN 'array' THEN ${this.decide(leaf, ofElements)}
      ELSE ${this.oneOrMany(leaf, document, this.parameter(jsonPath(...holder, path.sub.name)))} END`;
  }

  /** The value at a path: when it is a list, each of its elements. */
  private oneOrMany(leaf: Leaf, document: string, path: string): string {
    const each = this.name('e');
    const elements = {
      select: `SELECT ${each}.type AS t, ${each}.value AS x FROM json_each(${document}, ${path}) ${each}`,
    };
    return `CASE json_type(${document}, ${path}) WHEN 'array' THEN ${this.decide(leaf, elements)}
      ELSE ${this.decide(leaf, valueAt(document, path))} END`;
  }

  private valuePath({ path, filter }: ValuePathFilter): string {
    if (isMeta(path)) return this.condition(filter, (leaf, sub) => this.decide(leaf, this.metaPart(sub, leaf)));
    if (isReferences(path)) {
      const { from, part } = referencesOf(this.type);
      return `EXISTS (SELECT 1 ${from} AND ${this.condition(filter, (leaf, sub) => this.decide(leaf, part(sub)))})`;
    }
    const document = documentFor(this.type, path);
    const holder = keysOf(path);
    const at = this.parameter(jsonPath(...holder));
    const each = this.name('e');
    const inElement = this.condition(filter, (leaf, sub) =>
      this.oneOrMany(leaf, `${each}.value`, this.parameter(jsonPath(sub))),
    );
    const inObject = this.condition(filter, (leaf, sub) =>
      this.oneOrMany(leaf, document, this.parameter(jsonPath(...holder, sub))),
    );
    return `CASE json_type(${document}, ${at})
      WHEN 'array' THEN EXISTS (SELECT 1 FROM json_each(${document}, ${at}) ${each}
        WHERE CASE ${each}.type WHEN 'object' THEN ${inElement} ELSE 0 END)
      WHEN 'object' THEN ${inObject} ELSE 0 END`;
  }

  private metaPart(sub: string, leaf: Leaf): Values {
    return metaValue(this.type, sub, leaf.kind === 'compare' && leaf.comparable !== null && orderOf.has(leaf.op));
  }

  /** Whether some of `values` satisfies the leaf; `ne` also holds where there is none (RFC 7644 §3.4.2.2). */
  private decide(leaf: Leaf, values: Values): string {
    const present = `FROM (${values.select}) WHERE ${isPresent}`;
    if (leaf.kind === 'present') return `EXISTS (SELECT 1 ${present})`;
    if (leaf.comparable === null) return `${leaf.op === 'eq' ? 'NOT ' : ''}EXISTS (SELECT 1 ${present})`;
    const test = this.test(leaf, values.folded === true);
    if (leaf.op === 'ne') return `(coalesce((SELECT min(${test}) ${present}), 0) = 0)`;
    return `EXISTS (SELECT 1 ${present} AND ${test})`;
  }

  /** The comparison of one value, `ne` as `eq`. Values of other types equal nothing. */
  private test({ op, comparable, path }: CompareFilter, already: boolean): string {
    const { type, caseExact } = path.sub ?? path.attribute;
    if (typeof comparable === 'boolean') {
      return op === 'eq' || op === 'ne' ? `(t IS '${comparable}')` : '0';
    }
    if (typeof comparable === 'number') {
      const compare = orderOf.get(op);
      if (compare === undefined) return '0';
      const operand = this.parameter(comparable);
      return `CASE t WHEN 'integer' THEN CAST(x AS REAL) ${compare} ${operand}
        WHEN 'real' THEN x ${compare} ${operand} ELSE 0 END`;
    }
    if (type === 'dateTime' && orderOf.has(op)) return this.timeTest(op, path, String(comparable));
    const value = already || caseExact || type === 'binary' ? 'x' : folded;
    return `CASE t WHEN 'text' THEN ${this.textTest(op, value, String(comparable))} ELSE 0 END`;
  }

  private timeTest(op: CompareFilter['op'], path: AttributePath, wanted: string): string {
    const compare = orderOf.get(op);
    // Columns count milliseconds.
    if (isMeta(path)) return `(x ${compare} ${this.parameter(millisecondsOf(wanted))})`;
    return `CASE t WHEN 'text' THEN coalesce(instant(x) ${compare} ${this.parameter(wanted)}, 0) ELSE 0 END`;
  }

  private textTest(op: CompareFilter['op'], value: string, wanted: string): string {
    const compare = orderOf.get(op);
    if (compare === undefined && wanted === '') return '1';
    const operand = this.parameter(wanted);
    if (compare !== undefined) return `${value} ${compare} ${operand}`;
    if (op === 'co') return `instr(${value}, ${operand}) > 0`;
    // Lengths in characters, as SQLite counts them.
    const length = this.parameter([...wanted].length);
    return op === 'sw' ? `substr(${value}, 1, ${length}) = ${operand}` : `substr(${value}, -${length}) = ${operand}`;
  }

  private parameter(value: string | number): string {
    const name = this.name('p');
    this.parameters[name] = value;
    return `$${name}`;
  }

  private name(prefix: string): string {
    this.names += 1;
    return `${prefix}${this.names}`;
  }
}

const orderOf: ReadonlyMap<CompareFilter['op'], string> = new Map([
  ['eq', '='],
  ['ne', '='],
  ['gt', '>'],
  ['ge', '>='],
  ['lt', '<'],
  ['le', '<='],
]);

function isMeta({ urn, attribute }: AttributePath): boolean {
  return urn === null && attribute.name === 'meta';
}

function isReferences({ urn, attribute }: AttributePath): boolean {
  return urn === null && (attribute.name === 'groups' || attribute.name === 'members');
}

function keysOf({ urn, attribute }: AttributePath): string[] {
  return urn === null ? [attribute.name] : [urn, attribute.name];
}
