import type { ScimType } from '../../contract/catalogue/errors.ts';
import { maximumDepth } from '../../contract/catalogue/limits.ts';
import { quoted, ScimError } from '../errors.ts';
import { isStorableText } from '../json.ts';
import { type AttributePath, comparablePath, pathTo, resolvePath, subAttribute, whyIgnored } from '../path.ts';
import type { ResourceSchema } from '../schemas/types.ts';
import { everyone, nobody, ofNoValue } from './constant.ts';
import { type Literal, operandFor } from './literal.ts';
import type { CompareOperator, Filter } from './types.ts';

const operators: ReadonlyMap<string, CompareOperator | 'pr'> = new Map(
  (['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'] as const).map((op) => [op, op]),
);
const operatorList = 'eq, ne, co, sw, ew, gt, ge, lt, le or pr';

/** Recursive descent over RFC 7644 figure 1, by character codes. One parser reads one text once. */
export class FilterParser {
  private readonly text: string;
  private readonly schema: ResourceSchema;
  /** Another type that is asked the same: its attributes have no value here (RFC 7644 §3.4.2.1). */
  private readonly besides: ResourceSchema | null;
  /** What the text is, for messages: "Filter" or "Path". */
  private readonly label: string;
  /** Index of the next unread UTF-16 unit. */
  private at: number;
  private depth = 0;

  constructor(text: string, schema: ResourceSchema, label = 'Filter', from = 0, besides: ResourceSchema | null = null) {
    this.text = text;
    this.schema = schema;
    this.besides = besides;
    this.label = label;
    this.at = from;
  }

  /** The whole text as one filter; `everyone` or `nobody` where it is decided by attributes that only the other type has. */
  parseAll(): Filter {
    const filter = this.parseOr(null);
    this.skipSpace();
    if (this.at < this.text.length) {
      this.fail(`expected "and", "or" or the end (text with spaces needs double quotes)`);
    }
    return filter;
  }

  /** The inside of `path[…]`, from just after the bracket; gives the index after the closing one. */
  parseValueFilter(parent: AttributePath): { filter: Filter; end: number } {
    const filter = this.parseOr(parent);
    this.expect(']', 'expected "and", "or" or "]"');
    return { filter, end: this.at };
  }

  private parseOr(parent: AttributePath | null): Filter {
    const first = this.parseAnd(parent);
    if (!this.takeWord('or')) return first;
    const operands = [first];
    do operands.push(this.parseAnd(parent));
    while (this.takeWord('or'));
    return this.joined('or', operands);
  }

  private parseAnd(parent: AttributePath | null): Filter {
    const first = this.parseTerm(parent);
    if (!this.takeWord('and')) return first;
    const operands = [first];
    do operands.push(this.parseTerm(parent));
    while (this.takeWord('and'));
    return this.joined('and', operands);
  }

  private parseTerm(parent: AttributePath | null): Filter {
    this.skipSpace();
    if (this.text[this.at] === '(') return this.parseGroup(parent);
    const start = this.at;
    const word = this.readWord();
    if (word === '') this.fail('expected the name of an attribute, "not" or "("');
    if (word.length === 3 && word.toLowerCase() === 'not') {
      this.skipSpace();
      if (this.text[this.at] !== '(') this.fail('expected "(" after "not"');
      return negated(this.parseGroup(parent));
    }
    return this.text[this.at] === '['
      ? this.parseValuePath(word, start, parent)
      : this.parseExpression(word, start, parent);
  }

  private parseGroup(parent: AttributePath | null): Filter {
    this.at++;
    this.enter();
    const filter = this.parseOr(parent);
    this.expect(')', 'expected "and", "or" or ")"');
    this.depth--;
    return filter;
  }

  /** `attr op literal` or `attr pr`. */
  private parseExpression(word: string, start: number, parent: AttributePath | null): Filter {
    if (parent === null) {
      const { path, absent } = this.resolve(word, start);
      const comparison = this.parseComparison(path, start);
      return absent ? ofNoValue(comparison) : comparison;
    }
    const path = within(parent, word);
    if (typeof path === 'string') this.fail(path, start);
    return this.parseComparison(path, start);
  }

  /** The attribute that `word` names; `absent` when only the other type has it. */
  private resolve(word: string, start: number): { path: AttributePath; absent: boolean } {
    const path = resolvePath(word, this.schema);
    if (typeof path !== 'string') return { path, absent: false };
    const other = this.besides === null ? path : resolvePath(word, this.besides);
    if (typeof other === 'string') this.fail(path, start);
    return { path: other, absent: true };
  }

  private joined(kind: 'and' | 'or', operands: readonly Filter[]): Filter {
    if (this.besides === null) return balance(kind, operands, 0, operands.length);
    const [deciding, neutral] = kind === 'or' ? [everyone, nobody] : [nobody, everyone];
    if (operands.includes(deciding)) return deciding;
    const open = operands.filter((one) => one !== neutral);
    return open.length === 0 ? neutral : balance(kind, open, 0, open.length);
  }

