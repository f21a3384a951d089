import type { AzureEntry, AzureLogFormat, AzureLogProblem, AzureProperty, AzureStep } from '../../contract/index.ts';
import { type CsvRecords, csvRecords } from './csv-records.ts';
import { readDate } from './dates.ts';
import { cleanText, entryOf, propertyOf, stepOf } from './entry.ts';
import { plainName } from './flatten.ts';
import { csvKind, jsonFormat, sniff, sniffed } from './format.ts';
import { type JsonRecords, jsonRecords } from './json-records.ts';
import { entryNames, meaningOf, propertyNames, stepNames, unused } from './names.ts';
import type { Place } from './places.ts';
import { textOf } from './text.ts';

/** Problems told one by one; the rest are counted. */
const toldProblems = 50;

/** What a log is made of, in the order it stands in the file. */
export type LogItem =
  | { kind: 'entry'; entry: AzureEntry }
  | { kind: 'step'; changeId: string; step: AzureStep }
  | { kind: 'property'; changeId: string; property: AzureProperty };

/** Reads one file of Azure's provisioning log, whatever form it has, piece by piece. Never throws, whatever the bytes are. */
export interface LogReader {
  /** Gives what these bytes complete. The next bytes may be given when it has resolved. */
  write(bytes: Uint8Array): Promise<LogItem[]>;
  end(): Promise<LogItem[]>;
  /** Null while it is not known, and where it is none. */
  readonly format: AzureLogFormat | null;
  readonly read: number;
  readonly problems: readonly AzureLogProblem[];
  readonly problemCount: number;
}

export function createLogReader(): LogReader {
  const decoder = textOf();
  const problems: AzureLogProblem[] = [];
  let problemCount = 0;
  let items: LogItem[] = [];
  let read = 0;
  let format: AzureLogFormat | null = null;
  /** The beginning, until it is known what it is. */
  let head: string | null = '';
  let json: JsonRecords | null = null;
  let csv: CsvRecords | null = null;
  let strangers = 0;
  let guessed = false;
  let timeless = 0;

  function problem(words: string, place: Place | null = null): void {
    problemCount += 1;
    if (problems.length < toldProblems)
      problems.push({ words, line: place?.line ?? null, column: place?.column ?? null });
  }

  function give(item: LogItem): void {
    read += 1;
    if (item.kind === 'entry' && item.entry.at === null) timeless += 1;
    items.push(item);
  }

  function takeJson(record: Record<string, unknown>, place: Place): void {
    const entry = entryOf(record);
    if (entry === null) {
      strangers += 1;
      if (strangers === 1) {
        problem('This record is none of a provisioning log and was left out, and so is each one like it.', place);
      }
      return;
    }
    format ??= jsonFormat(record);
    give({ kind: 'entry', entry });
  }

  function startCsv(delimiter: string): CsvRecords {
    let take: ((cells: string[], place: Place) => void) | null = null;
    return csvRecords({
      delimiter,
      problem,
      record(cells, place) {
        if (take === null) take = takerOf(cells, place);
        else take(cells, place);
      },
    });
  }

  /** Reads the header, and gives what reads the rows under it. */
  function takerOf(header: string[], place: Place): (cells: string[], place: Place) => void {
    const kind = csvKind(header);
    format = kind;
    const names = kind === 'csv-logs' ? entryNames : kind === 'csv-steps' ? stepNames : propertyNames;
    const plain = header.map(plainName);
    const strange = header.flatMap((_, at) => {
      const name = plain[at] ?? '';
      return name === '' || meaningOf(names, name) !== null || unused.has(name) ? [] : [at];
    });
    if (strange.length > 0) {
      const list = strange.map((at) => `“${header[at]?.trim().slice(0, 100)}”`).join(', ');
      problem(
        `${strange.length === 1 ? 'A column was' : 'Columns were'} not understood: ${list}. ${kind === 'csv-logs' ? 'What stands in there is shown with each entry as it is.' : 'It was left out.'}`,
        place,
      );
    }
    if (!plain.some((name) => entryNames.changeId.some((known) => known === name))) {
      problem(
        kind === 'csv-logs'
          ? 'There is no column with the change id: steps and modified properties can not be put to these entries.'
          : 'There is no column with the change id, which tells whose steps or properties these are: nothing could be read.',
        place,
      );
    }
    return (cells, at) => {
      const record: Record<string, string> = Object.create(null);
      for (const [index, column] of header.entries()) {
        const value = cells[index];
        if (value !== undefined && value !== '') record[column] = value;
      }
      if (kind === 'csv-logs') takeEntry(record, strange, header, at);
      else takePart(record, kind, at);
    };
  }

  function takeEntry(record: Record<string, string>, strange: number[], header: string[], place: Place): void {
    const entry = entryOf(record);
    if (entry === null) {
      problem('This row has neither action nor status nor job: it was left out.', place);
      return;
    }
    guessed ||= Object.entries(record).some(
      ([column, value]) => meaningOf(entryNames, plainName(column)) === 'at' && readDate(value)?.guessed === true,
    );
    for (const at of strange) {
      const column = header[at] ?? '';
      const value = record[column];
      if (value !== undefined) entry.other.push([column, cleanText(value)]);
    }
    give({ kind: 'entry', entry });
  }

  function takePart(record: Record<string, string>, kind: 'csv-steps' | 'csv-properties', place: Place): void {
    const changeId = Object.entries(record).find(
      ([column]) => meaningOf(stepNames, plainName(column)) === 'changeId',
    )?.[1];
    if (changeId === undefined) {
      problem('This row has no change id: it was left out.', place);
      return;
    }
    if (kind === 'csv-steps') give({ kind: 'step', changeId, step: stepOf(record) });
    else {
      const property = propertyOf(record);
      if (property === null) problem('This row names no property: it was left out.', place);
      else give({ kind: 'property', changeId, property });
    }
  }

  async function take(text: string, ended: boolean): Promise<void> {
    if (head === null) {
      json?.write(text);
      await csv?.write(text);
      return;
    }
    head += text;
    if (decoder.refused !== null) {
      problem(decoder.refused);
      head = null;
      return;
    }
    const found = sniff(head, ended || head.length >= sniffed);
    if (found.kind === 'more') return;
    const begun = head.replace(/^\uFEFF/, '');
    head = null;
    if (found.kind === 'nothing') problem(found.words);
    else if (found.kind === 'json') json = jsonRecords({ record: takeJson, problem });
    else csv = startCsv(found.delimiter);
    await take(begun, ended);
  }

  function given(): LogItem[] {
    const ready = items;
    items = [];
    return ready;
  }

  return {
    async write(bytes) {
      await take(decoder.write(bytes), false);
      return given();
    },
    async end() {
      await take(decoder.end(), true);
      json?.end();
      await csv?.end();
      if (strangers > 1) problem(`${strangers} records in all were none of a provisioning log.`);
      if (json?.morePages) {
        problem('Graph tells of further pages (@odata.nextLink) that are not in this file: the log goes on there.');
      }
      if (decoder.damaged) {
        problem(
          `Some bytes are not ${decoder.encoding === 'utf-8' ? 'UTF-8' : 'UTF-16'} and are shown as \uFFFD: the file may have been saved in another encoding. Save it as UTF-8 to keep such letters.`,
        );
      }
      if (guessed)
        problem('Dates could be month first or day first; they were read month first, as Azure writes them.');
      if (timeless > 0) problem(`${timeless} of the entries have no time that could be read.`);
      return given();
    },
    get format() {
      return format;
    },
    get read() {
      return read;
    },
    get problems() {
      return problems;
    },
    get problemCount() {
      return problemCount;
    },
  };
}
