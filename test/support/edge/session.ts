import { Agent } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { EdgeEndpoint, EdgeFaults } from './edge.ts';
import { Muxado, type MuxadoStream } from './muxado.ts';
import {
  after,
  answer,
  type JsonMap,
  mapOf,
  newId,
  onTyped,
  readMessage,
  refusal,
  streamTypes,
  textOf,
} from './rpc.ts';

/** An agent that has been let in. */
export interface AgentSession {
  /** As it authenticated. */
  token: string;
  clientInfo: JsonMap;
  frozen: boolean;
  goAway(): void;
  freeze(): void;
  stopEndpoint(id: string, message: string, code: string): void;
  /** Cuts the connection and takes its endpoints offline. */
  end(): void;
}

export interface AgentConnection {
  socket: Socket;
  tls: TLSSocket;
  faults: EdgeFaults;
  sessions: Set<AgentSession>;
  endpoints: Map<string, EdgeEndpoint>;
  /** Host of an endpoint that asks for none. */
  defaultHost: string;
}

/** Speaks ngrok's agent protocol with one agent, from its first TLS byte to its end. */
export function serveAgent({ socket, tls, faults, sessions, endpoints, defaultHost }: AgentConnection): void {
  const own = new Map<string, EdgeEndpoint>();
  let open = true;

  const session: AgentSession = {
    token: '',
    clientInfo: {},
    frozen: false,
    goAway() {
      muxado.goAway('the edge restarts');
      tls.end();
    },
    freeze() {
      session.frozen = true;
      tls.pause();
      tls.removeAllListeners('data');
    },
    stopEndpoint(id, message, code) {
      const stream = muxado.open();
      stream.end(typed(streamTypes.stopTunnel, { Id: id, Message: message, ErrorCode: code }));
      takeOffline(id);
    },
    end() {
      open = false;
      for (const id of own.keys()) takeOffline(id);
      sessions.delete(session);
      socket.destroy();
    },
  };
  const muxado = new Muxado(tls, (stream) => onTyped(stream, (type, first) => void take(stream, type, first)));
  // A frozen connection is one whose end the edge has not heard of either.
  socket.on('close', () => {
    if (!session.frozen) session.end();
  });

  async function take(stream: MuxadoStream, type: number, first: Buffer): Promise<void> {
    if (type === streamTypes.heartbeat) {
      if (first.length > 0) stream.write(first);
      stream.on('data', (beat: Buffer) => stream.write(beat));
      return;
    }
    const message = await readMessage(stream, first);
    const delay = type === streamTypes.auth ? faults.authDelay : type === streamTypes.bind ? faults.bindDelay : 0;
    after(delay, () => {
      if (!open) return;
      if (faults.garbage !== null) stream.end(faults.garbage);
      else answer(stream, answerTo(type, message));
    });
  }

  function answerTo(type: number, message: JsonMap): JsonMap {
    switch (type) {
      case streamTypes.auth:
        return auth(message);
      case streamTypes.bind:
        return bind(message);
      case streamTypes.unbind:
        takeOffline(textOf(message.Id));
        return {};
      default:
        return { Error: 'not known here' };
    }
  }

  function auth(message: JsonMap): JsonMap {
    const extra = mapOf(message.Extra);
    const token = textOf(extra.AuthToken);
    if (faults.refuseWith !== null) {
      return refusal(faults.refuseWith, `Not today, ${token}.\nYour authtoken: ${token}`);
    }
    if (token === '') return refusal(4018, 'Usage of ngrok requires a verified account and authtoken.');
    if (!/^\w{12,}$/.test(token)) {
      return refusal(105, `The authtoken you specified does not look like a proper one.\nYour authtoken: ${token}`);
    }
    if (faults.tokens !== null && !faults.tokens.includes(token)) {
      return refusal(
        107,
        `The authtoken you specified is properly formed, but it is invalid.\nYour authtoken: ${token}`,
      );
    }
    if (sessions.size >= faults.sessionLimit) {
      return refusal(108, `Your account is limited to ${faults.sessionLimit} simultaneous agent sessions.`);
    }
    session.token = token;
    session.clientInfo = extra;
    sessions.add(session);
    const clientId = textOf(message.ClientId) || newId('client');
    return {
      Version: '3',
      ClientId: clientId,
      Extra: { Version: 'stand-in', Region: 'test', Cookie: newId('cookie') },
    };
  }

  function bind(message: JsonMap): JsonMap {
    const options = mapOf(message.Opts);
    const host = (textOf(options.Domain) || textOf(options.Hostname) || defaultHost).toLowerCase();
    if (faults.foreign.includes(host)) return refusal(320, `The domain ${host} is reserved for another account.`);
    if (faults.taken.includes(host) || endpoints.has(host)) {
      return refusal(334, `The endpoint ${host} is already online.`);
    }
    const id = textOf(message.Id) || newId('tn');
    const agent = new Agent({ keepAlive: true });
    // Every connection of a visitor is a stream of this session; Node's agent keeps and reuses it.
    agent.createConnection = () => openProxy(id);
    const endpoint = { id, host, session, agent };
    endpoints.set(host, endpoint);
    own.set(id, endpoint);
    const local = /^(localhost|127\.0\.0\.1)(:|$)/.test(host);
    return {
      Id: id,
      URL: `${local ? 'http' : 'https'}://${host}`,
      Proto: textOf(message.Proto),
      Opts: { ...options, Hostname: host },
      Extra: { Token: newId('token') },
    };
  }

  function openProxy(id: string): Duplex {
    const stream = muxado.open();
    const header = Buffer.from(
      JSON.stringify({ Id: id, ClientAddr: '127.0.0.1:1', Proto: 'https', EdgeType: '0', PassthroughTLS: false }),
    );
    const start = Buffer.alloc(12);
    start.writeUInt32BE(streamTypes.proxy);
    start.writeBigUInt64LE(BigInt(header.length), 4);
    stream.write(Buffer.concat([start, header]));
    return stream;
  }

  function takeOffline(id: string): void {
    const endpoint = own.get(id);
    if (endpoint === undefined) return;
    own.delete(id);
    endpoints.delete(endpoint.host);
    endpoint.agent.destroy();
  }
}

function typed(type: number, message: JsonMap): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const start = Buffer.alloc(4);
  start.writeUInt32BE(type);
  return Buffer.concat([start, body]);
}