  private parseComparison(path: AttributePath, start: number): Filter {
    this.skipSpace();
    const operatorAt = this.at;
    const op = operators.get(this.readWord().toLowerCase());
    if (op === undefined) this.fail(`expected an operator: ${operatorList}`, operatorAt);
    const ignored = whyIgnored(path);
    if (ignored !== null) this.fail(ignored, start);
    if (op === 'pr') return { kind: 'present', path };
    const target = comparablePath(path);
    if (typeof target === 'string') this.fail(target, start);
    this.skipSpace();
    const literalAt = this.at;
    const operand = operandFor(target.sub ?? target.attribute, op, this.readLiteral());
    if (typeof operand === 'string') this.fail(operand, literalAt);
    return { kind: 'compare', path: target, op, value: operand.value, comparable: operand.comparable };
  }

  /** `attr[filter]`, or Entra's `attr[filter].sub op literal`, which asks the same of one element. */
  private parseValuePath(word: string, start: number, parent: AttributePath | null): Filter {
    if (parent !== null) this.fail("a value filter can't hold another one", this.at);
    const { path, absent } = this.resolve(word, start);
    if (path.sub !== null || path.attribute.type !== 'complex')
      this.fail(`${path.canonical} has no parts to filter`, start);
    this.at++;
    this.enter();
    const { filter } = this.parseValueFilter(path);
    this.depth--;
    if (this.text[this.at] !== '.') return absent ? nobody : { kind: 'valuePath', path, filter };
    this.at++;
    const subAt = this.at;
    const sub = within(path, this.readWord());
    if (typeof sub === 'string') this.fail(sub, subAt);
    const comparison = this.parseComparison(sub, subAt);
    if (absent) return nobody;
    return { kind: 'valuePath', path, filter: { kind: 'and', left: filter, right: comparison } };
  }

  private readLiteral(): Literal {
    const start = this.at;
    if (this.text[start] === '"') return { quoted: true, text: this.readQuoted() };
    const text = this.readWord(true);
    if (text === '') this.fail('expected a value, such as "text", true or 42', start);
    if (text.startsWith("'")) this.fail('expected a value in double quotes', start);
    return { quoted: false, text };
  }

  /** A JSON string; most have no escapes and are a plain slice. */
  private readQuoted(): string {
    const start = this.at;
    let end = start + 1;
    let escaped = false;
    for (; end < this.text.length; end++) {
      const unit = this.text.charCodeAt(end);
      if (unit === 34) break;
      if (unit === 92) {
        escaped = true;
        end++;
      }
    }
    if (end >= this.text.length) this.fail('the closing double quote is missing', start);
    this.at = end + 1;
    if (!escaped) return this.text.slice(start + 1, end);
    const text = unescaped(this.text.slice(start, end + 1));
    if (text === null) this.fail('a backslash starts an escape that JSON does not have', start);
    if (!isStorableText(text)) this.fail('an escape gives a NUL character or a broken Unicode character', start);
    return text;
  }

  /** Everything up to space or a bracket. A bare literal may hold quotes and opening brackets, a name may not. */
  private readWord(literal = false): string {
    const start = this.at;
    let end = start;
    for (; end < this.text.length; end++) {
      const unit = this.text.charCodeAt(end);
      if (isSpace(unit) || unit === 41 || unit === 93) break;
      if (!literal && (unit === 34 || unit === 40 || unit === 91)) break;
    }
    this.at = end;
    return this.text.slice(start, end);
  }

  /** Takes `and` or `or` where it stands as a word of its own. */
  private takeWord(word: 'and' | 'or'): boolean {
    this.skipSpace();
    const end = this.at + word.length;
    if (this.text.slice(this.at, end).toLowerCase() !== word) return false;
    const next = this.text.charCodeAt(end);
    if (end < this.text.length && !isSpace(next) && next !== 40) return false;
    this.at = end;
    return true;
  }

  private expect(character: string, otherwise: string): void {
    this.skipSpace();
    if (this.text[this.at] !== character) this.fail(otherwise);
    this.at++;
  }

  private enter(): void {
    this.depth++;
    if (this.depth > maximumDepth) this.fail(`brackets nest deeper than ${maximumDepth} levels`);
  }

  private skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
  }

  private fail(what: string, at = this.at): never {
    const rest = this.text.slice(at, at + 20);
    const found = rest === '' ? 'at the end' : `at ${quoted(rest)}`;
    const type: ScimType = 'invalidFilter';
    throw new ScimError(400, `${this.label}, position ${at + 1} (${found}): ${what}.`, type);
  }
}

/** A JSON string's text; null when it is none. */
function unescaped(json: string): string | null {
  try {
    return String(JSON.parse(json));
  } catch {
    return null;
  }
}

/** Resolves a name inside `parent[…]`. */
function within(parent: AttributePath, name: string): AttributePath | string {
  const sub = subAttribute(parent.attribute, name);
  return typeof sub === 'string' ? sub : pathTo(parent, sub);
}

function negated(operand: Filter): Filter {
  if (operand === everyone) return nobody;
  return operand === nobody ? everyone : { kind: 'not', operand };
}

/** A chain as a balanced tree: a thousand clauses are ten levels deep, for whoever walks it. */
function balance(kind: 'and' | 'or', operands: readonly Filter[], from: number, to: number): Filter {
  const only = operands[from];
  if (to - from === 1 && only !== undefined) return only;
  const middle = (from + to + 1) >> 1;
  return { kind, left: balance(kind, operands, from, middle), right: balance(kind, operands, middle, to) };
}

function isSpace(unit: number): boolean {
  return unit === 32 || (unit >= 9 && unit <= 13);
}
