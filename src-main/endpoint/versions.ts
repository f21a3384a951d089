import type { StoredRecord } from '../contract/index.ts';
import { ScimError } from '../scim/index.ts';

/** A record's entity tag: weak, since the same state may be written in several ways. */
export function etagOf(record: StoredRecord): string {
  return `W/"${record.revision}"`;
}

/** Whether a list of entity tags (or `*`) names the record's version; weak and strong tags count alike. */
export function hasVersion(tags: string, record: StoredRecord): boolean {
  const version = String(record.revision);
  return tags.split(',').some((tag) => {
    const bare = tag.trim();
    return bare === '*' || bare.replace(/^W\//i, '').replaceAll('"', '') === version;
  });
}

/** RFC 7644 §3.14: a write that names versions happens only to one of them. Throws ScimError 412. */
export function checkVersion(record: StoredRecord | null, wanted: string): void {
  if (record === null || hasVersion(wanted, record)) return;
  const type = record.resourceType.toLowerCase();
  throw new ScimError(412, `This ${type} has changed since: its version is ${etagOf(record)} now.`);
}
