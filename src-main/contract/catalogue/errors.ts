/**
 * The one catalogue of errors, by stable code. `scim*` codes become SCIM error answers (RFC 7644 §3.12); `start*` codes end
 * a start with exit code 1. Every text is one clear sentence; the cure, where there is one, is its own sentence.
 */

/** `scimType` values of RFC 7644 §3.12, table 9. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive';

/** Reasons why a pilot can't start. */
export type StartErrorCode =
  | 'flag'
  | 'port-taken'
  | 'data-not-writable'
  | 'data-in-use'
  | 'data-damaged'
  | 'data-newer'
  | 'build-failed';

/** A start that can't go on: one sentence of what is wrong, one of what to do. No stack is shown. */
export class StartError extends Error {
  readonly code: StartErrorCode;
  readonly cure: string;
  constructor(code: StartErrorCode, message: string, cure: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
    this.code = code;
    this.cure = cure;
  }
}

/** Why something the admin asked for in the window is refused: it makes no sense, its name is taken, or it is not there. */
export type RequestErrorCode = 'invalid' | 'taken' | 'unknown';

/** A refusal in the window: one sentence that says what was wrong and what to do. */
export class RequestError extends Error {
  readonly code: RequestErrorCode;
  constructor(code: RequestErrorCode, message: string) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
  }
}
