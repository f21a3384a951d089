import type { CallDetail } from '../../src-main/contract/index.ts';
import { headersToSend, originOf, targetOf } from './call-url.ts';

/** In single quotes nothing means anything to a POSIX shell but the quote itself. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The call as a command for a POSIX shell; the Secret Token is taken from `$SECRET_TOKEN`. */
export function curlOf(call: CallDetail): string {
  const { method, requestBody } = call;
  const parts = [
    // A method with a body of its own would wait for one: HEAD has a switch.
    method === 'HEAD' ? 'curl --globoff --head' : `curl --globoff --request ${quoted(method)}`,
    quoted(originOf(call) + targetOf(call)),
    '--header "Authorization: Bearer $SECRET_TOKEN"',
    ...headersToSend(call).map(([name, value]) =>
      // An empty one is written with a semicolon; with a colon curl leaves it out.
      value === '' ? `--header ${quoted(`${name};`)}` : `--header ${quoted(`${name}: ${value}`)}`,
    ),
  ];
  // `--data` would read a file where the body begins with an @.
  if (requestBody !== null) parts.push(`--data-raw ${quoted(requestBody.text)}`);
  return parts.join(' \\\n  ');
}
