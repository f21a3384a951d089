import { strFromU8, strToU8, Unzip, UnzipInflate, Zip, ZipDeflate } from 'fflate';
import { maximumDepth } from '../../src-main/contract/catalogue/limits.ts';
import type { CallDetail, Json } from '../../src-main/contract/index.ts';
import { readJson } from '../read-json.ts';
import { readCall } from './read-call.ts';

/** What a support bundle says of itself. */
export interface BundleAbout {
  format: 'scim-pilot-support-bundle';
  version: 1;
  /** Milliseconds since 1970. */
  createdAt: number;
  redacted: boolean;
  calls: number;
  /** Why it was made, in the admin's words; empty without any. */
  note: string;
}

/** A bundle's other files, by name without `.json`. */
export type BundleFacts = { [name: string]: Json };

/** A bundle that was opened to be looked at. */
export interface OpenedBundle {
  /** The file's. */
  name: string;
  about: BundleAbout;
  /** Newest first. */
  calls: CallDetail[];
  facts: BundleFacts;
  /** What could not be read, in sentences. */
  problems: string[];
}

/** Says in a sentence why a file can't be opened. */
export class UnreadableBundle extends Error {}

/** Written at once. */
const pageSize = 1024 * 1024;
const formatName = 'scim-pilot-support-bundle';
/** Read at once: what it unpacks to at most, a thousand times as much, must fit in memory too. */
const chunk = 64 * 1024;
/** Larger than any bundle of ours that a window could show. */
const mostZipped = 256 * 1024 * 1024;
const mostUnzipped = 256 * 1024 * 1024;
const mostCalls = 200_000;
/** A call tells what changed in a record, which itself may nest as deep as a body: some levels more than that. */
const deepestLine = 2 * maximumDepth;

/** Writes a bundle; `calls` is NDJSON, oldest first. */
export async function writeBundle(
  about: BundleAbout,
  calls: Blob,
  facts: BundleFacts,
  signal: AbortSignal,
): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, data) => {
    if (error !== null) failure = error;
    // A copy: what it hands over may be a view of a buffer that it goes on using.
    else parts.push(new Uint8Array(data));
  });
  const add = (name: string) => {
    const file = new ZipDeflate(name, { level: 6 });
    zip.add(file);
    return file;
  };
  add('README.txt').push(strToU8(readme(about)), true);
  add('bundle.json').push(strToU8(`${JSON.stringify(about, null, 2)}\n`), true);
  for (const [name, fact] of Object.entries(facts)) {
    add(`${name}.json`).push(strToU8(`${JSON.stringify(fact, null, 2)}\n`), true);
  }
  const lines = add('calls.ndjson');
  for (let at = 0; at < calls.size; at += pageSize) {
    signal.throwIfAborted();
    lines.push(new Uint8Array(await calls.slice(at, at + pageSize).arrayBuffer()));
    if (failure !== null) throw failure;
  }
  lines.push(new Uint8Array(0), true);
  zip.end();
  if (failure !== null) throw failure;
  return new Blob(parts, { type: 'application/zip' });
}

function readme({ calls, redacted, createdAt, note }: BundleAbout): string {
  return [
    'A support bundle of SCIM Pilot.',
    '',
    `Made ${new Date(createdAt).toISOString()}, with ${calls} provisioning calls.`,
    redacted
      ? 'Redacted: names, userNames, e-mails, phone numbers, addresses and ids are placeholders.'
      : 'NOT redacted: it holds the personal data that Azure sent. Treat it so.',
    'It never holds the Secret Token.',
    ...(note === '' ? [] : ['', note]),
    '',
    'To look at it: SCIM Pilot, Live feed, Export, "Open a support bundle…".',
    '',
  ].join('\r\n');
}

