/** How many bytes it takes to tell the encoding. */
const enough = 64;

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Turns the bytes of a file into text, piece by piece. Never throws. */
export interface TextOf {
  /** The text of these bytes, as far as they make whole characters. */
  write(bytes: Uint8Array): string;
  end(): string;
  /** What the bytes are, where that is no text at all: a sentence. Known before any text is given. */
  readonly refused: string | null;
  /** Whether bytes were met that are not of the encoding; they read as U+FFFD. */
  readonly damaged: boolean;
  readonly encoding: Encoding;
}

/**
 * UTF-8 with or without a byte order mark, UTF-16 in either order (Excel, PowerShell's `>`): told by the mark, else by where the
 * zero bytes stand.
 */
export function textOf(): TextOf {
  let head: Uint8Array | null = new Uint8Array(0);
  let decoder: TextDecoder | null = null;
  /** Reads the same and throws at the first byte that is not of the encoding: U+FFFD may also stand in a sound file. */
  let strict: TextDecoder | null = null;
  let encoding: Encoding = 'utf-8';
  let refused: string | null = null;
  let damaged = false;

  function decode(bytes: Uint8Array | undefined, more: boolean): string {
    if (decoder === null || refused !== null) return '';
    try {
      strict?.decode(bytes, { stream: more });
    } catch {
      damaged = true;
      strict = null;
    }
    return decoder.decode(bytes, { stream: more });
  }

  function begin(bytes: Uint8Array, more: boolean): string {
    head = null;
    refused = noText(bytes);
    encoding = encodingOf(bytes);
    decoder = new TextDecoder(encoding);
    strict = new TextDecoder(encoding, { fatal: true });
    return decode(bytes, more);
  }

  return {
    write(bytes) {
      if (head === null) return decode(bytes, true);
      const together = new Uint8Array(head.length + bytes.length);
      together.set(head);
      together.set(bytes, head.length);
      if (together.length >= enough) return begin(together, true);
      head = together;
      return '';
    },
    end: () => (head === null ? decode(undefined, false) : begin(head, false)),
    get refused() {
      return refused;
    },
    get damaged() {
      return damaged;
    },
    get encoding() {
      return encoding;
    },
  };
}

/** Files that are dropped by mistake, by their first bytes. */
function noText(bytes: Uint8Array): string | null {
  const starts = (...prefix: number[]) => prefix.every((byte, at) => bytes[at] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04)) {
    return 'This is a ZIP archive or an Excel workbook. Unpack it, or save the sheet as CSV UTF-8, and drop that.';
  }
  if (starts(0x1f, 0x8b)) return 'This is a gzip archive. Unpack it and drop what is inside.';
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'This is a PDF. Download the log as JSON or CSV instead.';
  if (starts(0xff, 0xfe, 0x00, 0x00) || starts(0x00, 0x00, 0xfe, 0xff)) {
    return 'This file is UTF-32. Save it as UTF-8 and drop it again.';
  }
  return null;
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const pairs = Math.floor(Math.min(bytes.length, enough) / 2);
  let first = 0;
  let second = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    if (bytes[2 * pair] === 0) first += 1;
    if (bytes[2 * pair + 1] === 0) second += 1;
  }
  // What a log begins with is ASCII: every other byte is zero.
  if (pairs > 0 && second > pairs / 2 && first === 0) return 'utf-16le';
  if (pairs > 0 && first > pairs / 2 && second === 0) return 'utf-16be';
  return 'utf-8';
}
