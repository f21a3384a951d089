import type { StoredRecord } from '../contract/index.ts';
import { etagOf, ScimError } from '../scim/index.ts';

/** Whether a list of entity tags (or `*`) names the version; weak and strong tags count alike. */
export function hasVersion(tags: string, version: string): boolean {
  return tags.split(',').some((tag) => {
    const bare = tag.trim();
    return bare === '*' || bare.replace(/^W\//i, '').replaceAll('"', '') === version;
  });
}

/** RFC 7644 §3.14: a write that names versions happens only to one of them. Throws ScimError 412. */
export function checkVersion({ resourceType }: StoredRecord, version: string, wanted: string): void {
  if (hasVersion(wanted, version)) return;
  throw new ScimError(
    412,
    `This ${resourceType.toLowerCase()} has changed since: its version is ${etagOf(version)} now.`,
  );
}
