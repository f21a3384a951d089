import { type Place, placeAfter } from './places.ts';

/** Longest record that is read, characters. Real ones have a few thousand; an unclosed quote makes one of the rest of the file. */
export const longestRecord = 8_000_000;

/** Keys whose array holds the records of an object around them: Graph, and Azure Monitor's export. */
const envelopes = new Set(['value', 'records']);

export interface JsonRecordsOptions {
  record(value: Record<string, unknown>, place: Place): void;
  problem(words: string, place: Place): void;
}

/** Takes a text piece by piece and gives its records. Never throws. */
export interface JsonRecords {
  write(text: string): void;
  end(): void;
  /** `@odata.nextLink` was met: Graph has more pages than this. */
  readonly morePages: boolean;
}

/**
 * Cuts a JSON text of any length into its records, each parsed by itself: one array of them, objects one after the other (a line
 * each, or not), or an object whose `value` or `records` holds them. Holds no more than one record; one that is malformed is
 * told of, and the next is read. Written here, for the JSON streams there are end at the first error, and tell no place.
 */
export function jsonRecords({ record, problem }: JsonRecordsOptions): JsonRecords {
  /** Text of the record under way that came in earlier pieces; null outside of one. */
  let begun: string[] | null = null;
  let begunLength = 0;
  let begunAt: Place = { line: 1, column: 1 };
  /** How deep the record under way lies, and how deep we are. */
  let recordDepth = 0;
  let depth = 0;
  /** Depth at which records begin: 0 one after the other, 1 in an array, 2 in an envelope's array; null in the rest of an envelope. */
  let level: number | null = 0;
  let inString = false;
  let escaped = false;
  /** Of the object at the root: the string under way or last read, and the member whose value is read. */
  let key: string | null = null;
  let member = '';
  /** Reading goes on from here. */
  let place: Place = { line: 1, column: 1 };
  let given = 0;
  let morePages = false;
  let strayTold = false;
  let oneALine = false;
  let tooLong = false;

  function finish(text: string): void {
    begun = null;
    begunLength = 0;
    given += 1;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      problem(`Record ${given} is not JSON (${reasonOf(error)}) and was left out.`, placeOfError(error, text, begunAt));
      return;
    }
    record(value as Record<string, unknown>, begunAt);
  }

  /** Gives up the record under way: reading goes on outside of it. */
  function drop(words: string, at: Place): void {
    problem(words, at);
    given += 1;
    begun = null;
    begunLength = 0;
    inString = false;
    escaped = false;
    depth = recordDepth;
  }

  function stray(what: string, at: Place): void {
    if (!strayTold) problem(`${JSON.stringify(what)} stands where a record should; it was passed over.`, at);
    strayTold = true;
  }

  function write(text: string): void {
    /** Where in `text` the record under way goes on. */
    let from = 0;
    let counted = 0;
    const placeAt = (at: number): Place => {
      place = placeAfter(place, text.slice(counted, at));
      counted = at;
      return place;
    };
    const between = () => begun === null && depth === level;
    const atMembers = () => depth === 1 && (level === 0 || level === null);

    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (inString) {
        if (escaped) escaped = false;
        else if (code === backslash) escaped = true;
        else if (code === quote) inString = false;
        else if (code === newline) {
          // No string of JSON holds a bare line break: a quote is missing. Better one record lost than all that follow.
          if (begun !== null && recordDepth === 0) {
            drop(`Record ${given + 1} has a quote that is not closed, and was left out.`, placeAt(at));
          }
          inString = false;
        } else if (key !== null && key.length < longestKey && atMembers()) key += text[at];
        continue;
      }
      switch (code) {
        case quote:
          if (between()) stray('"', placeAt(at));
          inString = true;
          key = '';
          break;
        case colon:
          if (!atMembers()) break;
          member = key ?? '';
          morePages ||= member === '@odata.nextLink';
          break;
        case comma:
          if (atMembers()) member = '';
          break;
        case braceOpen:
          if (between()) {
            begun = [];
            begunAt = placeAt(at);
            recordDepth = depth;
            from = at;
          }
          depth += 1;
          break;
        case bracketOpen:
          if (begun === null && level === 0 && depth === 0) level = 1;
          else if (atMembers() && envelopes.has(member)) {
            // What was taken for a record is what lies around them.
            begun = null;
            level = 2;
          } else if (between()) stray('[', placeAt(at));
          depth += 1;
          break;
        case braceClose:
        case bracketClose:
          if (depth === 0) {
            stray(text[at] ?? '', placeAt(at));
            break;
          }
          depth -= 1;
          if (begun !== null && depth === recordDepth) {
            finish([...begun, text.slice(from, at + 1)].join(''));
            oneALine = depth === 0;
          } else if (begun === null && depth === 0) level = 0;
          else if (begun === null && depth === 1 && level === 2) level = null;
          break;
        case newline:
          // A line that is not closed, among records of a line each, is one broken record.
          if (oneALine && begun !== null && recordDepth === 0 && /^\s*\{/.test(text.slice(at + 1, at + 20))) {
            drop(`Record ${given + 1} is not closed at the end of its line, and was left out.`, placeAt(at));
          }
          break;
        default:
          if (between() && !isBlank(code)) stray(text[at] ?? '', placeAt(at));
      }
    }
    placeAt(text.length);
    if (begun === null) return;
    begun.push(text.slice(from));
    begunLength += text.length - from;
    if (begunLength <= longestRecord) return;
    tooLong = true;
    drop(
      `Record ${given + 1} begins here and does not end within ${longestRecord / 1_000_000} million characters: a quote or bracket is missing. Nothing after it could be read.`,
      begunAt,
    );
  }

  return {
    write(text) {
      if (!tooLong) write(text);
    },
    end() {
      if (tooLong) return;
      if (begun !== null) {
        problem(
          `The file ends in the middle of record ${given + 1}, which begins here: it was cut off. What came before was read.`,
          begunAt,
        );
      } else if (depth > 0) {
        problem(
          'The file ends before its list of records is closed: it was cut off, and more may have followed.',
          place,
        );
      }
    },
    get morePages() {
      return morePages;
    },
  };
}

const longestKey = 100;
const colon = 58;
const quote = 34;
const comma = 44;
const bracketOpen = 91;
const backslash = 92;
const bracketClose = 93;
const braceOpen = 123;
const braceClose = 125;
const newline = 10;

function isBlank(code: number): boolean {
  return code === 32 || code === newline || code === 13 || code === 9 || code === 0xfeff;
}

/** V8's message without what it quotes of the text. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/,? ?\.{0,3}".*$/s, '')
    .replace(/ in JSON.*$/s, '')
    .replace(/ \(line.*$/s, '');
}

function placeOfError(error: unknown, text: string, start: Place): Place {
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return position === undefined ? start : placeAfter(start, text.slice(0, Number(position)));
}
