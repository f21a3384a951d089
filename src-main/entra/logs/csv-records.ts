import { CsvError, type Info, parse } from 'csv-parse';
import type { Place } from './places.ts';

/** Longest record, characters: an unclosed quote makes one of the rest of the file. */
const longestRecord = 8_000_000;

export interface CsvRecordsOptions {
  delimiter: string;
  record(cells: string[], place: Place): void;
  problem(words: string, place: Place): void;
}

/** Takes a text piece by piece and gives its records, the header among them. Never throws. */
export interface CsvRecords {
  /** Resolves when all records of it were given. */
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

interface Parsed {
  record: string[];
  info: Info;
}

/** CSV by RFC 4180, quotes where they should not be included. Ends at what can't be told apart any more: an unclosed quote. */
export function csvRecords({ delimiter, record, problem }: CsvRecordsOptions): CsvRecords {
  let broken = false;
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  });
  /** The last line of the record before. */
  let line = 0;
  parser.on('error', (error) => {
    broken = true;
    problem(wordsOf(error), { line: line + 1, column: 1 });
  });

  function take(): void {
    for (let next: unknown = parser.read(); next !== null; next = parser.read()) {
      const { record: cells, info } = next as Parsed;
      record(cells, { line: line + 1, column: 1 });
      line = info.lines;
    }
  }

  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

  return {
    async write(text) {
      if (broken || text === '') return;
      parser.write(text);
      take();
      // An error is told in a turn of its own.
      await turn();
      take();
    },
    async end() {
      if (broken) return;
      const over = new Promise<void>((resolve) => {
        parser.once('end', resolve).once('close', resolve);
      });
      parser.on('readable', take);
      parser.end();
      take();
      await over;
    },
  };
}

function wordsOf(error: Error): string {
  const code = error instanceof CsvError ? error.code : '';
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE') {
    return 'A quote that opens in this record is never closed: the file was cut off, or the quote is missing. What came before was read.';
  }
  return `The CSV can not be read on from here (${error.message}). What came before was read.`;
}
