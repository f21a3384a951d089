import { Duplex } from 'node:stream';

const frames = { reset: 0, data: 1, windowIncrement: 2, goAway: 3 } as const;
const fin = 1;
const syn = 2;
const headerBytes = 8;
/** Bytes a side may send on a stream before it hears that they were read. */
const windowBytes = 0x40000;
/** Reset code of data that comes for a stream already closed. */
const streamClosed = 4;

/** One stream of a session: bytes both ways, with the few socket methods that Node's HTTP client calls on a connection. */
export class MuxadoStream extends Duplex {
  readonly id: number;
  readonly #session: Muxado;
  #opened: boolean;
  #room = windowBytes;
  #unread = 0;
  #waiting: (() => void) | null = null;

  constructor(session: Muxado, id: number, opened: boolean) {
    // As Node's own sockets: one that the other side has ended is not kept to be used again.
    super({ allowHalfOpen: false });
    this.#session = session;
    this.id = id;
    this.#opened = opened;
  }

  setKeepAlive(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setTimeout(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {
    if (this.#unread === 0) return;
    const read = Buffer.alloc(4);
    read.writeUInt32BE(this.#unread);
    this.#unread = 0;
    this.#session.send(frames.windowIncrement, 0, this.id, read);
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (chunk.length === 0) {
      done();
      return;
    }
    if (this.#room === 0) {
      this.#waiting = () => this._write(chunk, _encoding, done);
      return;
    }
    const part = chunk.subarray(0, Math.min(this.#room, chunk.length));
    this.#room -= part.length;
    this.#session.send(frames.data, this.#flags(0), this.id, part);
    if (part.length === chunk.length) done();
    else this._write(chunk.subarray(part.length), _encoding, done);
  }

  override _final(done: () => void): void {
    this.#session.send(frames.data, this.#flags(fin), this.id, Buffer.alloc(0));
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // Ended as Go's side does, by FIN: the agent's side does not wake a reader on RST.
    if (!this.writableFinished) this.#session.send(frames.data, this.#flags(fin), this.id, Buffer.alloc(0));
    this.#session.forget(this.id);
    done(error);
  }

  /** Data from the other side. */
  receive(bytes: Buffer, last: boolean): void {
    if (bytes.length > 0) {
      this.#unread += bytes.length;
      // Below the high-water mark nobody asks for more, so the window is given back here.
      if (this.push(bytes)) this._read();
    }
    if (last) this.push(null);
  }

  /** The other side has read this much. */
  widen(bytes: number): void {
    this.#room += bytes;
    // The agent's next frame waits (Nagle) until this one is acknowledged, which a kernel puts off for 40 ms unless there is
    // something to send: so there is, and what is measured is the agent and not that timer.
    if (this.#opened && !this.writableEnded) this.#session.send(frames.data, 0, this.id, Buffer.alloc(0));
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.();
  }

  #flags(flags: number): number {
    if (this.#opened) return flags;
    this.#opened = true;
    return flags | syn;
  }
}

/**
 * The edge's side of a muxado session over one connection: streams of both sides, flow control, GOAWAY. A frame is 8 bytes
 * (length and type and flags, stream id) and a body, big-endian.
 */
export class Muxado {
  readonly #connection: Duplex;
  readonly #onStream: (stream: MuxadoStream) => void;
  readonly #streams = new Map<number, MuxadoStream>();
  #nextId = 2;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(connection: Duplex, onStream: (stream: MuxadoStream) => void) {
    this.#connection = connection;
    this.#onStream = onStream;
    connection.on('data', (chunk: Buffer) => this.#take(chunk));
    connection.on('close', () => {
      for (const stream of this.#streams.values()) stream.destroy();
    });
  }

  /** Opens a stream to the agent; its first bytes announce it. */
  open(): MuxadoStream {
    const stream = new MuxadoStream(this, this.#nextId, false);
    this.#streams.set(this.#nextId, stream);
    this.#nextId += 2;
    return stream;
  }

  /** Says that this session ends. */
  goAway(why: string): void {
    const body = Buffer.concat([Buffer.alloc(8), Buffer.from(why)]);
    this.send(frames.goAway, 0, 0, body);
  }

  send(type: number, flags: number, id: number, body: Buffer): void {
    if (!this.#connection.writable) return;
    const header = Buffer.alloc(headerBytes);
    header.writeUInt32BE(((body.length << 8) | (type << 4) | flags) >>> 0);
    header.writeUInt32BE(id, 4);
    this.#connection.write(Buffer.concat([header, body]));
  }

  forget(id: number): void {
    this.#streams.delete(id);
  }

  #take(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    while (this.#bytes.length >= headerBytes) {
      const head = this.#bytes.readUInt32BE();
      const end = headerBytes + (head >>> 8);
      if (this.#bytes.length < end) return;
      const body = this.#bytes.subarray(headerBytes, end);
      const id = this.#bytes.readUInt32BE(4) & 0x7fffffff;
      this.#bytes = this.#bytes.subarray(end);
      this.#frame((head >> 4) & 0xf, head & 0xf, id, body);
    }
  }

  #frame(type: number, flags: number, id: number, body: Buffer): void {
    const stream = this.#streams.get(id);
    if (type === frames.data) {
      if ((flags & syn) !== 0) this.#accept(id, body, (flags & fin) !== 0);
      else if (stream !== undefined) stream.receive(body, (flags & fin) !== 0);
      else if (body.length > 0) this.#reset(id);
    } else if (type === frames.windowIncrement) stream?.widen(body.readUInt32BE());
    else if (type === frames.reset) stream?.destroy();
    else if (type === frames.goAway) this.#connection.end();
  }

  #accept(id: number, body: Buffer, last: boolean): void {
    const stream = new MuxadoStream(this, id, true);
    this.#streams.set(id, stream);
    stream.on('error', () => stream.destroy());
    stream.receive(body, last);
    this.#onStream(stream);
  }

  #reset(id: number): void {
    const code = Buffer.alloc(4);
    code.writeUInt32BE(streamClosed);
    this.send(frames.reset, 0, id, code);
  }
}
