import type { ScimType } from '../contract/catalogue/errors.ts';
import type { Log } from '../contract/index.ts';
import { TenantAdminExcluded } from '../directory/index.ts';
import { ScimError } from '../scim/index.ts';
import { QueryTooSlow, StorageUnavailable } from '../storage/index.ts';
import { type Answer, refusal } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** Fastify's own refusals that are the caller's doing, in SCIM's terms. */
const fastifyRefusals = new Map<string, { status: number; detail: string; scimType?: ScimType }>([
  ['FST_ERR_CTP_BODY_TOO_LARGE', { status: 413, detail: 'The body is larger than 1 MB.' }],
  [
    'FST_ERR_CTP_INVALID_CONTENT_LENGTH',
    { status: 400, detail: "The body's size is not what Content-Length says.", scimType: 'invalidSyntax' },
  ],
  ['FST_ERR_MAX_PARAM_LENGTH', { status: 404, detail: 'There is nothing with an id that long.' }],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', { status: 415, detail: 'The body must be application/scim+json.' }],
  [
    'FST_ERR_BAD_URL',
    { status: 400, detail: 'The address holds a percent sign that encodes no character.', scimType: 'invalidSyntax' },
  ],
]);

/** Turns what was thrown into the answer. What nobody foresaw goes to the log, not to the caller. */
export function failureOf(exchange: Exchange, error: unknown, log: Log): Answer {
  const { code } = exchange.id;
  if (error instanceof ScimError) {
    const { status } = error;
    // 404, 409 and 412 come from what is stored; everything else from the message itself.
    const stage = status === 404 || status === 409 || status === 412 ? 'directory' : 'scim';
    const tenantAdmins = error instanceof TenantAdminExcluded ? error.userNames : undefined;
    return refusal(code, status, error.message, { scimType: error.scimType ?? null, stage, tenantAdmins });
  }
  if (error instanceof StorageUnavailable) {
    return refusal(
      code,
      503,
      'The pilot can not write to its data folder at present; nothing was stored. Azure will try again.',
      {
        headers: [['retry-after', '30']],
      },
    );
  }
  if (error instanceof QueryTooSlow) {
    return refusal(code, 503, 'This query took too long and was ended. A narrower filter will be faster.', {
      headers: [['retry-after', '30']],
    });
  }
  const known = fastifyRefusals.get(fastifyCode(error) ?? '');
  if (known !== undefined) {
    return refusal(code, known.status, known.detail, { scimType: known.scimType ?? null, stage: 'endpoint' });
  }
  if (isHangUp(error)) {
    return refusal(code, 499, 'The caller hung up before the answer was ready.', { stage: 'endpoint' });
  }
  log.error(`Call ${code} failed inside the pilot`, { error });
  return refusal(code, 500, 'Something went wrong inside the pilot; its log says more.');
}

function fastifyCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** The caller left while a query ran, or in the middle of its own body. */
function isHangUp(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || fastifyCode(error) === 'ECONNRESET');
}
