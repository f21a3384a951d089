import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came over the wire. */
export interface Received {
  method: string;
  /** Path and query, undecoded. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status: number;
  body?: unknown;
  /** Sent instead of JSON. */
  text?: string;
  headers?: Record<string, string>;
  /** Never answer. */
  hang?: boolean;
}

/** Decides a reply; undefined leaves it to the well-behaved memory behind. `count` is the request's number from 1. */
export type Script = (request: Received, count: number) => Reply | undefined;

type Resource = Record<string, unknown>;

/** A small SCIM endpoint in memory that a test can make misbehave, and that keeps every request as it came. */
export class EndpointDouble implements AsyncDisposable {
  readonly received: Received[] = [];
  readonly resources = new Map<string, Resource>();
  private readonly script: Script;
  private readonly server;

  private constructor(script: Script) {
    this.script = script;
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const received = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
        this.received.push(received);
        const reply = this.script(received, this.received.length) ?? this.behave(received);
        if (reply.hang) return;
        response.writeHead(reply.status, { 'Content-Type': 'application/scim+json', ...reply.headers });
        response.end(reply.text ?? (reply.body === undefined ? undefined : JSON.stringify(reply.body)));
      });
    });
  }

  static async listen(script: Script = () => undefined): Promise<EndpointDouble> {
    const double = new EndpointDouble(script);
    await new Promise<void>((resolve) => double.server.listen(0, '127.0.0.1', resolve));
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/scim/v2`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private behave({ method, url, body }: Received): Reply {
    const { pathname, searchParams } = new URL(url, this.url);
    const [, , , collection = '', id] = pathname.split('/');
    const filter = /^(\w+) eq "(.*)"$/.exec(searchParams.get('filter') ?? '');
    if (method === 'GET' && filter) {
      const [, attribute = '', value] = filter;
      const hits = [...this.resources].filter(([key, one]) => key.startsWith(collection) && one[attribute] === value);
      return {
        status: 200,
        body: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
          totalResults: hits.length,
          startIndex: 1,
          itemsPerPage: hits.length,
          Resources: hits.map(([, one]) => one),
        },
      };
    }
    if (method === 'POST') {
      const made = { ...(JSON.parse(body) as Resource), id: `id-${this.resources.size + 1}` };
      this.resources.set(`${collection}/${made.id}`, made);
      return { status: 201, body: made };
    }
    const known = this.resources.get(`${collection}/${id}`);
    if (!known) return { status: 404 };
    if (method === 'GET') return { status: 200, body: known };
    const { Operations } = JSON.parse(body) as { Operations: { path?: string; value?: unknown }[] };
    for (const { path, value } of Operations) apply(known, path, value);
    return { status: 204 };
  }
}

/** Just enough PATCH for the simulator's own forms. */
function apply(resource: Resource, path: string | undefined, value: unknown): void {
  if (path === undefined) {
    for (const [key, one] of Object.entries(value as Resource)) apply(resource, key, one);
    return;
  }
  if (path.startsWith('members')) return;
  const urn = /^(urn:.+):([^:]+)$/.exec(path);
  if (urn) {
    const [, schema = '', attribute = ''] = urn;
    resource[schema] ??= {};
    const extension = resource[schema] as Resource;
    extension[attribute] = attribute === 'manager' ? { value } : value;
    return;
  }
  const filtered = /^(\w+)\[type eq "(\w+)"\]\.(\w+)$/.exec(path);
  if (filtered) {
    const [, attribute = '', type, sub = ''] = filtered;
    resource[attribute] ??= [];
    const list = resource[attribute] as Resource[];
    const element = list.find((one) => one.type === type) ?? { type };
    element[sub] = value;
    if (!list.includes(element)) list.push(element);
    return;
  }
  const [attribute = '', sub] = path.split('.');
  if (sub) (resource[attribute] as Resource)[sub] = value;
  else resource[attribute] = value === 'True' ? true : value === 'False' ? false : value;
}
