import type { CallDetail } from '../../src-main/contract/index.ts';
import { headersToSend, targetOf } from './call-url.ts';
import { goneWords } from './gone-words.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const scimRoot = '/scim/v2';

/** A Postman collection (v2.1): everything before the calls. The token is a variable without a value. */
export function postmanHead(): string {
  const head = {
    info: { name: 'SCIM Pilot: provisioning calls', schema },
    variable: [
      { key: 'tenantUrl', value: '', description: 'Ends in /scim/v2' },
      { key: 'secretToken', value: '' },
    ],
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{secretToken}}', type: 'string' }] },
  };
  return `${JSON.stringify(head).slice(0, -1)},"item":[\n`;
}

export const postmanTail = (): string => '\n]}\n';

/** Postman puts values in place of `{{…}}` wherever they stand: what a call says may not ask for ours. */
function plain(text: string): string {
  return text.replaceAll(/\{\{(?=\s*(?:secretToken|tenantUrl)\s*\}\})/g, '{ {');
}

function requestOf(call: CallDetail) {
  const target = targetOf(call);
  const inside = plain(target.startsWith(scimRoot) ? target.slice(scimRoot.length) : target);
  const [path = '', ...query] = inside.split('?');
  const { requestBody } = call;
  return {
    method: call.method,
    header: headersToSend(call).map(([key, value]) => ({ key, value: plain(value) })),
    url: {
      raw: `{{tenantUrl}}${inside}`,
      host: ['{{tenantUrl}}'],
      path: path.split('/').filter((part) => part !== ''),
      ...(query.length === 0
        ? {}
        : {
            query: query
              .join('?')
              .split('&')
              .map((part) => {
                const at = part.indexOf('=');
                return at < 0 ? { key: part, value: null } : { key: part.slice(0, at), value: part.slice(at + 1) };
              }),
          }),
    },
    ...(requestBody === null
      ? {}
      : { body: { mode: 'raw', raw: plain(requestBody.text), options: { raw: { language: 'json' } } } }),
  };
}

/** One call with the answer it got; of one that is no longer kept, its status in words: a saved response would look empty. */
export function postmanItemOf(call: CallDetail) {
  const { verb, object } = call.sentence;
  const request = requestOf(call);
  const name = `${object === null ? verb : `${verb} ${object}`} (${call.code}${call.practice ? ', practice' : ''})`;
  if (call.answerGone) {
    return { name, request: { ...request, description: `Answered ${call.status}. ${goneWords}` }, response: [] };
  }
  return {
    name,
    request,
    response: [
      {
        name: `Answer ${call.status}`,
        originalRequest: request,
        code: call.status,
        status: String(call.status),
        header: call.responseHeaders.map(([key, value]) => ({ key, value })),
        body: call.responseBody?.text ?? null,
      },
    ],
  };
}
