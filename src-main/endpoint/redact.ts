import { maximumDepth } from '../contract/catalogue/limits.ts';
import type { CapturedBody, Json, RecordChange } from '../contract/index.ts';
import { tokenPrefix } from './token-record.ts';

/** Captured bodies are cut here, bytes. */
export const captureLimit = 256 * 1024;
/** Callers who don't know the token can store little. */
const strangerBodyLimit = 16 * 1024;
/** Stands in place of a secret. */
export const hidden = '[redacted]';
/** Tokens shorter than this are not searched for: they would match words of the text. */
const shortestNeedle = 8;
const rememberedHeaderSets = 256;
const longestRemembered = 4_096;

/** Takes secrets out of what a call's record will hold, before any sink sees it. */
export interface Redactor {
  /** `presented`: a token that the caller sent and that was refused. */
  text(text: string, presented: string | null): string;
  query(query: string, presented: string | null): string;
  /** The same list again for the same headers. */
  headers(raw: readonly string[], shownAuthorization: string | null, presented: string | null): [string, string][];
  /** Headers of ours. */
  pairs(headers: readonly [string, string][], presented: string | null): [string, string][];
  /** The body of an answer of ours that is shown later than it was sent. */
  shown(body: string): string;
  body(text: string, bytes: number, presented: string | null, stranger: boolean): CapturedBody;
  changes(changes: RecordChange[], presented: string | null): RecordChange[];
}

/**
 * `token`: the Secret Token of this run in clear. Tokens that pilots make are known by their prefix, so those before it, those
 * to come and those of other pilots are found too.
 */
export function createRedactor(token: string | null): Redactor {
  const own = token === null || madeToken.test(token) ? [] : spellings(token);

  function text(value: string, presented: string | null): string {
    let clean = value;
    for (const needle of own) if (clean.includes(needle)) clean = clean.replaceAll(needle, hidden);
    if (clean.includes(tokenPrefix)) clean = clean.replaceAll(madeTokens, hidden);
    if (presented !== null && presented.length >= shortestNeedle) {
      for (const needle of spellings(presented)) if (clean.includes(needle)) clean = clean.replaceAll(needle, hidden);
    }
    return clean;
  }

  function bodyText(body: string, presented: string | null): string {
    return text(/passw/i.test(body) ? withoutPasswords(body) : body, presented);
  }

  /** By the headers as they came: callers send the same ones over and over. */
  const headerSets = new Map<string, { shownAuthorization: string | null; shown: [string, string][] }>();

  return {
    text,
    query(query, presented) {
      if (query === '') return query;
      if (!secretName.test(query)) return text(query, presented);
      const named = query.replaceAll(
        /(^|&)([^&=]*(?:token|secret|password|authorization)[^&=]*)=[^&]*/gi,
        `$1$2=${hidden}`,
      );
      // A filter on a password holds one.
      const filtered = named.replaceAll(/(^|&)(filter)=[^&]*password[^&]*/gi, `$1$2=${hidden}`);
      return text(filtered, presented);
    },
    headers(raw, shownAuthorization, presented) {
      const key = raw.join('\n');
      const known = headerSets.get(key);
      if (known !== undefined && known.shownAuthorization === shownAuthorization) return known.shown;
      const shown: [string, string][] = [];
      for (let i = 0; i + 1 < raw.length; i += 2) {
        const name = raw[i] ?? '';
        const value = raw[i + 1] ?? '';
        const lower = name.toLowerCase();
        if (lower === 'authorization') shown.push([name, shownAuthorization ?? hidden]);
        else if (secretHeader.test(lower)) shown.push([name, hidden]);
        else shown.push([name, text(value, presented)]);
      }
      if (headerSets.size >= rememberedHeaderSets) headerSets.clear();
      if (key.length <= longestRemembered) headerSets.set(key, { shownAuthorization, shown });
      return shown;
    },
    pairs: (headers, presented) => headers.map(([name, value]) => [name, text(value, presented)]),
    shown: (body) => bodyText(body, null),
    body(value, bytes, presented, stranger) {
      return cut(bodyText(value, presented), bytes, stranger ? strangerBodyLimit : captureLimit);
    },
    changes(changes, presented) {
      if (changes.length === 0) return changes;
      const open = JSON.stringify(changes);
      const clean = text(
        changes.some(hasPassword) ? JSON.stringify(changes.map(withoutPasswordChanges)) : open,
        presented,
      );
      if (clean === open) return changes;
      // Not as the history has it: the call keeps its own.
      return (JSON.parse(clean) as RecordChange[]).map(({ position: _position, ...change }) => change);
    },
  };
}

/** Made ones have 43 characters after the prefix; a beginning of one is hidden as well. */
const madeTokens = new RegExp(`${tokenPrefix}[\\w-]{16,}`, 'g');
const madeToken = new RegExp(`^${tokenPrefix}[\\w-]{16,}$`);

/** What a parameter is called that holds a secret. */
const secretName = /token|secret|password|authorization/i;

/** Headers by whose name their value is a secret; a proxy of the admin's adds some of its own. */
const secretHeader = /authorization|cookie|token|secret|passw|credential|api-?key|subscription-key/;

/** A secret as it stands in plain text, in a URL and in JSON. */
function spellings(secret: string): string[] {
  return [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])];
}

function isPasswordPath(path: string): boolean {
  return /passw(or)?d$/i.test(path);
}

/** ServiceProviderConfig's `changePassword: { supported }` (RFC 7643 §5) is named like a secret and is none. */
function isChangePasswordFeature(key: string, value: Json): boolean {
  return key === 'changePassword' && typeof value === 'object';
}

function hasPassword(change: RecordChange): boolean {
  return change.attributes.some((attribute) => isPasswordPath(attribute.path));
}

function withoutPasswordChanges(change: RecordChange): RecordChange {
  if (!hasPassword(change)) return change;
  const attributes = change.attributes.map((attribute) =>
    isPasswordPath(attribute.path) ? { path: attribute.path, after: hidden } : attribute,
  );
  return { ...change, attributes };
}

/** The body with every password's value replaced: by key, and in patch operations by path. Text that is no JSON is searched. */
function withoutPasswords(body: string): string {
  try {
    const parsed = JSON.parse(body) as Json;
    return JSON.stringify(clean(parsed, 1));
  } catch {
    return body
      .replaceAll(/("[^"]*passw(?:or)?d"\s*:\s*)("(?:[^"\\]|\\.)*"?|[^,}\]\s]+)/gi, `$1"${hidden}"`)
      .replaceAll(/(passw(?:or)?d=)[^&\s]*/gi, `$1${hidden}`);
  }
}

/** What nests deeper than any body that is taken is hidden whole. */
function clean(value: Json, depth: number): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > maximumDepth) return hidden;
  if (Array.isArray(value)) return value.map((one) => clean(one, depth + 1));
  const operation = Object.entries(value).some(
    ([key, path]) => key.toLowerCase() === 'path' && typeof path === 'string' && isPasswordPath(path),
  );
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const secret =
        (isPasswordPath(key) && !isChangePasswordFeature(key, one)) || (operation && key.toLowerCase() === 'value');
      return [key, secret ? hidden : clean(one, depth + 1)];
    }),
  );
}

function cut(text: string, bytes: number, limit: number): CapturedBody {
  // A UTF-16 unit takes at most three bytes of UTF-8.
  if (text.length * 3 <= limit || Buffer.byteLength(text) <= limit) return { text, bytes, cut: false };
  const start = Buffer.from(text).subarray(0, limit).toString('utf8');
  return { text: start.replace(/�$/, ''), bytes, cut: true };
}
