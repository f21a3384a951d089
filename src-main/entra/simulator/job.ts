import type { AttributeMapping } from '../../contract/catalogue/default-mappings.ts';
import type { Answer } from './answers.ts';
import type { Client, Exchange } from './client.ts';
import type { SimulatorEvent, SimulatorPhase } from './events.ts';
import type { Leaf } from './mapping.ts';
import type { SimulatorRequest } from './requests.ts';
import type { Tally } from './tally.ts';

/** The job goes no further: a failed connection test, or what puts a job into quarantine at once. */
export class JobStopped extends Error {}

/** A call in Entra's terms; `odd` when it was accepted but will cost something later. */
export type Remark = string | { odd: string };

/** What Entra keeps about an object once the endpoint has given it an id. */
export interface Link {
  id: string;
  /** Values as last sent, by target: one that differs although it was sent came back changed. */
  sent: Map<string, Leaf['value']>;
  /** Users: the manager's id as the endpoint holds it, and whether we have sent one. */
  manager: string | null;
  managerSent: boolean;
  /** Groups: the members sent and not taken back, by the endpoint's ids. */
  members: Set<string>;
}

/** A provisioning job: what Entra remembers between its calls, and the one way to make a call. */
export class Job {
  readonly compliant: boolean;
  readonly tally: Tally;
  /** By the object's id in Entra. An object without a link is new to the endpoint, as far as Entra knows. */
  readonly links = new Map<string, Link>();
  /** Objects (by their id in Entra) whose last attempt failed: tried again in the next cycle. */
  readonly escrow = new Set<string>();
  phase: SimulatorPhase = 'connection test';
  private readonly client: Client;

  constructor(client: Client, tally: Tally, compliant: boolean) {
    this.client = client;
    this.tally = tally;
    this.compliant = compliant;
  }

  /** Ends the run as Entra would end the activity under way. */
  stop(): never {
    throw new JobStopped(
      this.phase === 'connection test'
        ? 'Test Connection failed, so Azure would not accept this Tenant URL and Secret Token.'
        : this.phase.endsWith('cycle')
          ? 'Azure would put the job into quarantine here.'
          : 'Azure would go no further here.',
    );
  }

  link(objectId: string, id: string): Link {
    const link = this.links.get(objectId) ?? {
      id,
      sent: new Map(),
      manager: null,
      managerSent: false,
      members: new Set(),
    };
    this.links.set(objectId, link);
    return link;
  }

  /**
   * One call: send, judge, keep count, tell. Null when it was refused; the object (null: none) then goes into escrow. Throws
   * `JobStopped` when Entra would go no further.
   */
  async *ask<T extends object | true>(
    request: SimulatorRequest,
    judge: (exchange: Exchange) => Answer<T>,
    remark: (value: T) => Remark,
    objectId: string | null,
  ): AsyncGenerator<SimulatorEvent, T | null> {
    const exchange = await this.client.send(request);
    const { json: _json, problem: _problem, ...call } = exchange;
    this.tally.count(call);
    const answer = judge(exchange);
    if (!answer.ok) {
      const { code, sentence, stops } = answer.refusal;
      this.tally.failed++;
      if (objectId !== null) this.escrow.add(objectId);
      yield { type: 'call', phase: this.phase, call, outcome: 'failed', code, sentence };
      if (stops) this.stop();
      return null;
    }
    const said = remark(answer.value);
    const [outcome, sentence] = typeof said === 'string' ? (['ok', said] as const) : (['odd', said.odd] as const);
    if (outcome === 'odd') this.tally.odd++;
    yield { type: 'call', phase: this.phase, call, outcome, code: null, sentence };
    return answer.value;
  }
}

/** The targets that match objects, first precedence first. */
export function matchingTargets(mappings: readonly AttributeMapping[]): string[] {
  return mappings
    .flatMap(({ target, matching }) => (matching === null ? [] : [{ target, matching }]))
    .sort((a, b) => a.matching - b.matching)
    .map(({ target }) => target);
}
