import { once } from 'node:events';
import {
  type Agent,
  createServer as createHttpServer,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { makeCertificate } from './certificate.ts';
import { after } from './rpc.ts';
import { type AgentSession, serveAgent } from './session.ts';

/** What the edge does wrong, or whom it refuses; a test changes it while it runs. Never: `Number.POSITIVE_INFINITY`. */
export interface EdgeFaults {
  /** Milliseconds before TLS, the answer to Auth, the answer to Bind. */
  tlsDelay: number;
  authDelay: number;
  bindDelay: number;
  /** Tokens it knows; null: any well-formed one. */
  tokens: string[] | null;
  /** Agent sessions an account may have. */
  sessionLimit: number;
  /** Domains that are online elsewhere. */
  taken: string[];
  /** Domains of other accounts. */
  foreign: string[];
  /** Refuses every agent with this code, quoting its authtoken. */
  refuseWith: number | null;
  /** Answers no request with JSON but with this. */
  garbage: string | null;
}

/** An endpoint that is online. */
export interface EdgeEndpoint {
  id: string;
  host: string;
  session: AgentSession;
  /** Its connections to the agent. */
  agent: Agent;
}

/** A stand-in for ngrok's edge: agents connect to it by TLS, visitors by plain HTTP at its front. */
export interface Edge {
  /** For `--ngrok-server`. */
  server: string;
  /** The certificate to trust, PEM. */
  ca: string;
  /** `http://127.0.0.1:PORT`: the public origin of an endpoint without a domain of its own. */
  publicOrigin: string;
  frontPort: number;
  faults: EdgeFaults;
  /** Leads visitors to something else, which answers 200. */
  divert: boolean;
  /** Agent sessions that are up, frozen ones too. */
  sessions(): AgentSession[];
  /** Agent connections since the start, whatever became of them. */
  connections(): number;
  /** Cuts every agent's connection. */
  drop(): void;
  /** Ends every agent's session as for a restart of the edge. */
  goAway(): void;
  /** Answers nothing any more on the connections there are; new ones are served. The old sessions stay online. */
  freeze(): void;
  /** The edge gives up frozen sessions. */
  letGo(): void;
  /** Stops an endpoint as the dashboard does. */
  stopEndpoint(message: string, code: string): void;
  /** Away: connections are cut, new ones refused. */
  stop(): Promise<void>;
  /** Back, on the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the edge on free ports of 127.0.0.1. */
export async function startEdge(): Promise<Edge> {
  const certificate = makeCertificate();
  const sockets = new Set<Socket>();
  const sessions = new Set<AgentSession>();
  const endpoints = new Map<string, EdgeEndpoint>();
  let connections = 0;
  let port = 0;
  let listener: Server | null = null;
  const faults: EdgeFaults = {
    tlsDelay: 0,
    authDelay: 0,
    bindDelay: 0,
    tokens: null,
    sessionLimit: 3,
    taken: [],
    foreign: [],
    refuseWith: null,
    garbage: null,
  };

  const front = createHttpServer((incoming, outgoing) => {
    if (edge.divert) outgoing.end('<html>Welcome to nginx!</html>');
    else visit(endpoints, incoming, outgoing);
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const frontPort = portOf(front);

  function accept(socket: Socket): void {
    connections += 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    after(faults.tlsDelay, () => {
      if (socket.destroyed) return;
      const tls = new TLSSocket(socket, { isServer: true, cert: certificate.cert, key: certificate.key });
      tls.on('error', () => socket.destroy());
      serveAgent({ socket, tls, faults, sessions, endpoints, defaultHost: `127.0.0.1:${frontPort}` });
    });
  }

  const edge: Edge = {
    server: '',
    ca: certificate.cert,
    publicOrigin: `http://127.0.0.1:${frontPort}`,
    frontPort,
    faults,
    divert: false,
    sessions: () => [...sessions],
    connections: () => connections,
    drop() {
      for (const socket of sockets) socket.destroy();
    },
    goAway() {
      for (const session of sessions) session.goAway();
    },
    freeze() {
      for (const session of sessions) session.freeze();
    },
    letGo() {
      for (const session of sessions) if (session.frozen) session.end();
    },
    stopEndpoint(message, code) {
      for (const { id, session } of endpoints.values()) session.stopEndpoint(id, message, code);
    },
    async stop() {
      const closing = listener;
      listener = null;
      closing?.close();
      for (const socket of sockets) socket.destroy();
      for (const session of sessions) session.end();
      if (closing !== null) await once(closing, 'close');
    },
    async start() {
      listener = createServer(accept).listen(port, '127.0.0.1');
      await once(listener, 'listening');
      port = portOf(listener);
      edge.server = `127.0.0.1:${port}`;
    },
    async close() {
      await edge.stop();
      front.closeAllConnections();
      front.close();
    },
  };
  await edge.start();
  return edge;
}

/** Hands a visitor's request to the endpoint that its Host names. */
function visit(endpoints: Map<string, EdgeEndpoint>, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const host = incoming.headers.host ?? '';
  const endpoint = endpoints.get(host.toLowerCase());
  if (endpoint === undefined) {
    outgoing.writeHead(404, { 'ngrok-error-code': 'ERR_NGROK_3200' }).end(`The endpoint ${host} is offline.`);
    return;
  }
  const { headers } = incoming;
  const forwarded = [headers['x-forwarded-for'], incoming.socket.remoteAddress].filter(Boolean).join(', ');
  const passed = request(
    {
      agent: endpoint.agent,
      method: incoming.method,
      path: incoming.url,
      headers: {
        ...headers,
        'x-forwarded-for': forwarded,
        'x-forwarded-proto': 'https',
        'x-forwarded-host': headers['x-forwarded-host'] ?? host,
      },
    },
    (answered) => {
      outgoing.writeHead(answered.statusCode ?? 502, answered.rawHeaders);
      answered.pipe(outgoing);
      answered.on('error', () => outgoing.destroy());
    },
  );
  passed.on('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502, { 'ngrok-error-code': 'ERR_NGROK_8012' }).end('The agent could not be reached.');
  });
  outgoing.on('close', () => passed.destroy());
  incoming.pipe(passed);
}

function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('It does not listen.');
  return address.port;
}
