import type {
  GroupRepository,
  HangUp,
  JsonObject,
  QueryPage,
  Reference,
  ResourceRepository,
  ResourceType,
  ShownRecord,
  StoredRecord,
  UserRepository,
  WriteResult,
} from '../contract/index.ts';
import {
  etagOf,
  type Filter,
  listResponse,
  type Projection,
  parseProjection,
  recordHeaders,
  renderRecord,
  type SchemaRegistry,
  ScimError,
  versionOf,
  wants,
} from '../scim/index.ts';
import { type Answer, answer } from './answer.ts';
import { type BigGroups, createBigGroups, tooManyMembers } from './big-groups.ts';
import type { Exchange } from './exchange.ts';
import { type Question, questionOf, searchRequestOf } from './question.ts';
import { checkVersion, hasVersion } from './versions.ts';

/** Answers that show more groups or members than this are kept as text. */
const maxReferences = 20;
const none: Reference[] = [];

/** One resource type behind its paths: what each method does, as an answer. Refusals are thrown as `ScimError`. */
export interface ResourceHandlers {
  type: ResourceType;
  /** The name of a record SCIM sees; null for an unknown id. */
  nameOf(id: string): string | null;
  /** Reads: answered at once, or by the query worker, which stops at `hangUp`. */
  get(exchange: Exchange): Answer;
  list(exchange: Exchange, hangUp: HangUp): Answer | Promise<Answer>;
  search(exchange: Exchange, hangUp: HangUp): Answer | Promise<Answer>;
  /** Writes: must run inside the writer. */
  create(exchange: Exchange, body: JsonObject): Answer;
  replace(exchange: Exchange, body: JsonObject): Answer;
  patch(exchange: Exchange, body: JsonObject): Answer;
  remove(exchange: Exchange): Answer;
}

/** One record in an answer. */
interface Shown {
  body: string;
  version: string;
  /** Null where the store must keep the text. */
  record: ShownRecord | null;
}

interface Resource {
  type: ResourceType;
  repository: ResourceRepository<Filter>;
  /** The schemas in force. */
  registry(): SchemaRegistry;
  /** What an answer shows besides the stored text; null when the projection leaves it out. */
  references(record: StoredRecord, projection: Projection | null): readonly Reference[] | null;
  /** Bodies with more members than one string should hold; null for a type without members. */
  big: BigGroups | null;
  /** Entra wants no body on a group's PATCH. */
  patchAnswersBody: boolean;
}

export function userHandlers(repository: UserRepository<Filter>, registry: () => SchemaRegistry): ResourceHandlers {
  return handlers({
    type: 'User',
    repository,
    registry,
    // Whatever is shown: the version counts them.
    references: (record) => record.groups,
    big: null,
    patchAnswersBody: true,
  });
}

export function groupHandlers(repository: GroupRepository<Filter>, registry: () => SchemaRegistry): ResourceHandlers {
  return handlers({
    type: 'Group',
    repository,
    registry,
    references: (record, projection) => {
      if (!wants(projection, 'members')) return null;
      return record.members > 0 ? repository.members(record.id, null, Number.MAX_SAFE_INTEGER) : none;
    },
    big: createBigGroups(repository),
    patchAnswersBody: false,
  });
}

