import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { ChangedRule } from '../contract/index.ts';
import { readSetting, writeSetting } from '../storage/index.ts';

const key = 'rules.changed';
const schema = z.partialRecord(z.enum(['custom fields', 'profile', 'tenant admins']), z.int());

/** When each rule was last changed, as far as it ever was. */
export function readRuleChanges(db: Database.Database): ChangedRule[] {
  return Object.entries(readSetting(db, key, schema) ?? {}).map(([rule, at]) => ({
    rule: rule as ChangedRule['rule'],
    at,
  }));
}

/** Notes that a rule is another from now on. Must run inside the writer's transaction. */
export function noteRuleChange(db: Database.Database, rule: ChangedRule['rule'], at: number): void {
  writeSetting(db, key, { ...readSetting(db, key, schema), [rule]: at });
}
