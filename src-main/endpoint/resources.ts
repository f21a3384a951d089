import type {
  GroupRepository,
  JsonObject,
  QueryPage,
  Reference,
  ResourceRepository,
  ResourceType,
  StoredRecord,
  UserRepository,
} from '../contract/index.ts';
import {
  type Filter,
  listResponse,
  type Projection,
  parseProjection,
  renderRecord,
  type SchemaRegistry,
  ScimError,
  wants,
} from '../scim/index.ts';
import { type Answer, answer } from './answer.ts';
import { type BigGroups, createBigGroups, tooManyMembers } from './big-groups.ts';
import type { Exchange } from './exchange.ts';
import { type Question, questionOf, searchRequestOf } from './question.ts';
import { checkVersion, etagOf, hasVersion } from './versions.ts';

/** One resource type behind its paths: what each method does, as an answer. Refusals are thrown as `ScimError`. */
export interface ResourceHandlers {
  type: ResourceType;
  /** The name of a record SCIM sees; null for an unknown id. */
  nameOf(id: string): string | null;
  /** Reads: answered at once, or by the query worker. */
  get(exchange: Exchange): Answer;
  list(exchange: Exchange, signal: AbortSignal): Answer | Promise<Answer>;
  search(exchange: Exchange, signal: AbortSignal): Answer | Promise<Answer>;
  /** Writes: must run inside the writer. */
  create(exchange: Exchange, body: JsonObject): Answer;
  replace(exchange: Exchange, body: JsonObject): Answer;
  patch(exchange: Exchange, body: JsonObject): Answer;
  remove(exchange: Exchange): Answer;
}

interface Resource {
  type: ResourceType;
  /** Path segment below the base. */
  segment: string;
  repository: ResourceRepository<Filter>;
  /** The schemas in force. */
  registry(): SchemaRegistry;
  /** What an answer shows besides the stored text; null when the projection leaves it out. */
  references(record: StoredRecord, projection: Projection | null): Reference[] | null;
  /** Bodies with more members than one string should hold; null for a type without members. */
  big: BigGroups | null;
  /** Entra wants no body on a group's PATCH. */
  patchAnswersBody: boolean;
}

export function userHandlers(repository: UserRepository<Filter>, registry: () => SchemaRegistry): ResourceHandlers {
  return handlers({
    type: 'User',
    segment: 'Users',
    repository,
    registry,
    references: (record, projection) => (wants(projection, 'groups') ? repository.groupsOf(record.id) : null),
    big: null,
    patchAnswersBody: true,
  });
}

export function groupHandlers(repository: GroupRepository<Filter>, registry: () => SchemaRegistry): ResourceHandlers {
  return handlers({
    type: 'Group',
    segment: 'Groups',
    repository,
    registry,
    references: (record, projection) =>
      wants(projection, 'members') ? repository.members(record.id, null, Number.MAX_SAFE_INTEGER) : null,
    big: createBigGroups(repository),
    patchAnswersBody: false,
  });
}

