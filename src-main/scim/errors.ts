import type { ScimType } from '../contract/catalogue/errors.ts';

/** A refusal in SCIM's terms (RFC 7644 §3.12): HTTP status, a sentence for the admin and, where the RFC has one, its keyword. */
export class ScimError extends Error {
  readonly status: number;
  readonly scimType: ScimType | undefined;

  constructor(status: number, detail: string, scimType?: ScimType) {
    super(detail);
    this.name = 'ScimError';
    this.status = status;
    this.scimType = scimType;
  }
}

/** Text from outside as messages quote it: in double quotes, one line, not longer than a reader wants. */
export function quoted(text: string): string {
  return JSON.stringify((text.length > 80 ? `${text.slice(0, 80)}…` : text).toWellFormed());
}
