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

/** What a value is refused for, with what was sent: as a caller's act, or the admin's own. Always 400 invalidValue. */
export class RefusedValue extends ScimError {
  /** What an admin is told who entered the value by hand. */
  readonly byHand: string;

  /**
   * `demand`: a sentence without its end; `sent`: what was sent, in words, null for nothing; `inAzure`: the attribute where it is
   * to be mended, of a custom field.
   */
  constructor(demand: string, sent: string | null, inAzure: string | null = null) {
    const [came, hint] = inAzure === null ? ['got', ''] : ['Azure sent', ` In Azure it is the attribute ${inAzure}.`];
    super(400, `${demand}, ${came} ${sent ?? 'no value'}.${hint}`, 'invalidValue');
    this.byHand = sent === null ? `${demand}.` : `${demand}, not ${sent}.`;
  }
}

/** What one of several operations is refused for: the sentence says which one, `reason` is the refusal itself. */
export class RefusedOperation extends ScimError {
  readonly reason: ScimError;

  constructor(index: number, reason: ScimError) {
    super(reason.status, `Operation ${index + 1}: ${reason.message}`, reason.scimType);
    this.reason = reason;
  }
}

/** Text from outside as messages quote it: in double quotes, one line, not longer than a reader wants. */
export function quoted(text: string): string {
  return JSON.stringify((text.length > 80 ? `${text.slice(0, 80)}…` : text).toWellFormed());
}
