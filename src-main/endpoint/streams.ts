import type { ServerResponse } from 'node:http';
import type { OpenBody, StreamedBody } from './answer.ts';
import { captureLimit } from './redact.ts';

/** Bodies under way at once; each holds a state of the store. More wait for their turn. */
const streamsAtOnce = 8;
/** How long a body may take, milliseconds: the write-ahead log grows as long as its state is held. */
const longest = 120_000;
/** A turn of the main thread, milliseconds; all streams together get one at a time. */
const turnMs = 0.5;
/** Left to the other calls between two turns, milliseconds: a stream may take its time, a provisioning call may not. */
const pauseMs = 1;
/** Kept beyond the capture limit, so that no secret is cut in two before it is searched for. */
const margin = 4_096;

/** How a streamed answer ended. */
export interface StreamEnd {
  /** The body's beginning, somewhat more than what a record keeps. */
  start: string;
  /** Bytes of the body that were handed to the socket. */
  bytes: number;
  /** `whole`: all of it was sent. `failed`: reading went wrong, see `error`. */
  how: 'whole' | 'hung-up' | 'too-slow' | 'failed';
  error?: unknown;
}

/** Sends bodies that are written in pieces, several at once, in turns of the main thread that stay short. */
export interface Streams {
  /**
   * `head` is called once the body is open and writes the response's head. `ended` is called once, when the last byte was
   * handed over or nothing more will be; before `head` was called nothing has been sent.
   */
  send(
    response: ServerResponse,
    body: StreamedBody,
    head: (open: OpenBody) => void,
    ended: (end: StreamEnd) => void,
  ): void;
}

/** One body on its way. */
interface Stream {
  /** Sends what fits in a turn; true when there is more and the socket takes it. */
  turn(): boolean;
}

export function createStreams(): Streams {
  let active = 0;
  const waiting = new Set<() => void>();
  /** Streams that can go on, in turn. */
  const ready: Stream[] = [];
  let scheduled = false;

  function wake(): void {
    if (scheduled) return;
    scheduled = true;
    setTimeout(turn, pauseMs);
  }

  function schedule(stream: Stream): void {
    ready.push(stream);
    wake();
  }

  function turn(): void {
    scheduled = false;
    const stream = ready.shift();
    if (stream?.turn()) ready.push(stream);
    if (ready.length > 0) wake();
  }

  function freeSlot(): void {
    active -= 1;
    const [next] = waiting;
    if (next === undefined) return;
    waiting.delete(next);
    active += 1;
    next();
  }

  return {
    send(response, body, head, ended) {
      let open: OpenBody | null = null;
      let timer: NodeJS.Timeout | undefined;
      let start = '';
      let bytes = 0;
      let over = false;

      /** The state is given back as soon as all of it is read, or nobody wants the rest. */
      function closeBody(): void {
        if (open === null) return;
        open.end();
        open = null;
        freeSlot();
      }

      function end(how: StreamEnd['how'], error?: unknown): void {
        if (over) return;
        over = true;
        clearTimeout(timer);
        waiting.delete(begin);
        closeBody();
        if (how === 'too-slow' || (how === 'failed' && response.headersSent)) response.destroy();
        ended({ start, bytes, how, error });
      }

      const stream: Stream = {
        turn() {
          if (over || open === null) return false;
          try {
            const until = performance.now() + turnMs;
            let text = '';
            let done = false;
            while (!done && performance.now() < until) {
              const piece = open.pieces.next();
              if (piece.done) done = true;
              else text += piece.value;
            }
            if (start.length <= captureLimit + margin) start += text;
            const chunk = Buffer.from(text);
            bytes += chunk.length;
            if (done) {
              closeBody();
              response.end(chunk);
              return false;
            }
            if (response.write(chunk)) return true;
            response.once('drain', () => schedule(stream));
            return false;
          } catch (error) {
            end('failed', error);
            return false;
          }
        },
      };

      function begin(): void {
        try {
          open = body.open();
        } catch (error) {
          freeSlot();
          end('failed', error);
          return;
        }
        head(open);
        schedule(stream);
      }

      response.once('finish', () => end('whole'));
      response.once('close', () => end('hung-up'));
      timer = setTimeout(() => end('too-slow'), longest);
      timer.unref();
      if (response.destroyed) end('hung-up');
      else if (active < streamsAtOnce) {
        active += 1;
        begin();
      } else waiting.add(begin);
    },
  };
}