/** Reads a bundle. Throws `UnreadableBundle`; what can be read of a damaged one is kept. */
export async function readBundle(file: File, signal: AbortSignal, most = mostUnzipped): Promise<OpenedBundle> {
  if (file.size > mostZipped) {
    throw new UnreadableBundle(`${file.name} is too large for a support bundle (over 256 MB).`);
  }
  const { files, problems } = await unzip(file, signal, most);
  const about = aboutOf(files.get('bundle.json'));
  if (about === null) {
    throw new UnreadableBundle(
      files.size === 0
        ? `${file.name} is no zip file, so it is no support bundle.`
        : `${file.name} is a zip file, but no support bundle of SCIM Pilot: its bundle.json is missing or not readable.`,
    );
  }
  const facts: BundleFacts = {};
  for (const [name, bytes] of files) {
    if (!/^[a-z-]+\.json$/.test(name) || name === 'bundle.json') continue;
    const fact = parse(strFromU8(bytes));
    if (fact === undefined) problems.push(`${name} in it is not readable.`);
    else facts[name.slice(0, -5)] = fact;
  }
  const calls = callsOf(files.get('calls.ndjson'), about, problems);
  return { name: file.name, about, calls, facts, problems };
}

function aboutOf(bytes: Uint8Array | undefined): BundleAbout | null {
  const read = bytes === undefined ? undefined : parse(strFromU8(bytes));
  if (typeof read !== 'object' || read === null || Array.isArray(read) || read.format !== formatName) return null;
  const { createdAt, redacted, calls, note } = read;
  if (typeof createdAt !== 'number' || typeof redacted !== 'boolean' || typeof calls !== 'number') return null;
  // A later form may have more in it; what is known of it is read.
  return { format: formatName, version: 1, createdAt, redacted, calls, note: typeof note === 'string' ? note : '' };
}

function callsOf(bytes: Uint8Array | undefined, about: BundleAbout, problems: string[]): CallDetail[] {
  const calls: CallDetail[] = [];
  let broken = 0;
  const lines = bytes === undefined ? [] : strFromU8(bytes).split('\n');
  for (const line of lines) {
    if (line.trim() === '') continue;
    const call = readCall(parse(line));
    if (call === null) broken += 1;
    else calls.push(call);
    if (calls.length === mostCalls) {
      problems.push(`Only its first ${mostCalls} calls are shown.`);
      break;
    }
  }
  if (broken > 0)
    problems.push(broken === 1 ? 'One call in it is not readable.' : `${broken} calls in it are not readable.`);
  const missing = about.calls - calls.length - broken;
  if (missing > 0 && calls.length < mostCalls) problems.push(`${missing} of its calls are missing.`);
  return calls.toSorted((a, b) => b.position - a.position);
}

/** The files in a zip, as far as they can be read and no further than memory allows. */
async function unzip(
  file: File,
  signal: AbortSignal,
  most: number,
): Promise<{ files: Map<string, Uint8Array>; problems: string[] }> {
  const parts = new Map<string, Uint8Array[]>();
  const problems: string[] = [];
  let unzipped = 0;
  const reader = new Unzip((entry) => {
    const own: Uint8Array[] = [];
    parts.set(entry.name, own);
    entry.ondata = (error, data) => {
      if (error !== null) problems.push(`${entry.name} in it is damaged.`);
      else {
        unzipped += data.length;
        if (unzipped <= most) own.push(data);
      }
    };
    entry.start();
  });
  reader.register(UnzipInflate);
  try {
    for (let at = 0; at < file.size && unzipped <= most; at += chunk) {
      signal.throwIfAborted();
      const part = new Uint8Array(await file.slice(at, at + chunk).arrayBuffer());
      reader.push(part, at + chunk >= file.size);
    }
  } catch (error) {
    if (signal.aborted) throw error;
    problems.push('The file is damaged; what could be read of it is shown.');
  }
  if (unzipped > most) {
    throw new UnreadableBundle(
      `${file.name} unpacks to more than ${most / 1024 / 1024} MB, which no support bundle does.`,
    );
  }
  return { files: new Map([...parts].map(([name, own]) => [name, joined(own)])), problems };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function parse(text: string): Json | undefined {
  return readJson(text, deepestLine);
}
