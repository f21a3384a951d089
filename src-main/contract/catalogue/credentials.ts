import type { RefusedKind, TokenEnd } from '../token.ts';

/**
 * How the Authorization header of a captured call is shown: never the token, only what explains a refusal. The endpoint
 * writes these texts before anything is stored, `insight` reads them.
 */

/** The right token. */
export const ourToken = 'Bearer [redacted]';
/** The right token, pasted together with the word Bearer. */
export const doubledBearer = 'Bearer Bearer [redacted]';
/** A token that Entra issued itself: the Secret Token was left blank. */
export const entraJwt = 'Bearer [redacted: a JWT issued by Entra]';

/** Another token; `ending` are its last characters, null when it is too short to show any. */
export function otherToken(ending: string | null): string {
  return ending === null ? 'Bearer [redacted: another token]' : `Bearer [redacted: another token, ends …${ending}]`;
}

/** The ending inside a text of `otherToken`, null when it shows none; undefined for any other text. */
export function endingOfOtherToken(shown: string): string | null | undefined {
  const found = /^Bearer \[redacted: another token(?:, ends …(.+))?\]$/.exec(shown);
  return found === null ? undefined : (found[1] ?? null);
}

/** A token that was this pilot's. */
export function endedToken(end: TokenEnd, ending: string): string {
  return `Bearer [redacted: a Secret Token that is ${end}, ends …${ending}]`;
}

/** What a text of `endedToken` says; null for any other text. */
export function readEndedToken(shown: string): { end: TokenEnd; ending: string } | null {
  const [, word, ending] = /^Bearer \[redacted: a Secret Token that is (\w+), ends …(.+)\]$/.exec(shown) ?? [];
  const end = ends.find((one) => one === word);
  return end === undefined || ending === undefined ? null : { end, ending };
}

/** What the token of a refused call was, by the header as it is shown; null when none came. */
export function refusedIn(shown: string): { kind: RefusedKind; ending: string | null } | null {
  if (/^bearer$/i.test(shown)) return null;
  if (shown === entraJwt) return { kind: 'entra', ending: null };
  const ended = readEndedToken(shown);
  if (ended !== null) return { kind: ended.end, ending: ended.ending };
  return { kind: 'other', ending: endingOfOtherToken(shown) ?? null };
}

const ends: TokenEnd[] = ['replaced', 'revoked', 'expired'];
