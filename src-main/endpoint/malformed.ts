import type { Socket } from 'node:net';
import type { CallRecorder, CapturedCall, Clock, Writer } from '../contract/index.ts';
import { refusal } from './answer.ts';
import { contentType } from './capture.ts';
import type { Redactor } from './redact.ts';

export interface MalformedOptions {
  recorder: CallRecorder;
  writer: Writer;
  clock: Clock;
  redactor: Redactor;
}

/** An error of Node's HTTP parser, with the bytes it choked on where it has them. */
type ParserError = Error & { code?: string; rawPacket?: unknown };

const phrases: Record<number, string> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** Answers and records what arrived on the port but is no HTTP request (or never became a whole one). */
export function createMalformedHandler({ recorder, writer, clock, redactor }: MalformedOptions) {
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
    const call: CapturedCall = {
      seq: id.seq,
      code: id.code,
      at,
      durationMs: clock.monotonic() - startedAt,
      method: seen.method,
      path: redactor.text(seen.path, null),
      query: redactor.query(seen.query, null),
      requestHeaders: redactor.headers(seen.headers, null, null),
      requestBody: null,
      status,
      responseHeaders: [
        ['content-type', contentType],
        ['content-length', String(bytes)],
        ['connection', 'close'],
      ],
      responseBody: { text: body, bytes, cut: false },
      source: socket.remoteAddress ?? '',
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
    };
    socket.end(
      `HTTP/1.1 ${status} ${phrases[status]}\r\nContent-Type: ${contentType}\r\nContent-Length: ${bytes}\r\nConnection: close\r\n\r\n${body}`,
    );
    writer.append(
      () => recorder.insert(call),
      () => recorder.publish(call),
    );
  };
}

function verdict(error: ParserError): { status: number; detail: string } {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, detail: 'The headers are too large.' };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, detail: 'The request did not arrive in time.' };
    default:
      return { status: 400, detail: 'This is not an HTTP request.' };
  }
}

/** What can be read of the request's start; only lines that look like headers are taken. */
function readStart(packet: unknown): { method: string; path: string; query: string; headers: string[] } {
  const [first = '', ...lines] = (Buffer.isBuffer(packet) ? packet : Buffer.alloc(0))
    .subarray(0, 16_384)
    .toString('latin1')
    .split('\r\n');
  const start = /^([A-Z]{1,20}) (\S{1,8000}) HTTP\/\d/.exec(first);
  const [path = '', query = ''] = (start?.[2] ?? '').split('?', 2);
  const end = lines.indexOf('');
  const headers = lines
    .slice(0, end < 0 ? lines.length : end)
    .flatMap((line) => /^([\w-]{1,100}):\s*(.*)$/.exec(line)?.slice(1, 3) ?? []);
  return { method: start?.[1] ?? '', path, query, headers };
}
