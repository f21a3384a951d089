import { randomBytes } from 'node:crypto';
import type { MuxadoStream } from './muxado.ts';

/** What a stream is for: its first four bytes. */
export const streamTypes = {
  auth: 0,
  bind: 1,
  unbind: 2,
  proxy: 3,
  stopTunnel: 9,
  heartbeat: 0xffffffff,
} as const;

export type JsonMap = Record<string, unknown>;

/** Hands on a stream's bytes, from the first on, once four have come. */
export function onTyped(stream: MuxadoStream, take: (type: number, first: Buffer) => void): void {
  let bytes: Buffer = Buffer.alloc(0);
  const onData = (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (bytes.length < 4) return;
    stream.off('data', onData);
    take(bytes.readUInt32BE(), bytes.subarray(4));
  };
  stream.on('data', onData);
}

/** The agent's message: JSON without length or end, so it is whole when it parses. */
export function readMessage(stream: MuxadoStream, first: Buffer): Promise<JsonMap> {
  return new Promise((resolve) => {
    let text = '';
    const take = (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const message = parse(text);
      if (message === null) return;
      stream.off('data', take);
      resolve(message);
    };
    stream.on('data', take);
    if (first.length > 0) take(first);
  });
}

/** The edge's answer: JSON and the end of the stream. */
export function answer(stream: MuxadoStream, message: JsonMap): void {
  stream.end(JSON.stringify(message));
}

/** A refusal of any request, with ngrok's code on a line of its own. */
export function refusal(code: number, words: string): JsonMap {
  return { Error: `${words}\n\nERR_NGROK_${code}\n` };
}

export function mapOf(value: unknown): JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMap) : {};
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parse(text: string): JsonMap | null {
  try {
    return mapOf(JSON.parse(text));
  } catch {
    return null;
  }
}

/** `then` after `ms`; never when that is infinite. */
export function after(ms: number, then: () => void): void {
  if (ms === 0) then();
  else if (Number.isFinite(ms)) setTimeout(then, ms).unref();
}

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(8).toString('hex')}`;
}
