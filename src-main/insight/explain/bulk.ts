import type { Json } from '../../contract/index.ts';
import { asObject, asText } from '../wire.ts';
import { explainSentence } from './refusals.ts';
import type { Finding, Seen } from './types.ts';

/** Causes told of one bulk request: it may hold a thousand operations. */
const mostCauses = 5;
const codeInFront = /^\[call [^\]]*\] /;

/** Whether a call was POST /Bulk (RFC 7644 §3.7): one call that may change many records. */
export function isBulk({ method, path }: Pick<Seen, 'method' | 'path'>): boolean {
  return method === 'POST' && /\/Bulk\/*$/.test(path);
}

/** What there is to say of a bulk request that was answered: that operations failed, and why. */
export function ofBulk(call: Seen): Finding[] {
  if (call.detail === null) return [{ code: 'SP-BULK', slots: {} }];
  const [, failed, all] = /(\d+) of (\d+) operations failed/.exec(call.detail) ?? [];
  const found: Finding[] = [
    { code: 'SP-BULK-FAILED', slots: failed === undefined || all === undefined ? {} : { failed, all } },
  ];
  const codes = new Set<string>();
  for (const { status, detail } of failures(call)) {
    const why = explainSentence({ status, path: call.path }, detail.replace(codeInFront, ''));
    if (why === null || codes.has(why.code) || codes.size >= mostCauses) continue;
    codes.add(why.code);
    found.push(why);
  }
  return found;
}

/** The answers of failed operations, as far as the body was kept. */
function failures({ responseBody }: Seen): { status: number; detail: string }[] {
  if (responseBody === null || responseBody.cut) return [];
  const operations = asObject(parsed(responseBody.text))?.Operations;
  return (Array.isArray(operations) ? operations : []).flatMap((one) => {
    const operation = asObject(one);
    const detail = asText(asObject(operation?.response)?.detail);
    return detail === null ? [] : [{ status: Number(operation?.status), detail }];
  });
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
