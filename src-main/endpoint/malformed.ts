import { METHODS } from 'node:http';
import type { Socket } from 'node:net';
import type { CallRecorder, CapturedCall, Clock, Writer } from '../contract/index.ts';
import { contentType } from '../scim/index.ts';
import { addressOf, basePath } from './addresses.ts';
import { refusal } from './answer.ts';
import type { CheckCredentials } from './credentials.ts';
import { recordAnswered } from './record.ts';
import { hidden, type Redactor } from './redact.ts';

export interface MalformedOptions {
  recorder: CallRecorder;
  writer: Writer;
  clock: Clock;
  redactor: Redactor;
  check: CheckCredentials;
}

/** An error of Node's HTTP parser, with the bytes it choked on where it has them. */
type ParserError = Error & { code?: string; rawPacket?: unknown };

const phrases: Record<number, string> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  413: 'Content Too Large',
  431: 'Request Header Fields Too Large',
};

/** Answers and records what arrived on the port but is no HTTP request (or never became a whole one). */
export function createMalformedHandler({ recorder, writer, clock, redactor, check }: MalformedOptions) {
  return (error: ParserError, socket: Socket): void => {
    // Nothing was said (a dropped or idle connection): there is nobody to answer and nothing to record.
    if (error.code === 'ECONNRESET' || socket.bytesRead === 0 || !socket.writable) {
      socket.destroy();
      return;
    }
    const startedAt = clock.monotonic();
    const at = clock.now();
    const id = recorder.nextId();
    const { status, detail } = verdict(error);
    const answer = refusal(id.code, status, detail, {
      stage: 'endpoint',
      scimType: status === 400 ? 'invalidSyntax' : null,
    });
    const body = answer.body ?? '';
    const bytes = Buffer.byteLength(body);
    const seen = readStart(error.rawPacket);
    const { shown, presented } = check(seen.authorization, at);
    const call: CapturedCall = {
      seq: id.seq,
      code: id.code,
      at,
      durationMs: clock.monotonic() - startedAt,
      method: seen.method,
      path: redactor.text(seen.path, presented),
      query: seen.query,
      requestHeaders: redactor.headers(seen.headers, shown, presented),
      requestBody: null,
      status,
      responseHeaders: [
        ['content-type', contentType],
        ['content-length', String(bytes)],
        ['connection', 'close'],
      ],
      responseBody: { text: body, bytes, cut: false },
      source: addressOf(socket),
      via: 'local',
      practice: false,
      stage: 'endpoint',
      scimType: answer.scimType,
      detail: answer.detail,
      resourceType: null,
      resourceId: null,
      resourceName: null,
      totalResults: null,
      changes: [],
      shows: null,
    };
    socket.end(
      `HTTP/1.1 ${status} ${phrases[status]}\r\nContent-Type: ${contentType}\r\nContent-Length: ${bytes}\r\nConnection: close\r\n\r\n${body}`,
    );
    recordAnswered(writer, recorder, call);
  };
}

function verdict(error: ParserError): { status: number; detail: string } {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, detail: 'The headers are too large.' };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, detail: 'The request did not arrive in time.' };
    case 'HPE_INVALID_CONTENT_LENGTH':
      return { status: 400, detail: 'Content-Length must be the number of bytes of the body.' };
    case 'HPE_UNEXPECTED_CONTENT_LENGTH':
      return {
        status: 400,
        detail: /transfer-encoding/i.test(error.message) ? bothLengths : 'Content-Length came twice.',
      };
    case 'HPE_INVALID_TRANSFER_ENCODING':
      return {
        status: 400,
        detail: /content-length/i.test(error.message)
          ? bothLengths
          : 'Transfer-Encoding must end in "chunked"; Content-Length is the simpler way.',
      };
    case 'HPE_INVALID_CHUNK_SIZE':
    case 'HPE_STRICT':
      return {
        status: 400,
        detail: 'The body is not chunked as Transfer-Encoding says: a chunk begins with its size.',
      };
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, detail: 'The chunk extensions of the body are too large.' };
    case 'HPE_INVALID_HEADER_TOKEN':
    case 'HPE_LF_EXPECTED':
    case 'HPE_CR_EXPECTED':
      return { status: 400, detail: 'A header line is broken: a name, a colon and a value are needed.' };
    case 'HPE_INVALID_METHOD':
    case 'HPE_INVALID_URL':
    case 'HPE_INVALID_VERSION':
    case 'HPE_INVALID_CONSTANT':
      return {
        status: 400,
        detail: 'This is not an HTTP request: its first line must read like "GET /scim/v2/Users HTTP/1.1".',
      };
    default:
      return { status: 400, detail: 'This is not an HTTP request.' };
  }
}

const bothLengths = 'Content-Length and Transfer-Encoding came both; only one may say where the body ends.';

/** Headers that help to understand a broken request and have no place for a secret. */
const harmless = new Set([
  'host',
  'content-type',
  'content-length',
  'transfer-encoding',
  'connection',
  'accept',
  'expect',
  'user-agent',
]);

/** The parts of a path that are no secret, besides ids of ours. */
const names = new Set([
  ...basePath.split('/'),
  'Users',
  'Groups',
  'Schemas',
  'ServiceProviderConfig',
  'ResourceTypes',
  'Bulk',
  'Me',
  '.search',
]);
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What can be read of the request's start. Nothing in a broken request says which of its words is a secret: unknown ones are left out. */
function readStart(packet: unknown) {
  const [first = '', ...lines] = (Buffer.isBuffer(packet) ? packet : Buffer.alloc(0))
    .subarray(0, 16_384)
    .toString('latin1')
    .split('\r\n');
  const start = /^([A-Z]+) (\/[^\s?]*)(\?\S*)? /.exec(first);
  const [, method = '', path = '', query = ''] = start ?? [];
  const end = lines.indexOf('');
  const headers: string[] = [];
  let authorization: string | undefined;
  for (const line of lines.slice(0, end < 0 ? lines.length : end)) {
    const [, name = '', value = ''] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    const lower = name.toLowerCase();
    if (lower === 'authorization') authorization = value;
    if (lower === 'authorization' || harmless.has(lower)) headers.push(name, value);
  }
  return {
    method: METHODS.includes(method) ? method : '',
    path: path
      .split('/')
      .map((part) => (names.has(part) || uuid.test(part) ? part : hidden))
      .join('/'),
    query: query === '' ? '' : hidden,
    headers,
    authorization,
  };
}
