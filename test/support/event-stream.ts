import type { Readable } from 'node:stream';

/** One message of an event stream (WHATWG HTML §9.2.6). */
export interface StreamEvent {
  event: string;
  data: string;
  id: string | null;
}

/** Reads an event stream as it comes. Comments, `retry` and empty messages are left out. */
export async function* readEvents(body: Readable): AsyncGenerator<StreamEvent> {
  let rest = '';
  body.setEncoding('utf8');
  for await (const chunk of body) {
    rest += chunk;
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parse(block);
      if (event !== null) yield event;
    }
  }
}

function parse(block: string): StreamEvent | null {
  const found: StreamEvent = { event: 'message', data: '', id: null };
  let fields = 0;
  for (const line of block.split('\n')) {
    const [, name, value = ''] = /^(event|data|id): ?(.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    fields++;
    if (name === 'event') found.event = value;
    if (name === 'data') found.data = value;
    if (name === 'id') found.id = value;
  }
  return fields === 0 ? null : found;
}
