import {
  callEntries,
  type Entry,
  type ExplanationCode,
  fill,
  plain,
  type Severity,
} from '../../contract/catalogue/explanations/index.ts';
import type { CallOutcome } from '../../contract/index.ts';
import { type Look, lookOf } from '../look.ts';
import { isDoubledBearer, listNames } from '../wire.ts';
import { isBulk, ofBulk } from './bulk.ts';
import { ofRead } from './reads.ts';
import { faultOf, refusalOf } from './refusals.ts';
import type { Finding, Seen, World } from './types.ts';
import { ofWrite } from './writes.ts';

/** An answer that takes longer may be too late for Azure; no figure is documented. */
const slowMs = 10_000;

/**
 * Which entries of the catalogue fit a call, the gravest first. Pure but for what it asks the world; a plain good read costs a
 * few comparisons. `look`: `lookOf(call)`, where it is known already.
 */
export function explain(call: Seen, world: World, look: Look | null = lookOf(call)): Finding[] {
  const found = call.status >= 400 ? [refused(call, world)] : answered(call, world, look);
  if (call.durationMs > slowMs) {
    found.push({ code: 'SP-SLOW', slots: { seconds: `${Math.round(call.durationMs / 1_000)} seconds` } });
  }
  if (call.practice) found.push({ code: 'SP-PRACTICE', slots: {} });
  return found.length < 2 ? found : found.sort((a, b) => rank(a) - rank(b));
}

function refused(call: Seen, { tenantAdmins }: World): Finding {
  if (call.status === 404 && call.resourceType === 'User' && call.resourceId !== null) {
    const name = tenantAdmins.hidden(call.resourceId);
    if (name !== null) return { code: 'SP-TENANT-ADMIN-HIDDEN', slots: { name } };
  }
  return refusalOf(call);
}

function answered(call: Seen, world: World, look: Look | null): Finding[] {
  const change = call.changes[0];
  const bulk = isBulk(call);
  const found = bulk ? ofBulk(call) : change === undefined ? ofRead(call, look, world) : ofWrite(call, change, world);
  const admins = call.tenantAdmins ?? [];
  const doubled = isDoubledBearer(call);
  const broken = call.detail !== null && faultOf(call) !== null;
  if (admins.length === 0 && !doubled && !broken) return [...found];
  return [
    ...(broken ? [{ code: 'SP-FAULT-LAB-BROKEN', slots: {} } as const] : []),
    ...(admins.length > 0 ? [{ code: 'SP-TENANT-ADMIN-SKIPPED', slots: { name: listNames(admins) } } as const] : []),
    ...found,
    ...(doubled ? [{ code: 'SP-TOKEN-DOUBLED', slots: {} } as const] : []),
  ];
}

const ranks: Record<Severity, number> = { failed: 0, odd: 1, info: 2 };

function rank({ code }: Finding): number {
  return ranks[severityOf(code)];
}

function severityOf(code: ExplanationCode): Severity {
  return callEntries[code].severity;
}

/** The short remark of an entry, with what the call tells; null where it has none. */
export function noteOf(finding: Finding | undefined): string | null {
  if (finding === undefined) return null;
  const entry: Entry = callEntries[finding.code];
  return entry.note === undefined ? null : plain(fill(entry.note, finding.slots));
}

/** How a call ended, by its gravest entry. */
export function outcomeOf(found: readonly Finding[]): CallOutcome {
  const [first] = found;
  const severity = first === undefined ? 'info' : severityOf(first.code);
  return severity === 'info' ? 'ok' : severity;
}
