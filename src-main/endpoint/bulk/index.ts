import type {
  GroupRepository,
  JsonObject,
  Outcome,
  RecordChange,
  StoredRecord,
  UserRepository,
  Writer,
} from '../../contract/index.ts';
import { etagOf, type Filter, ScimError, versionOf } from '../../scim/index.ts';
import { type Answer, answer } from '../answer.ts';
import type { Exchange } from '../exchange.ts';
import { checkVersion } from '../versions.ts';
import { type BulkOperation, type BulkTask, readBulkRequest } from './message.ts';
import { nextStep, type Planned } from './plan.ts';
import { referencesOf, resolved } from './references.ts';

export { maxOperations } from './message.ts';

export interface BulkOptions {
  users: UserRepository<Filter>;
  groups: GroupRepository<Filter>;
  writer: Writer;
  /** What was thrown, as an answer. */
  failureOf(exchange: Exchange, error: unknown): Answer;
}

/** Operations between two turns of the event loop: few enough that nobody waits for long, enough to share an fsync. */
const operationsAStep = 16;
/** A circle is stored all at once, so it must not be long. */
const longestCircle = 100;

/** An operation on its way. */
interface Job extends Planned {
  readonly operation: BulkOperation;
  result: JsonObject | null;
  changes: RecordChange[];
  /** ServiceOps tenant admins for whom it was refused, or whom it left out. */
  tenantAdmins: readonly string[];
}

/** Operations of a step that are stored whole or not at all. */
interface Part {
  /** In the writer. Null: there were too many errors before it. */
  work(): Done[] | null;
  settle(outcome: Outcome<Done[] | null>): void;
  /** It was not stored after all. */
  lost(error: unknown): void;
}

/** What an operation did. */
interface Done {
  status: 200 | 201 | 204;
  id: string;
  /** Null for what is gone. */
  record: StoredRecord | null;
  change: RecordChange | null;
  tenantAdmins?: readonly string[] | undefined;
}

/**
 * POST /Bulk (RFC 7644 §3.7). Each operation is a unit of the writer by itself: stored whole or not at all, whatever becomes of
 * the others. They run in the order sent, save that one which refers to a bulkId waits for the operation that makes it; those
 * that refer to one another are stored together or not at all. Between steps other calls get their turn. The answer is 200
 * with a result for each operation that was tried.
 */
