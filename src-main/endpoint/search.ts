import type {
  GroupRepository,
  HangUp,
  JsonObject,
  QueryPage,
  ResourceRepository,
  UserRepository,
} from '../contract/index.ts';
import { type Filter, listResponse, renderRecord, type SchemaRegistry, ScimError, wants } from '../scim/index.ts';
import { type Answer, answer } from './answer.ts';
import { createBigGroups, tooManyMembers } from './big-groups.ts';
import type { Exchange } from './exchange.ts';
import type { Parameters } from './query-string.ts';
import { type SharedQuestion, sharedQuestionsOf } from './question.ts';

type Questions = ReturnType<typeof sharedQuestionsOf>;

/** Searches over both types: one list, users first, paged as one. */
export interface Search {
  /** GET of the root with a query (RFC 7644 §3.4.2.1). */
  query(exchange: Exchange, hangUp: HangUp): Promise<Answer>;
  /** POST /.search at the root (RFC 7644 §3.4.3). */
  search(exchange: Exchange, hangUp: HangUp): Promise<Answer>;
}

/** A type that lacks an attribute of the filter counts as one without a value; a filter that neither type knows is refused. */
export function createSearch(
  users: UserRepository<Filter>,
  groups: GroupRepository<Filter>,
  registry: () => SchemaRegistry,
): Search {
  const big = createBigGroups(groups);

  /** The questions where the answer is to be sorted. Of one type only: nothing says how a user and a group compare. */
  async function ofOneType({ User, Group }: Questions, hangUp: HangUp): Promise<Questions> {
    const foundGroups = await find(groups, unsorted(Group), 1, 0, hangUp);
    if (foundGroups.totalResults === 0) return { User, Group: { ...Group, none: true } };
    const foundUsers = await find(users, unsorted(User), 1, 0, hangUp);
    if (foundUsers.totalResults === 0) return { User: { ...User, none: true }, Group };
    throw new ScimError(
      400,
      'sortBy orders one type of resource: search /Users/.search or /Groups/.search.',
      'invalidValue',
    );
  }

  async function over(exchange: Exchange, hangUp: HangUp, asked: Parameters | JsonObject): Promise<Answer> {
    const questions = sharedQuestionsOf(asked, registry());
    const { startIndex, count, sortBy } = questions.User.query;
    const { User: ofUsers, Group: ofGroups } = sortBy === null ? questions : await ofOneType(questions, hangUp);
    const foundUsers = await find(users, ofUsers, startIndex, count, hangUp);
    const before = foundUsers.totalResults;
    // Groups follow when all users were shown, which a page of large ones cuts short.
    const usersLeft = before - (startIndex - 1) - foundUsers.records.length;
    const left = usersLeft > 0 ? 0 : count - foundUsers.records.length;
    const foundGroups = await find(groups, ofGroups, Math.max(1, startIndex - before), left, hangUp);

    const { baseUrl } = exchange.route;
    const totalResults = before + foundGroups.totalResults;
    const rendered = foundUsers.records.map((user) =>
      renderRecord(user, { baseUrl, references: user.groups, projection: ofUsers.projection }),
    );
    const { projection } = ofGroups;
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
    query: async (exchange, hangUp) => over(exchange, hangUp, exchange.parameters()),
    search: async (exchange, hangUp) => over(exchange, hangUp, exchange.json()),
  };
}

async function find(
  repository: ResourceRepository<Filter>,
  question: SharedQuestion,
  startIndex: number,
  count: number,
  hangUp: HangUp,
): Promise<QueryPage> {
  if (question.none) return { totalResults: 0, startIndex, records: [] };
  return repository.query({ ...question.query, startIndex, count }, hangUp);
}

function unsorted(question: SharedQuestion): SharedQuestion {
  return { ...question, query: { ...question.query, sortBy: null } };
}
