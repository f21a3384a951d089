/**
 * What can go wrong between Azure and us, in words: what happened, what to do about it, and where to read on. Codes
 * `ERR_NGROK_…` are ngrok's own (https://ngrok.com/docs/errors/reference), the others ours.
 */

/** A problem as it is shown. */
export interface TunnelProblem {
  /** Stable; to copy and to search for. */
  code: string;
  /** What happened, one sentence. */
  what: string;
  /** What to do, one sentence or two. */
  cure: string;
  /** A page that says more; null when there is none. */
  link: string | null;
}

/**
 * Whether trying again can help. `never`: only the admin can. `while`: somebody still holds what we want, for a minute at
 * most (the edge keeps a lost session a little). `always`: try on.
 */
export type TunnelRetry = 'never' | 'while' | 'always';

interface Entry {
  what: string;
  cure: string;
  retry: TunnelRetry;
  /** Null: ngrok's page on the code. */
  link?: string;
}

const dashboard = 'https://dashboard.ngrok.com';

const ngrokErrors: Record<number, Entry> = {
  100: {
    what: 'ngrok refused the session because its description is too long.',
    cure: 'Update SCIM Pilot.',
    retry: 'never',
  },
  105: {
    what: 'What was given as the authtoken does not look like one.',
    cure: 'Copy it again from the ngrok dashboard, whole; an API key is something else.',
    retry: 'never',
    link: `${dashboard}/get-started/your-authtoken`,
  },
  107: {
    what: 'ngrok does not know this authtoken: it was reset or revoked, or its owner left the team.',
    cure: 'Copy the present authtoken from the ngrok dashboard and save it here.',
    retry: 'never',
    link: `${dashboard}/get-started/your-authtoken`,
  },
  108: {
    what: 'The ngrok account has as many agents running as its plan allows (three on the free plan).',
    cure: 'Stop another one in the dashboard under Agents. A session that was cut off ends by itself within minutes.',
    retry: 'always',
    link: `${dashboard}/agents`,
  },
  116: {
    what: 'The authtoken may not be used from this network address.',
    cure: "Change the token's IP restrictions in the dashboard, or use another network or token.",
    retry: 'never',
    link: `${dashboard}/authtokens`,
  },
  120: { what: 'ngrok no longer takes this version of its agent.', cure: 'Update SCIM Pilot.', retry: 'never' },
  121: { what: 'ngrok no longer takes this version of its agent.', cure: 'Update SCIM Pilot.', retry: 'never' },
  123: {
    what: 'The e-mail address of the ngrok account is not verified.',
    cure: 'Verify it in the dashboard, then start the tunnel again.',
    retry: 'never',
    link: `${dashboard}/user/settings`,
  },
  308: {
    what: 'The authtoken may not open this address.',
    cure: "Allow the domain in the token's rules in the dashboard, or use another token.",
    retry: 'never',
    link: `${dashboard}/authtokens`,
  },
  313: {
    what: 'A domain of your choice needs a paid ngrok plan.',
    cure: "Leave the domain empty to use the account's own development domain, or upgrade.",
    retry: 'never',
    link: `${dashboard}/domains`,
  },
  314: {
    what: 'A domain of your own needs a paid ngrok plan.',
    cure: "Leave the domain empty to use the account's own development domain, or upgrade.",
    retry: 'never',
    link: `${dashboard}/domains`,
  },
  319: {
    what: 'The domain is not reserved in the ngrok account.',
    cure: 'Reserve it in the dashboard, or leave the domain empty.',
    retry: 'never',
    link: `${dashboard}/domains`,
  },
  320: {
    what: 'The domain belongs to another ngrok account.',
    cure: 'Use the authtoken of that account, or leave the domain empty.',
    retry: 'never',
    link: `${dashboard}/domains`,
  },
  324: {
    what: 'The session has as many endpoints as the plan allows.',
    cure: 'Stop one in the dashboard, or upgrade.',
    retry: 'never',
    link: `${dashboard}/endpoints`,
  },
  326: {
    what: 'The domain holds a character that no domain may have.',
    cure: 'Correct it: only the name, without https:// and without a path.',
    retry: 'never',
  },
  334: {
    what: 'The address is already online from another place.',
    cure: 'A session of this pilot that was cut off ends within a minute, and is waited for. Else stop the other copy in the dashboard, then start the tunnel again.',
    retry: 'while',
    link: `${dashboard}/endpoints`,
  },
  702: {
    what: 'More calls came in a minute than the ngrok plan allows.',
    cure: 'Wait a minute; Azure tries again by itself.',
    retry: 'always',
  },
  725: {
    what: "The month's traffic of the ngrok plan is used up.",
    cure: 'Upgrade, or wait for the next month.',
    retry: 'never',
    link: `${dashboard}/usage`,
  },
  727: {
    what: "The month's requests of the ngrok plan are used up.",
    cure: 'Upgrade, or wait for the next month.',
    retry: 'never',
    link: `${dashboard}/usage`,
  },
  728: {
    what: "The month's connections of the ngrok plan are used up.",
    cure: 'Upgrade, or wait for the next month.',
    retry: 'never',
    link: `${dashboard}/usage`,
  },
  734: {
    what: 'More calls came in a minute than the ngrok plan allows.',
    cure: 'Wait a minute; Azure tries again by itself.',
    retry: 'always',
  },
  3004: {
    what: 'ngrok got no valid HTTP answer from here.',
    cure: 'Restart SCIM Pilot. If it stays, look whether a program on this machine intercepts local connections.',
    retry: 'always',
  },
  3200: {
    what: 'ngrok says that nothing is online at this address.',
    cure: 'Start the tunnel again, and look whether the dashboard shows the endpoint.',
    retry: 'always',
    link: `${dashboard}/endpoints`,
  },
  3208: { what: 'The ngrok account is banned.', cure: "Write to ngrok's support.", retry: 'never' },
  4018: {
    what: 'There is no authtoken.',
    cure: 'Copy yours from the ngrok dashboard and save it here, or set NGROK_AUTHTOKEN.',
    retry: 'never',
    link: `${dashboard}/get-started/your-authtoken`,
  },
  4026: {
    what: 'The ngrok account is out of credit.',
    cure: 'Add credit, or use the free development domain.',
    retry: 'never',
    link: `${dashboard}/billing`,
  },
  6022: {
    what: 'ngrok wants an account before it shows HTML pages.',
    cure: 'Save an authtoken.',
    retry: 'never',
    link: `${dashboard}/get-started/your-authtoken`,
  },
  6024: {
    what: 'ngrok put its warning page before the answer.',
    cure: 'Azure is not affected: only browsers see that page.',
    retry: 'always',
  },
  6030: {
    what: 'The address is online from several places that do not share it.',
    cure: 'Stop the other copy in the dashboard.',
    retry: 'while',
    link: `${dashboard}/endpoints`,
  },
  8012: {
    what: "ngrok's agent could not reach the endpoint on this machine.",
    cure: 'Restart SCIM Pilot. If it stays, look whether a firewall blocks local connections.',
    retry: 'always',
  },
  15013: {
    what: 'The ngrok account has no development domain yet.',
    cure: 'Request it in the dashboard, then start the tunnel again.',
    retry: 'never',
    link: `${dashboard}/domains`,
  },
};

