import { METHODS } from 'node:http';
import { type CallStore, seqOf } from '../calls/index.ts';
import { RequestError } from '../contract/catalogue/errors.ts';
import type {
  CallDetail,
  CapturedBody,
  CapturedCall,
  ChangedRule,
  Json,
  JsonObject,
  ReplayAnswer,
  ReplayDifference,
  ReplayDraft,
  ReplayPlace,
  ReplayRequest,
  ReplayResult,
} from '../contract/index.ts';
import type { Directory } from '../directory/index.ts';
import { basePath, type Replayer } from '../endpoint/index.ts';
import { diff, isObject } from '../scim/index.ts';

export interface ReplaysOptions {
  calls: Pick<CallStore, 'call'>;
  replayer: Replayer;
  /** The SCIM root on this machine. */
  localUrl: string;
  ruleChanges(): ChangedRule[];
  changesSince: Directory['tables']['changesSince'];
}

/** Captured calls as requests, and what comes of them when they are played again. */
export interface Replays {
  /** Null when no such call is stored. */
  draft(code: string): Promise<ReplayDraft | null>;
  /** `request` null: as it was captured. Throws `RequestError` where that can't be. */
  run(
    code: string,
    request: ReplayRequest | null,
    place: ReplayPlace,
    signal: AbortSignal,
  ): Promise<ReplayResult | null>;
}

/** Headers of the connection, of proxies on the way and of the token: they say nothing to the engine. */
const ofTheWay =
  /^(authorization|proxy-.*|host|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|cookie|forwarded|x-forwarded-.*|x-real-ip|via|traceparent|tracestate|ngrok-.*)$/i;

const redacted = '[redacted]';

/** Attributes that are another after every write: they tell of no difference. */
const always = new Set(['id', 'meta']);
const callPrefix = /^\[call [^\]]+\] /;

export function createReplays(options: ReplaysOptions): Replays {
  const { calls, replayer, localUrl, ruleChanges, changesSince } = options;

  async function recordOf(call: CallDetail): Promise<ReplayResult['record']> {
    const { resourceId: id, resourceType: type } = call;
    return id === null || type === null ? null : changesSince({ type, id, since: call.at, but: call.code });
  }

  async function draft(code: string): Promise<ReplayDraft | null> {
    const call = await calls.call(code);
    return call === null ? null : draftOf(call);
  }

  return {
    draft,

    async run(code, edited, place, signal) {
      const found = await draft(code);
      if (found === null) return null;
      const { call, problem } = found;
      if (edited === null && problem !== null) throw new RequestError('invalid', problem);
      const request = edited ?? found.request;
      demandSense(request);
      const seq = seqOf(call.code);
      if (seq === null) throw new RequestError('unknown', `${call.code} is no call's code.`);
      const order = { request, place, as: { seq, code: call.code }, baseUrl: baseUrlOf(call, localUrl) };
      const played = await replayer.run(order, signal);
      return {
        place,
        request,
        original: call,
        answer: answerOf(played, place),
        difference: differenceOf(call, played),
        rules: ruleChanges().filter(({ at }) => at > call.at),
        record: await recordOf(call),
      };
    },
  };
}

function draftOf(call: CallDetail): ReplayDraft {
  const request: ReplayRequest = {
    method: call.method,
    target: call.query === '' ? call.path : `${call.path}?${call.query}`,
    headers: call.requestHeaders.filter(([name]) => !ofTheWay.test(name)),
    body: call.requestBody?.text ?? null,
  };
  const lost = !METHODS.includes(call.method) || !call.path.startsWith('/');
  return { call, request, problem: lost ? lostWords : problemOf(call, request), lost };
}

const lostWords = 'This was no readable HTTP request, so there is nothing to play again.';

/** Why what was kept is not what was sent. */
function problemOf(call: CallDetail, { target, headers, body }: ReplayRequest): string | null {
  if (call.requestBody?.cut) {
    return `Only the beginning of its body was kept (${call.requestBody.bytes} bytes were sent). Edit the call and complete the body to play it again.`;
  }
  const sent = Number(call.requestHeaders.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0);
  if (call.requestBody === null && sent > 0) {
    return `Its body of ${sent} bytes was not kept: it was refused before it was read. Edit the call and write the body to play it again.`;
  }
  if ([target, body ?? '', ...headers.map(([, value]) => value)].some((text) => text.includes(redacted))) {
    return `A secret in it was not kept: ${redacted} stands in its place. Edit the call and put a value there, or take it out, to play it again.`;
  }
  return null;
}

/** Refuses what is no request; everything else is for the endpoint to judge. */
function demandSense({ method, target, headers }: ReplayRequest): void {
  if (!METHODS.includes(method) || method === 'CONNECT') {
    throw new RequestError('invalid', `${JSON.stringify(method)} is no method of HTTP.`);
  }
  if (!target.startsWith('/') || /[\s\p{Cc}]/u.test(target)) {
    throw new RequestError('invalid', 'The path must begin with a slash and hold no spaces: write %20 for one.');
  }
  for (const [name, value] of headers) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      throw new RequestError('invalid', `${JSON.stringify(name)} can't be the name of a header.`);
    }
    if (/(?!\t)\p{Cc}|[^\p{Cc}\u0020-\u00ff]/u.test(value)) {
      throw new RequestError('invalid', `The value of ${name} holds a character that no header may.`);
    }
  }
}

/** As the caller of then knew us, so that addresses in the answers are the same. */
function baseUrlOf(call: CallDetail, localUrl: string): string {
  const host = call.requestHeaders.find(([name]) => name.toLowerCase() === 'host')?.[1];
  if (call.via !== 'public' || host === undefined || !URL.canParse(`https://${host}`)) return localUrl;
  return `https://${host}${basePath}`;
}

function answerOf(call: CapturedCall, place: ReplayPlace): ReplayAnswer {
  return {
    code: place === 'live' ? call.code : null,
    status: call.status,
    scimType: call.scimType,
    detail: call.detail,
    headers: call.responseHeaders,
    body: call.responseBody,
    // On a copy they have no place in the history.
    changes: call.changes.map(({ position: _position, ...change }) => change),
    durationMs: call.durationMs,
  };
}

function differenceOf(then: CallDetail, now: CapturedCall): ReplayDifference {
  const before = documentOf(then.responseBody);
  const after = documentOf(now.responseBody);
  const compared = before !== null && after !== null && !then.answerGone;
  return {
    status: then.status === now.status ? null : { before: then.status, now: now.status },
    attributes: compared ? diff(lasting(before), lasting(after)) : [],
    compared,
  };
}

function documentOf(body: CapturedBody | null): JsonObject | null {
  if (body === null) return {};
  if (body.cut) return null;
  try {
    const parsed = JSON.parse(body.text) as Json;
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** Without what every write makes anew, also in the records of a list. */
function lasting(document: JsonObject): JsonObject {
  const kept = Object.entries(document).filter(([name]) => !always.has(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      name === 'Resources' && Array.isArray(value)
        ? value.map((one) => (isObject(one) ? withoutMeta(one) : one))
        : name === 'detail' && typeof value === 'string'
          ? value.replace(callPrefix, '')
          : value,
    ]),
  );
}

function withoutMeta({ meta: _meta, ...record }: JsonObject): JsonObject {
  return record;
}