export function createBulk({ users, groups, writer, failureOf }: BulkOptions) {
  /** Runs one task whose references are resolved; inside the writer. */
  function perform(exchange: Exchange, task: BulkTask, newId?: string): Done {
    const repository = task.type === 'User' ? users : groups;
    const { method, data } = task;
    const id = task.target ?? '';
    if (method === 'POST') {
      const { record, change, tenantAdmins } = repository.create(data, exchange.actor, newId);
      return { status: 201, id: record.id, record, change, tenantAdmins };
    }
    const before = task.version === null ? null : repository.get(id);
    if (before !== null && task.version !== null) checkVersion(before, versionOf(before, before.groups), task.version);
    if (method === 'DELETE') return { status: 204, id, record: null, change: repository.delete(id, exchange.actor) };
    const { record, change, tenantAdmins } =
      method === 'PUT' ? repository.replace(id, data, exchange.actor) : repository.patch(id, data, exchange.actor);
    return { status: 200, id, record, change, tenantAdmins };
  }

  /** Carries out a bulk request: gives parts to be stored, and goes on once these are settled. */
  function* steps(exchange: Exchange, body: JsonObject): Generator<Part[], Answer> {
    const { operations, failOnErrors } = readBulkRequest(body);
    const jobs = operations.map(jobOf);
    const ids = new Map<string, string>();
    const settled = new Set<string>();
    const defined = new Set(operations.map((one) => (one.method === 'POST' ? one.bulkId : null)));
    const newGroups = new Set(jobs.filter(makesGroup).map(({ bulkId }) => bulkId));
    let errors = 0;
    /** ServiceOps tenant admins. */
    const refused = new Set<string>();

    function idOf(bulkId: string, user: boolean): string {
      if (user && newGroups.has(bulkId)) {
        throw new ScimError(
          400,
          `Members and managers are users; the POST with the bulkId ${JSON.stringify(bulkId.slice(0, 200))} makes a group.`,
          'invalidValue',
        );
      }
      const id = ids.get(bulkId);
      if (id !== undefined) return id;
      if (defined.has(bulkId)) {
        throw new ScimError(409, `The operation with the bulkId ${JSON.stringify(bulkId)} made nothing to refer to.`);
      }
      throw new ScimError(
        400,
        `No POST of this request has the bulkId ${JSON.stringify(bulkId.slice(0, 200))}.`,
        'invalidValue',
      );
    }

    function succeed(job: Job, done: Done): void {
      const { type } = taskOf(job.operation);
      job.result = {
        ...named(job),
        location: locationOf(type, done.id),
        ...(done.record === null ? {} : { version: etagOf(versionOf(done.record, done.record.groups)) }),
        status: String(done.status),
      };
      job.changes = done.change === null ? [] : [done.change];
      job.tenantAdmins = done.tenantAdmins ?? [];
      if (done.status === 201 && job.bulkId !== null) ids.set(job.bulkId, done.id);
    }

    function fail(job: Job, error: unknown): void {
      errors += 1;
      const { status, body: response, tenantAdmins = [] } = failureOf(exchange, error);
      const { task } = job.operation;
      const target = task instanceof ScimError || task.target === null ? null : targetOf(task, task.target);
      job.result = { ...named(job), ...target, status: String(status), response: JSON.parse(response ?? '{}') };
      job.changes = [];
      job.tenantAdmins = tenantAdmins;
      for (const userName of tenantAdmins) refused.add(userName);
      if (job.bulkId !== null) ids.delete(job.bulkId);
    }

    /** Where the record is that an operation addresses, once that is known. */
    function targetOf({ type }: BulkTask, target: string): { location: string } | null {
      return target.startsWith('bulkId:') ? null : { location: locationOf(type, target) };
    }

    function locationOf(type: BulkTask['type'], id: string): string {
      return `${exchange.route.baseUrl}/${type}s/${encodeURIComponent(id)}`;
    }

    /** `members` of a step as one part. Nothing of it is tried once there are too many errors. */
    function partOf(members: Job[]): Part {
      let at = members[0];
      return {
        work() {
          if (errors >= failOnErrors) return null;
          // What refers to one another has its ids before any of it is there.
          const ahead = members.length > 1 || refersToItself(members[0]);
          const newIds = members.map((job) => (ahead ? repositoryOf(job).newId() : undefined));
          members.forEach((job, index) => {
            const newId = newIds[index];
            if (job.bulkId !== null && newId !== undefined) ids.set(job.bulkId, newId);
          });
          return members.map((job, index) => {
            at = job;
            return perform(exchange, resolved(taskOf(job.operation), idOf), newIds[index]);
          });
        },
        settle(outcome) {
          if (outcome.ok) {
            outcome.value?.forEach((done, index) => {
              const job = members[index];
              if (job !== undefined) succeed(job, done);
            });
          } else failAll(members, at, outcome.error);
        },
        lost: (error) => failAll(members, at, error),
      };
    }

    function failAll(members: Job[], culprit: Job | undefined, error: unknown): void {
      for (const job of members) {
        fail(
          job,
          job === culprit
            ? error
            : new ScimError(409, 'Operations that refer to one another are stored together, and one of these failed.'),
        );
      }
    }

    function repositoryOf(job: Job) {
      return taskOf(job.operation).type === 'User' ? users : groups;
    }

    let waiting: readonly Job[] = jobs;
    while (waiting.length > 0 && errors < failOnErrors) {
      const step = nextStep(waiting, settled, operationsAStep);
      if (step.together && step.operations.length > longestCircle) {
        for (const job of step.operations) {
          fail(job, new ScimError(409, `More than ${longestCircle} operations refer to one another in a circle.`));
        }
      } else {
        yield step.together ? [partOf(step.operations)] : step.operations.map((job) => partOf([job]));
      }
      for (const { bulkId } of step.operations) if (bulkId !== null) settled.add(bulkId);
      const tried = new Set(step.operations);
      waiting = waiting.filter((job) => !tried.has(job));
    }

    const tried = jobs.flatMap((job) => (job.result === null ? [] : [job.result]));
    const failures = [`${errors} of ${jobs.length} operations failed.`];
    if (refused.size > 0) failures.push(`Refused: ServiceOps tenant admin ${[...refused].join(', ')}.`);
    const tenantAdmins = [...new Set(jobs.flatMap((job) => job.tenantAdmins))];
    return answer(200, JSON.stringify({ schemas: [responseUrn], Operations: tried }), {
      detail: errors === 0 ? null : failures.join(' '),
      changes: jobs.flatMap((job) => job.changes),
      tenantAdmins: tenantAdmins.length === 0 ? undefined : tenantAdmins,
    });
  }

  async function store({ work, settle, lost }: Part): Promise<void> {
    try {
      await writer.submit(work, settle);
    } catch (error) {
      lost(error);
    }
  }

  return {
    async run(exchange: Exchange, body: JsonObject): Promise<Answer> {
      const going = steps(exchange, body);
      for (;;) {
        const step = going.next();
        if (step.done) return step.value;
        await Promise.all(step.value.map(store));
      }
    },
    /** All of it at once, inside a unit of the writer: for one that is to be undone. */
    runWithin(exchange: Exchange, body: JsonObject): Answer {
      const going = steps(exchange, body);
      for (;;) {
        const step = going.next();
        if (step.done) return step.value;
        for (const { work, settle } of step.value) settle(writer.within(work));
      }
    },
  };
}

const responseUrn = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';

/** Throws what is wrong with an operation that can't be tried. */
function taskOf({ task }: BulkOperation): BulkTask {
  if (task instanceof ScimError) throw task;
  return task;
}

function jobOf(operation: BulkOperation, index: number): Job {
  const job = { index, bulkId: operation.bulkId, result: null, changes: [], tenantAdmins: [] };
  const { task } = operation;
  if (task instanceof ScimError) return { ...job, operation, needs: new Set() };
  try {
    return { ...job, operation, needs: referencesOf(task) };
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return { ...job, operation: { ...operation, task: error }, needs: new Set() };
  }
}

function makesGroup({ operation: { task } }: Job): boolean {
  return !(task instanceof ScimError) && task.method === 'POST' && task.type === 'Group';
}

function refersToItself(job: Job | undefined): boolean {
  return job !== undefined && job.bulkId !== null && job.needs.has(job.bulkId);
}

/** What a result repeats of its operation. */
function named({ bulkId, operation: { method } }: Job): JsonObject {
  return { method, ...(bulkId === null ? {} : { bulkId }) };
}
