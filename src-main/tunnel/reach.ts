import { randomBytes } from 'node:crypto';
import { ngrokProblem, type OwnTunnelCode, ownProblem, type TunnelProblem } from '../contract/catalogue/tunnel.ts';
import type { Clock, TunnelReach } from '../contract/index.ts';

/** Below the SCIM root, so that a proxy which lets only that through lets this through as well. */
const path = '/scim/v2/.reach';

const limitMs = 10_000;

/**
 * Proves that a public address leads here: a question that only we know goes out by it, and only our own endpoint can answer
 * it. To everybody else that path is as closed as any other.
 */
export interface Reach {
  /** For the endpoint: the answer to a question that is out just now, else null. Each is answered once. */
  answerTo(question: string): string | null;
  /** Never rejects; ends early, as too slow, when `signal` aborts. */
  check(origin: string, signal: AbortSignal): Promise<TunnelReach>;
}

/** `fetch`: how the public address is called. */
export function createReach(options: { clock: Clock; fetch: typeof globalThis.fetch }): Reach {
  const { clock, fetch } = options;
  const out = new Map<string, string>();

  async function problemOf(origin: string, signal: AbortSignal): Promise<TunnelProblem | null> {
    const question = randomBytes(24).toString('base64url');
    const answer = randomBytes(24).toString('base64url');
    out.set(question, answer);
    try {
      const response = await fetch(`${origin}${path}/${question}`, {
        // The header passes ngrok's page for browsers.
        headers: { 'ngrok-skip-browser-warning': '1', 'user-agent': 'SCIM-Pilot-Check/1.0', accept: 'text/plain' },
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
      });
      const text = await firstBytes(response);
      if (response.status === 200 && text === answer) return null;
      const code = /^ERR_NGROK_(\d+)$/.exec(response.headers.get('ngrok-error-code') ?? '')?.[1];
      if (code !== undefined) return withoutRetry(ngrokProblem(Number(code), ''));
      // Our own refusal of a foreign Host; another server's 421 says nothing of that.
      const ours = response.status === 421 && text.includes('urn:ietf:params:scim:api:messages:2.0:Error');
      return ownProblem(ours ? 'reach-host' : 'reach-stranger');
    } catch (error) {
      return ownProblem(whyNot(error));
    } finally {
      out.delete(question);
    }
  }

  return {
    answerTo(question) {
      const answer = out.get(question);
      out.delete(question);
      return answer ?? null;
    },
    async check(origin, signal) {
      const problem = await problemOf(origin, signal);
      return { ok: problem === null, at: clock.now(), problem };
    },
  };
}

/** As much of the body as our answer could be; a stranger's may never end. */
async function firstBytes(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > 100) break;
  }
  return text;
}

/** Which of our problems a failed fetch is; undici puts the reason into `cause`. */
function whyNot(error: unknown): OwnTunnelCode {
  if (error instanceof Error && /^(Timeout|Abort)Error$/.test(error.name)) return 'reach-slow';
  const cause = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'reach-name';
  if (/CERT|SIGNATURE|ALTNAME|ISSUER|ERR_TLS|ERR_SSL/.test(code)) return 'reach-certificate';
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return 'reach-slow';
  return 'reach-refused';
}

function withoutRetry({ code, what, cure, link }: TunnelProblem): TunnelProblem {
  return { code, what, cure, link };
}
