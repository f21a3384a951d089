import { hash, timingSafeEqual } from 'node:crypto';
import { doubledBearer, entraJwt, otherToken, ourToken } from '../contract/catalogue/credentials.ts';

/** What an Authorization header holds. */
export interface Credentials {
  accepted: boolean;
  /** Why it is not accepted, as a sentence with its cure; empty when it is. */
  refusal: string;
  /** The header as it may be stored; null when there was none. */
  shown: string | null;
  /** The token that was sent, so that it can be kept out of everything stored; null for none. */
  presented: string | null;
}

/** Tells whether a header carries the token whose SHA-256 is known. */
export type CheckCredentials = (header: string | undefined) => Credentials;

/** Tokens shorter than this are shown without their ending: it would give too much of them away. */
const shownFrom = 12;

const missing: Credentials = {
  accepted: false,
  refusal: 'No Secret Token came with this call. Paste the Secret Token next to the Tenant URL in Azure.',
  shown: null,
  presented: null,
};

/**
 * `tokenHash`: SHA-256 of the Secret Token; `plain`: the token itself where this host can open it. Comparison takes the same time
 * wherever the tokens differ.
 */
export function createCredentialsCheck(tokenHash: Buffer, plain: string | null): CheckCredentials {
  const fits = (token: string) => timingSafeEqual(hash('sha256', token, 'buffer'), tokenHash);
  // Nearly every call comes with the right token, in the usual spelling: that one is compared byte by byte, which costs a
  // fifth of a hash.
  const usual = Buffer.from(`Bearer ${plain ?? ''}`, 'latin1');
  const sent = Buffer.alloc(usual.length);
  const accepted: Credentials = { accepted: true, refusal: '', shown: ourToken, presented: plain };
  const isUsual = (header: string) =>
    plain !== null &&
    header.length === usual.length &&
    sent.write(header, 'latin1') === usual.length &&
    timingSafeEqual(sent, usual);
  return (header) => {
    if (header === undefined) return missing;
    if (isUsual(header)) return accepted;
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
    if (fits(token)) {
      return { accepted: true, refusal: '', shown: doubled ? doubledBearer : ourToken, presented: token };
    }
    return issuedByEntra(token) ? jwt(token) : other(token);
  };
}

function otherScheme(scheme: string, token: string): Credentials {
  // A header of one word may be the token itself: nothing of it is shown.
  const bare = token === '';
  return {
    accepted: false,
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
    refusal: `This is another token than this pilot's Secret Token${ending === null ? '' : `: it ends in …${ending}`}. Copy the Secret Token again and paste it in Azure.`,
    shown: otherToken(ending),
    presented: token,
  };
}

function jwt(token: string): Credentials {
  return {
    accepted: false,
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
