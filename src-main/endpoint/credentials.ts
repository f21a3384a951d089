import { hash, timingSafeEqual } from 'node:crypto';
import { doubledBearer, endedToken, entraJwt, otherToken, ourToken } from '../contract/catalogue/credentials.ts';
import type { RefusedKind } from '../contract/index.ts';
import type { KnownToken } from './token-record.ts';

/** What an Authorization header holds. */
export type Credentials = AcceptedCredentials | RefusedCredentials;

interface AcceptedCredentials {
  accepted: true;
  /** Hash of the token. */
  token: string;
  /** The header as it may be stored. */
  shown: string;
  /** Redaction knows it. */
  presented: null;
}

interface RefusedCredentials {
  accepted: false;
  /** Why, as a sentence with its cure. */
  refusal: string;
  /** What the token is; null when none came. */
  refused: { kind: RefusedKind; ending: string | null } | null;
  /** The header as it may be stored; null when there was none. */
  shown: string | null;
  /** The token, so that it can be kept out of everything stored; null for none. */
  presented: string | null;
}

/** Tells what a header carries, at a time (milliseconds since 1970). */
export type CheckCredentials = (header: string | undefined, at: number) => Credentials;

/** Tokens shorter than this are shown without their ending: it would give too much of them away. */
const shownFrom = 12;

const missing: RefusedCredentials = {
  accepted: false,
  refusal: 'No Secret Token came with this call. Paste the Secret Token next to the Tenant URL in Azure.',
  refused: null,
  shown: null,
  presented: null,
};

/**
 * `tokens`: all that are known, the newest first; `plain`: the newest in clear where this host can open it. Comparison takes
 * the same time wherever the tokens differ.
 */
export function createCredentialsCheck(
  tokens: readonly [KnownToken, ...KnownToken[]],
  plain: string | null,
): CheckCredentials {
  const [newest] = tokens;
  const known = tokens.map((token) => ({ ...token, digest: Buffer.from(token.hash, 'hex') }));
  const find = (token: string) => {
    const digest = hash('sha256', token, 'buffer');
    // All are compared, so that the time does not tell which one it was.
    return known.filter((one) => timingSafeEqual(one.digest, digest))[0];
  };
  // Nearly every call comes with the newest token, in the usual spelling: that one is compared byte by byte, which costs a
  // fifth of a hash.
  const usual = Buffer.from(`Bearer ${plain ?? ''}`, 'latin1');
  const sent = Buffer.alloc(usual.length);
  const usualUntil = plain === null ? Number.NEGATIVE_INFINITY : newest.until;
  const accepted = acceptedAs(newest.hash, ourToken);
  const isUsual = (header: string) =>
    header.length === usual.length && sent.write(header, 'latin1') === usual.length && timingSafeEqual(sent, usual);
  return (header, at) => {
    if (header === undefined) return missing;
    if (at < usualUntil && isUsual(header)) return accepted;
    const space = header.search(/\s/);
    const scheme = space < 0 ? header : header.slice(0, space);
    let token = space < 0 ? '' : header.slice(space + 1).trim();
    if (scheme.toLowerCase() !== 'bearer') return otherScheme(scheme, token);
    let doubled = false;
    while (/^bearer\s/i.test(token)) {
      token = token.slice(7).trim();
      doubled = true;
    }
    if (token === '') return { ...missing, shown: header.trim() };
    const ours = find(token);
    if (ours === undefined) return issuedByEntra(token) ? jwt(token) : other(token);
    return at < ours.until ? acceptedAs(ours.hash, doubled ? doubledBearer : ourToken) : ended(ours, token);
  };
}

function acceptedAs(token: string, shown: string): AcceptedCredentials {
  return { accepted: true, token, shown, presented: null };
}

const endWords = {
  replaced: 'was replaced by a newer one. Copy the Secret Token and paste it in Azure.',
  revoked: 'was revoked. Copy the new Secret Token and paste it in Azure.',
  expired: 'has expired. Rotate it in the pilot, and paste the new one in Azure.',
};

function ended({ end, ending }: KnownToken, token: string): RefusedCredentials {
  return {
    accepted: false,
    refusal: `This Secret Token (ends …${ending}) ${endWords[end]}`,
    refused: { kind: end, ending },
    shown: endedToken(end, ending),
    presented: token,
  };
}

function otherScheme(scheme: string, token: string): Credentials {
  // A header of one word may be the token itself: nothing of it is shown.
  const bare = token === '';
  return {
    accepted: false,
    refused: { kind: 'other', ending: null },
    refusal: bare
      ? 'The Authorization header must read "Bearer", a space and the Secret Token.'
      : `The Secret Token must come as a bearer token, not as ${JSON.stringify(scheme.slice(0, 20))}.`,
    shown: bare ? '[redacted]' : `${scheme.slice(0, 20)} [redacted]`,
    presented: bare ? scheme : token,
  };
}

function other(token: string): Credentials {
  const ending = token.length < shownFrom ? null : token.slice(-3);
  return {
    accepted: false,
    refused: { kind: 'other', ending },
    refusal: `This is another token than this pilot's Secret Token${ending === null ? '' : `: it ends in …${ending}`}. Copy the Secret Token again and paste it in Azure.`,
    shown: otherToken(ending),
    presented: token,
  };
}

function jwt(token: string): Credentials {
  return {
    accepted: false,
    refused: { kind: 'entra', ending: null },
    refusal:
      'Azure sent a token that it issued itself (a JWT), as it does when the Secret Token field is left blank. Paste the Secret Token there.',
    shown: entraJwt,
    presented: token,
  };
}

/** Whether a token is a JWT from Entra (entra.md: issuer https://sts.windows.net/<tenant>/). Only for words: never trusted. */
function issuedByEntra(token: string): boolean {
  const parts = token.split('.');
  if (parts.length !== 3) return false;
  try {
    const payload: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    const issuer = typeof payload === 'object' && payload !== null && 'iss' in payload ? payload.iss : null;
    return typeof issuer === 'string' && /^https:\/\/(sts\.windows\.net|login\.microsoftonline\.com)\//.test(issuer);
  } catch {
    return false;
  }
}
