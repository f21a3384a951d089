import type { CallDetail, Json } from '../../../src-main/contract/index.ts';
import { client } from '../../api.ts';
import type { BundleFacts } from '../../exports/bundle.ts';
import { plainWords } from '../../exports/plain-words.ts';
import type { Redaction } from '../../exports/redact.ts';
import { storyOf } from '../feed/detail/story.ts';

/** Typed values as JSON: what is not defined is left out. */
const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Host and port of an address; null for none. */
function hidden(address: string | null, redaction: Redaction | null): string | null {
  if (address === null || redaction === null) return address;
  return URL.canParse(address) ? `https://${redaction.host(new URL(address).host)}` : redaction.host(address);
}

/** What a bundle tells besides its calls: versions, counts, and the settings without a secret. */
export async function readFacts(redaction: Redaction | null, signal: AbortSignal): Promise<BundleFacts> {
  const options = { signal };
  const [versions, status, tunnel, fields, rules, admins] = await Promise.all([
    client.export.versions.query(undefined, options),
    client.status.query(undefined, options),
    client.tunnel.settings.query(undefined, options),
    client.attributes.fields.query(undefined, options),
    client.profile.rules.query(undefined, options),
    client.tenantAdmins.list.query(undefined, options),
  ]);
  const { token } = status;
  return {
    versions: plain(versions),
    counts: plain({
      directory: status.directory,
      callsStored: status.callsStored,
      failedLastHour: status.failedLastHour,
      storageBytes: status.storageBytes,
      endpointMedianMs: status.endpointMedianMs,
    }),
    settings: plain({
      tenantUrl: hidden(status.tenantUrl, redaction),
      tunnel: {
        kind: tunnel.kind,
        startWithApp: tunnel.startWithApp,
        ownAddress: hidden(tunnel.ownOrigin, redaction),
        ngrokDomain: hidden(tunnel.ngrok.domain, redaction),
        ngrokServer: hidden(tunnel.ngrok.server, redaction),
        state: status.tunnel.state,
        problem: status.tunnel.problem?.code ?? null,
      },
      secretToken: { fixedForRun: token.fixedForRun, validDays: token.validDays, expiresAt: token.expiresAt },
      customFields: fields.map(({ label, attribute, type, madeUp }) => ({ label, attribute, type, madeUp })),
      serviceOpsDemands: rules,
      tenantAdmins: admins.map(({ userName }) => (redaction === null ? userName : redaction.userName(userName))),
    }),
  };
}

/** What the window would say of a failed or odd call. */
export function explanationOf(call: CallDetail): Json | null {
  if (call.outcome === 'ok' && call.explanations.length === 0) return null;
  const { what, also } = storyOf(call);
  const explained = call.explanations.map(({ code, severity, title, what: happened, why, cure, source, rfc }) => ({
    code,
    severity,
    title: plainWords(title),
    what: plainWords(happened),
    why: plainWords(why),
    cure: cure.map(({ side, text, expression }) => ({ side, text: plainWords(text), expression })),
    source: source.url,
    rfc,
  }));
  return { call: call.code, status: call.status, scimType: call.scimType, what, also, explained };
}
