import type { GroupRepository, HangUp, JsonObject, ResourceType, UserRepository } from '../contract/index.ts';
import { type Filter, type SchemaRegistry, ScimError } from '../scim/index.ts';
import { basePath } from './addresses.ts';
import { type Answer, refusal } from './answer.ts';
import type { createBulk } from './bulk/index.ts';
import { createDiscovery } from './discovery.ts';
import type { Exchange } from './exchange.ts';
import { asksForResources } from './query-string.ts';
import { groupHandlers, type ResourceHandlers, userHandlers } from './resources.ts';
import { createSearch } from './search.ts';

const methodsServed = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof methodsServed)[number];

/** What a method does on a path; every method does something, if only 405. */
export type PathRoutes = (method: string) => Route;

/** What a method does on a path. `write` runs inside the writer; its body, where it has one, is read before. `run` sees to its units itself. */
export type Route = {
  resourceType: ResourceType | null;
  /** The name of the stored record that the path addresses, so that a refusal can name it; null when there is none. */
  nameOf?: (id: string) => string | null;
} & (
  | { kind: 'read'; read(exchange: Exchange, hangUp: HangUp): Answer | Promise<Answer> }
  | { kind: 'write'; write(exchange: Exchange, body: JsonObject): Answer }
  | { kind: 'bodyless'; write(exchange: Exchange): Answer }
  | {
      kind: 'steps';
      run(exchange: Exchange, body: JsonObject): Promise<Answer>;
      /** The same inside one unit of the writer, which is to be undone. */
      runWithin(exchange: Exchange, body: JsonObject): Answer;
    }
);

type Read = (exchange: Exchange, hangUp: HangUp) => Answer | Promise<Answer>;

/** Every path with what each method does there: methods it lacks are answered 405. */
export function createRoutes(directory: {
  users: UserRepository<Filter>;
  groups: GroupRepository<Filter>;
  bulk: ReturnType<typeof createBulk>;
  registry(): SchemaRegistry;
}): Map<string, PathRoutes> {
  const discovery = createDiscovery(directory.registry);
  const notSupported: Read = (exchange) => {
    throw new ScimError(501, `${exchange.path} is not supported here.`);
  };
  const search = createSearch(directory.users, directory.groups, directory.registry);
  const root: Read = (exchange, hangUp) =>
    asksForResources(exchange.parameters())
      ? search.query(exchange, hangUp)
      : discovery.serviceProviderConfig(exchange);
  return new Map([
    [basePath, get(root)],
    [`${basePath}/ServiceProviderConfig`, get(discovery.serviceProviderConfig)],
    // As Microsoft's Postman collection calls it.
    [`${basePath}/serviceConfiguration`, get(discovery.serviceProviderConfig)],
    [`${basePath}/ResourceTypes`, get(discovery.resourceTypes)],
    [`${basePath}/ResourceTypes/:id`, get(discovery.resourceType)],
    [`${basePath}/Schemas`, get(discovery.schemas)],
    [`${basePath}/Schemas/:id`, get(discovery.schema)],
    ...inSmallLetters(resourceRoutes('Users', userHandlers(directory.users, directory.registry))),
    ...inSmallLetters(resourceRoutes('Groups', groupHandlers(directory.groups, directory.registry))),
    [`${basePath}/Me`, all(notSupported)],
    [`${basePath}/Me/*`, all(notSupported)],
    [`${basePath}/Bulk`, methods(null, { POST: { resourceType: null, kind: 'steps', ...directory.bulk } })],
    [`${basePath}/.search`, methods(null, { POST: { resourceType: null, kind: 'read', read: search.search } })],
  ]);
}

function resourceRoutes(segment: string, handlers: ResourceHandlers): [string, PathRoutes][] {
  const { type: resourceType, nameOf } = handlers;
  const path = `${basePath}/${segment}`;
  const reading = (read: Read): Route => ({ resourceType, kind: 'read', read });
  return [
    [
      path,
      methods(resourceType, {
        GET: reading(handlers.list),
        POST: { resourceType, kind: 'write', write: handlers.create },
      }),
    ],
    [`${path}/.search`, methods(resourceType, { POST: reading(handlers.search) })],
    [
      `${path}/:id`,
      methods(resourceType, {
        GET: { resourceType, nameOf, kind: 'read', read: handlers.get },
        PUT: { resourceType, nameOf, kind: 'write', write: handlers.replace },
        PATCH: { resourceType, nameOf, kind: 'write', write: handlers.patch },
        DELETE: { resourceType, nameOf, kind: 'bodyless', write: handlers.remove },
      }),
    ],
  ];
}

/** The routes, and the same ones with the resource's name in small letters: Microsoft's Postman collection asks for `/users`. */
function inSmallLetters(routes: [path: string, PathRoutes][]): [path: string, PathRoutes][] {
  return [...routes, ...routes.map(([path, served]): [string, PathRoutes] => [path.toLowerCase(), served])];
}

function get(read: Read): PathRoutes {
  return methods(null, { GET: { resourceType: null, kind: 'read', read } });
}

function all(read: Read): PathRoutes {
  const route: Route = { resourceType: null, kind: 'read', read };
  return () => route;
}

/** Completes a path's methods: HEAD goes with GET, the rest is 405. */
function methods(resourceType: ResourceType | null, given: Partial<Record<Method, Route>>): PathRoutes {
  const served = given.GET === undefined ? given : { HEAD: given.GET, ...given };
  const routes = new Map<string, Route>(Object.entries(served));
  const allow = methodsServed.filter((method) => routes.has(method)).join(', ');
  const refused: Route = {
    resourceType,
    kind: 'read',
    read: (exchange) =>
      refusal(exchange.id.code, 405, `${exchange.request.method} can't be used here; what can: ${allow}.`, {
        stage: 'endpoint',
        headers: [['allow', allow]],
      }),
  };
  return (method) => routes.get(method) ?? refused;
}

const resourcePath = /^\/+(scim\/*)?(Users|Groups|Schemas|ServiceProviderConfig|ResourceTypes)(\/|$)/i;

/** 404 for a path nobody serves, saying how the Tenant URL ends when that seems to be the mistake. */
export function notFound(exchange: Exchange): Answer {
  const missing = !exchange.underBase && resourcePath.test(exchange.path);
  const detail = missing
    ? `The Tenant URL must end in ${basePath}; this call lacks it.`
    : `Nothing is served at ${JSON.stringify(exchange.path.slice(0, 200))}; names are case-sensitive, as in ${basePath}/Users.`;
  return refusal(exchange.id.code, 404, detail, { stage: 'endpoint' });
}