function handlers(resource: Resource): ResourceHandlers {
  const { type, repository, registry, references, big, patchAnswersBody } = resource;

  /** A record as it is answered, with its version, and what the store keeps of it. */
  function show(exchange: Exchange, record: StoredRecord, projection: Projection | null): Shown {
    const { baseUrl } = exchange.route;
    const shown = references(record, projection);
    const { row, revision, modifiedAt } = record;
    const whole = projection === null || (type === 'Group' && projection.textual && wants(projection, 'meta'));
    const kept = row !== null && whole && (shown === null || shown.length <= maxReferences);
    return {
      body: renderRecord(record, { baseUrl, references: shown, projection }),
      version: versionOf(record, shown),
      record: kept ? { row, revision, modifiedAt, references: shown } : null,
    };
  }

  /** The answer that shows one record; `result`: of the write that made it what it is. */
  function showOne(
    status: number,
    exchange: Exchange,
    record: StoredRecord,
    projection: Projection | null,
    result: WriteResult | null,
  ): Answer {
    const { baseUrl } = exchange.route;
    const about = { ...told(result), resourceId: record.id, resourceName: record.name };
    if (big !== null && tooManyMembers([record], projection)) {
      const headers = recordHeaders(record, baseUrl, versionOf(record, null), true);
      const stream = big.one(record, projection, baseUrl, (streamed) => etagOf(versionOf(streamed, null)));
      return answer(status, null, { ...about, headers, stream });
    }
    const shown = show(exchange, record, projection);
    return answer(status, shown.body, {
      ...about,
      headers: recordHeaders(record, baseUrl, shown.version, true),
      shows: shown.record === null ? null : { baseUrl, resourceType: type, list: null, records: [shown.record] },
    });
  }

  function projectionOf(exchange: Exchange): Projection | null {
    if (exchange.query === '') return null;
    const parameters = exchange.parameters();
    const attributes = parameters.get('attributes') ?? null;
    return parseProjection(type, attributes, parameters.get('excludedattributes') ?? null, registry());
  }

  function page(exchange: Exchange, { projection }: Question, found: QueryPage): Answer {
    const { totalResults, startIndex } = found;
    const { baseUrl } = exchange.route;
    const only = totalResults === 1 ? found.records[0] : undefined;
    const about = { totalResults, resourceId: only?.id ?? null, resourceName: only?.name ?? null };
    if (big !== null && tooManyMembers(found.records, projection)) {
      return answer(200, null, { ...about, stream: big.list(found, projection, baseUrl) });
    }
    const resources: string[] = [];
    const records: ShownRecord[] = [];
    for (const record of found.records) {
      const shown = show(exchange, record, projection);
      resources.push(shown.body);
      if (shown.record !== null) records.push(shown.record);
    }
    const kept = records.length === resources.length;
    return answer(200, listResponse({ totalResults, startIndex, resources }), {
      ...about,
      shows: kept ? { baseUrl, resourceType: type, list: { totalResults, startIndex }, records } : null,
    });
  }

  function ask(exchange: Exchange, question: Question, hangUp: HangUp): Answer | Promise<Answer> {
    const found = repository.query(question.query, hangUp);
    return found instanceof Promise
      ? found.then((records) => ({ ...page(exchange, question, records), scanned: true }))
      : page(exchange, question, found);
  }

  /** RFC 7644 §3.14: a write that names versions happens only to one of them. */
  function demandVersion(exchange: Exchange, id: string): void {
    const wanted = exchange.request.headers['if-match'];
    if (wanted === undefined) return;
    const record = repository.get(id);
    if (record !== null) checkVersion(record, versionOf(record, record.groups), wanted);
  }

  return {
    type,

    nameOf: (id) => repository.get(id)?.name ?? null,

    get(exchange) {
      const id = exchange.part('id');
      const projection = projectionOf(exchange);
      const record = repository.get(id);
      if (record === null) throw new ScimError(404, repository.absence(id));
      const known = exchange.request.headers['if-none-match'];
      // A member's name changes without its group: the version says nothing of it.
      if (known !== undefined && projection?.memberNames !== true) {
        const version = versionOf(record, record.groups);
        if (hasVersion(known, version)) {
          return answer(304, null, {
            headers: recordHeaders(record, exchange.route.baseUrl, version, true),
            resourceId: record.id,
            resourceName: record.name,
          });
        }
      }
      return showOne(200, exchange, record, projection, null);
    },

    list: (exchange, hangUp) => ask(exchange, questionOf(type, exchange.parameters(), registry()), hangUp),

    search: (exchange, hangUp) => ask(exchange, searchRequestOf(type, exchange.json(), registry()), hangUp),

    create(exchange, body) {
      const projection = projectionOf(exchange);
      const result = repository.create(body, exchange.actor);
      return showOne(201, exchange, result.record, projection, result);
    },

    replace(exchange, body) {
      const id = exchange.part('id');
      const projection = projectionOf(exchange);
      demandVersion(exchange, id);
      const result = repository.replace(id, body, exchange.actor);
      return showOne(200, exchange, result.record, projection, result);
    },

    patch(exchange, body) {
      const id = exchange.part('id');
      const projection = projectionOf(exchange);
      demandVersion(exchange, id);
      const result = repository.patch(id, body, exchange.actor);
      // A caller that asks for attributes wants to see them (RFC 7644 §3.5.2).
      const silent = !patchAnswersBody && (projection === null || projection.only === null);
      if (!silent) return showOne(200, exchange, result.record, projection, result);
      const { record } = result;
      return answer(204, null, {
        ...told(result),
        headers: recordHeaders(record, exchange.route.baseUrl, versionOf(record, null), false),
        resourceId: record.id,
        resourceName: record.name,
      });
    },

    remove(exchange) {
      const id = exchange.part('id');
      demandVersion(exchange, id);
      const change = repository.delete(id, exchange.actor);
      return answer(204, null, { resourceId: id, resourceName: change.name, changes: [change] });
    },
  };
}

/** What the call's record tells of a write. */
function told(result: WriteResult | null): Partial<Answer> {
  if (result === null) return {};
  const { change, tenantAdmins, noEffect } = result;
  return {
    changes: change === null ? [] : [change],
    tenantAdmins,
    noEffect: noEffect.length === 0 ? undefined : noEffect,
  };
}