function handlers(resource: Resource): ResourceHandlers {
  const { type, segment, repository, registry, references, big, patchAnswersBody } = resource;

  function render(exchange: Exchange, record: StoredRecord, projection: Projection | null): string {
    return renderRecord(record, {
      baseUrl: exchange.route.baseUrl,
      references: references(record, projection),
      projection,
    });
  }

  /** An answer that shows one record. */
  function showing(
    status: number,
    exchange: Exchange,
    record: StoredRecord,
    projection: Projection | null,
    about: Partial<Answer>,
  ): Answer {
    if (big !== null && tooManyMembers([record], projection)) {
      const stream = big.one(record, projection, exchange.route.baseUrl, etagOf);
      return answer(status, null, { ...about, stream });
    }
    return answer(status, render(exchange, record, projection), about);
  }

  function projectionOf(exchange: Exchange): Projection | null {
    if (exchange.query === '') return null;
    const parameters = exchange.parameters();
    const attributes = parameters.get('attributes') ?? null;
    return parseProjection(type, attributes, parameters.get('excludedattributes') ?? null, registry());
  }

  function headersOf(exchange: Exchange, record: StoredRecord): [string, string][] {
    return [
      ['etag', etagOf(record)],
      ['location', `${exchange.route.baseUrl}/${segment}/${record.id}`],
    ];
  }

  function page(exchange: Exchange, { projection }: Question, found: QueryPage): Answer {
    const only = found.totalResults === 1 ? found.records[0] : undefined;
    const { totalResults, startIndex, records } = found;
    const about = { totalResults, resourceId: only?.id ?? null, resourceName: only?.name ?? null };
    if (big !== null && tooManyMembers(records, projection)) {
      return answer(200, null, { ...about, stream: big.list(found, projection, exchange.route.baseUrl) });
    }
    const resources = records.map((record) => render(exchange, record, projection));
    return answer(200, listResponse({ totalResults, startIndex, resources }), about);
  }

  function ask(exchange: Exchange, question: Question, signal: AbortSignal): Answer | Promise<Answer> {
    const found = repository.query(question.query, signal);
    return found instanceof Promise
      ? found.then((records) => page(exchange, question, records))
      : page(exchange, question, found);
  }

  /** RFC 7644 §3.14: a write that names versions happens only to one of them. */
  function demandVersion(exchange: Exchange, id: string): void {
    const wanted = exchange.request.headers['if-match'];
    if (wanted === undefined) return;
    checkVersion(repository.get(id), wanted);
  }

  return {
    type,

    nameOf: (id) => repository.get(id)?.name ?? null,

    get(exchange) {
      const id = exchange.part('id');
      const projection = projectionOf(exchange);
      const record = repository.get(id);
      if (record === null) throw new ScimError(404, repository.absence(id));
      const about = {
        headers: headersOf(exchange, record),
        resourceId: record.id,
        resourceName: record.name,
      };
      const known = exchange.request.headers['if-none-match'];
      if (known !== undefined && hasVersion(known, record)) return answer(304, null, about);
      return showing(200, exchange, record, projection, about);
    },

    list: (exchange, signal) => ask(exchange, questionOf(type, exchange.parameters(), registry()), signal),

    search: (exchange, signal) => ask(exchange, searchRequestOf(type, exchange.json(), registry()), signal),

    create(exchange, body) {
      const projection = projectionOf(exchange);
      const { record, change, tenantAdmins } = repository.create(body, exchange.actor);
      return showing(201, exchange, record, projection, {
        headers: headersOf(exchange, record),
        resourceId: record.id,
        resourceName: record.name,
        changes: change === null ? [] : [change],
        tenantAdmins,
      });
    },

    replace(exchange, body) {
      const id = exchange.part('id');
      const projection = projectionOf(exchange);
      demandVersion(exchange, id);
      const { record, change, tenantAdmins } = repository.replace(id, body, exchange.actor);
      return showing(200, exchange, record, projection, {
        headers: headersOf(exchange, record),
        resourceId: record.id,
        resourceName: record.name,
        changes: change === null ? [] : [change],
        tenantAdmins,
      });
    },

    patch(exchange, body) {
      const id = exchange.part('id');
      const projection = projectionOf(exchange);
      demandVersion(exchange, id);
      const { record, change, tenantAdmins } = repository.patch(id, body, exchange.actor);
      const about = {
        headers: headersOf(exchange, record),
        resourceId: record.id,
        resourceName: record.name,
        changes: change === null ? [] : [change],
        tenantAdmins,
      };
      // A caller that asks for attributes wants to see them (RFC 7644 §3.5.2).
      const silent = !patchAnswersBody && (projection === null || projection.only === null);
      return silent ? answer(204, null, about) : showing(200, exchange, record, projection, about);
    },

    remove(exchange) {
      const id = exchange.part('id');
      demandVersion(exchange, id);
      const change = repository.delete(id, exchange.actor);
      return answer(204, null, { resourceId: id, resourceName: change.name, changes: [change] });
    },
  };
}