const ours = {
  'ngrok-unreachable': {
    what: 'ngrok could not be reached: its name was not found, or the connection was refused or cut.',
    cure: 'Look whether this machine is online and whether the firewall lets it connect to connect.ngrok-agent.com on port 443. A web proxy is not used.',
    retry: 'always',
  },
  'ngrok-tls': {
    what: 'The connection to ngrok was not trusted: something between here and ngrok shows a certificate of its own.',
    cure: 'Have TLS inspection switched off for connect.ngrok-agent.com, or give the certificate of your own ingress with --ngrok-ca FILE.',
    retry: 'always',
  },
  'ngrok-silent': {
    what: 'ngrok took the connection but did not answer in time.',
    cure: 'SCIM Pilot tries on. If it stays, look whether a firewall lets the connection through but holds it back.',
    retry: 'always',
  },
  'ngrok-cut': {
    what: 'The connection to ngrok was cut while the tunnel was being set up, or the answer made no sense.',
    cure: 'SCIM Pilot tries on. If it stays, look whether a firewall or proxy interferes.',
    retry: 'always',
  },
  'ngrok-lost': {
    what: 'The connection to ngrok broke.',
    cure: 'SCIM Pilot brings it back by itself, at the same address.',
    retry: 'always',
  },
  'ngrok-frozen': {
    what: 'ngrok no longer answered on a connection that still looked open.',
    cure: 'SCIM Pilot opens a new one by itself, at the same address.',
    retry: 'always',
  },
  'ngrok-stopped': {
    what: 'The tunnel was stopped from the ngrok dashboard.',
    cure: 'Start it again when it is wanted.',
    retry: 'never',
    link: `${dashboard}/endpoints`,
  },
  'ngrok-server': {
    what: 'The address of the ngrok ingress is not one.',
    cure: 'Give it as HOST:PORT, for example connect.example.com:443.',
    retry: 'never',
  },
  'ngrok-domain': {
    what: 'The domain is not one.',
    cure: 'Give only the name, for example pilot.ngrok.app, or leave it empty.',
    retry: 'never',
  },
  'ngrok-ca': {
    what: 'The certificate of the ngrok ingress is not one.',
    cure: 'Give it as PEM text, from BEGIN CERTIFICATE to END CERTIFICATE.',
    retry: 'never',
  },
  'own-address': {
    what: "The public address can't be used.",
    cure: 'Give an https address without a path, for example https://own.example.',
    retry: 'never',
  },
  'ngrok-address': {
    what: "ngrok gave an address that Azure can't use.",
    cure: 'Look which domain is set, and that it is served by https.',
    retry: 'never',
  },
  'ngrok-worker': {
    what: 'The process that runs the tunnel ended by itself.',
    cure: 'SCIM Pilot starts it again. If it stays, restart SCIM Pilot.',
    retry: 'always',
  },
  'ngrok-module': {
    what: "The ngrok part of SCIM Pilot can't be loaded on this machine.",
    cure: 'Install again with "npm ci", or run ngrok yourself and give its address with --tunnel https://….',
    retry: 'never',
  },
  'authtoken-sealed': {
    what: "The stored authtoken can't be opened here: the other way of running SCIM Pilot (desktop or headless) sealed it, or its key is gone.",
    cure: 'Save the authtoken again, or set NGROK_AUTHTOKEN.',
    retry: 'never',
  },
  woken: {
    what: 'The computer slept or its network changed.',
    cure: 'SCIM Pilot brings the tunnel back by itself.',
    retry: 'always',
  },
  'reach-name': {
    what: "The name of the public address can't be found from here.",
    cure: 'Look whether it is spelled right and has a DNS entry. If this network hides it (some block ngrok), Azure may get through all the same: its first call shows that.',
    retry: 'always',
  },
  'reach-refused': {
    what: 'Nothing answers at the public address when it is called from here.',
    cure: 'Look whether the proxy or tunnel behind it runs. If this machine may call out only by a web proxy, Azure may get through all the same: its first call shows that.',
    retry: 'always',
  },
  'reach-certificate': {
    what: 'The public address shows a certificate that is not trusted here, and most likely not by Azure either.',
    cure: 'Give the proxy a certificate of a public authority for exactly this name, with its intermediate certificates. With ngrok: this network puts a certificate of its own in place (TLS inspection).',
    retry: 'always',
  },
  'reach-slow': {
    what: 'The public address did not answer in time when it was called from here.',
    cure: 'Look whether the proxy or tunnel behind it gets through to this machine. If this machine may call out only by a web proxy, Azure may get through all the same.',
    retry: 'always',
  },
  'reach-stranger': {
    what: 'Something else answers at the public address, not this pilot.',
    cure: "Point the proxy to this pilot's port, paths unchanged, and let /scim/v2 through without a sign-in of its own. With ngrok: a filter of this network may answer in its place.",
    retry: 'always',
  },
  'reach-host': {
    what: 'Calls arrive here under another host name than the public one.',
    cure: 'Have the proxy pass the Host header on as it came (nginx: proxy_set_header Host $host).',
    retry: 'always',
  },
} as const satisfies Record<string, Entry>;

