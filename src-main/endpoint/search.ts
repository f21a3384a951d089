import type {
  GroupRepository,
  HangUp,
  QueryPage,
  ResourceRepository,
  ResourceType,
  UserRepository,
} from '../contract/index.ts';
import {
  type Filter,
  listResponse,
  type Projection,
  renderRecord,
  type SchemaRegistry,
  ScimError,
  wants,
} from '../scim/index.ts';
import { type Answer, answer } from './answer.ts';
import { createBigGroups, tooManyMembers } from './big-groups.ts';
import type { Exchange } from './exchange.ts';
import { type Question, questionOf, searchRequestOf } from './question.ts';

/** Searches over both types: one list, users first, paged as one. */
export interface Search {
  /** GET of the root with a query (RFC 7644 §3.4.2.1). */
  query(exchange: Exchange, hangUp: HangUp): Promise<Answer>;
  /** POST /.search at the root (RFC 7644 §3.4.3). */
  search(exchange: Exchange, hangUp: HangUp): Promise<Answer>;
}

/**
 * A type that has no such attribute as the filter names has no part in the answer; a filter that fits neither is refused.
 */
export function createSearch(
  users: UserRepository<Filter>,
  groups: GroupRepository<Filter>,
  registry: () => SchemaRegistry,
): Search {
  const big = createBigGroups(groups);

  async function over(
    exchange: Exchange,
    hangUp: HangUp,
    questionFor: (type: ResourceType) => Question,
  ): Promise<Answer> {
    const ofUsers = attempt(() => questionFor('User'));
    const ofGroups = attempt(() => questionFor('Group'));
    if (ofUsers instanceof ScimError && ofGroups instanceof ScimError) throw ofUsers;
    const asked = ofUsers instanceof ScimError ? ofGroups : ofUsers;
    if (asked instanceof ScimError) throw asked;
    const { startIndex, count, sortBy } = asked.query;
    if (sortBy !== null && !(ofUsers instanceof ScimError) && !(ofGroups instanceof ScimError)) {
      throw new ScimError(
        400,
        'sortBy orders one type of resource: search /Users/.search or /Groups/.search.',
        'invalidValue',
      );
    }
    const foundUsers = await find(users, ofUsers, startIndex, count, hangUp);
    const before = foundUsers.totalResults;
    const left = count - foundUsers.records.length;
    const foundGroups = await find(groups, ofGroups, Math.max(1, startIndex - before), left, hangUp);

    const { baseUrl } = exchange.route;
    const totalResults = before + foundGroups.totalResults;
    const shownOfUsers = projectionOf(ofUsers);
    const rendered = foundUsers.records.map((user) =>
      renderRecord(user, { baseUrl, references: user.groups, projection: shownOfUsers }),
    );
    const projection = projectionOf(ofGroups);
    const { records } = foundGroups;
    if (tooManyMembers(records, projection)) {
      const page = { totalResults, startIndex, records };
      return answer(200, null, { totalResults, stream: big.list(page, projection, baseUrl, rendered) });
    }
    for (const group of records) {
      const references = wants(projection, 'members') ? groups.members(group.id, null, Number.MAX_SAFE_INTEGER) : null;
      rendered.push(renderRecord(group, { baseUrl, references, projection }));
    }
    return answer(200, listResponse({ totalResults, startIndex, resources: rendered }), { totalResults });
  }

  return {
    async query(exchange, hangUp) {
      const parameters = exchange.parameters();
      return over(exchange, hangUp, (type) => questionOf(type, parameters, registry()));
    },
    async search(exchange, hangUp) {
      const body = exchange.json();
      return over(exchange, hangUp, (type) => searchRequestOf(type, body, registry()));
    },
  };
}

async function find(
  repository: ResourceRepository<Filter>,
  question: Question | ScimError,
  startIndex: number,
  count: number,
  hangUp: HangUp,
): Promise<QueryPage> {
  if (question instanceof ScimError) return { totalResults: 0, startIndex, records: [] };
  return repository.query({ ...question.query, startIndex, count }, hangUp);
}

function projectionOf(question: Question | ScimError): Projection | null {
  return question instanceof ScimError ? null : question.projection;
}

function attempt(read: () => Question): Question | ScimError {
  try {
    return read();
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
}