/** The problems of our own. */
export type OwnTunnelCode = keyof typeof ours;

/** A problem of our own in words. */
export function ownProblem(code: OwnTunnelCode): TunnelProblem {
  const { what, cure } = ours[code];
  return { code, what, cure, link: linkOf(ours[code]) };
}

export function retryOwn(code: OwnTunnelCode): TunnelRetry {
  return ours[code].retry;
}

/**
 * A problem that ngrok names by number, in our words; for a number that is not in the table in ngrok's own `words`, which
 * must hold no secret. Trying again is right then: what we don't know may pass.
 */
export function ngrokProblem(number: number, words: string): TunnelProblem & { retry: TunnelRetry } {
  const code = `ERR_NGROK_${number}`;
  const page = `https://ngrok.com/docs/errors/err_ngrok_${number}`;
  const known = ngrokErrors[number];
  if (known !== undefined) {
    return { code, what: known.what, cure: known.cure, link: known.link ?? page, retry: known.retry };
  }
  const said = words.trim() === '' ? '' : `: ${words.trim().replace(/\.$/, '')}`;
  return {
    code,
    what: `ngrok refused${said}.`,
    cure: 'Read what ngrok says about this code.',
    link: page,
    retry: 'always',
  };
}

/** The codes of ngrok that are put in words here. */
export const knownNgrokCodes: readonly number[] = Object.keys(ngrokErrors).map(Number);

function linkOf(entry: Entry): string | null {
  return entry.link ?? null;
}

/**
 * What ngrok's free plan allows, as its documentation said in August 2026, for the Settings screen; what holds today stands
 * in the dashboard.
 */
export const ngrokFreePlan = {
  requestsPerMonth: 20_000,
  notes: [
    'The account has one development domain. It is fixed, so the Tenant URL stays the same over restarts.',
    'A month holds 20,000 requests and 1 GB of answers; each provisioning call is one request. Three agents may run at once.',
    'Our own checks of the public address are requests too, and not in the count above: one every ten minutes, some 4,500 a month.',
    "Before pages ngrok shows a warning to browsers; Azure's calls do not meet it.",
  ],
  link: `${dashboard}/usage`,
} as const;
