import { awayWords } from '../contract/catalogue/leaving.ts';
import type { Away, PilotStatus, TunnelKind, TunnelStatus } from '../contract/index.ts';

/** What a start says, in plain words. Nothing here holds a token. */

/** What the ready line and the words are made of. */
export interface ReadyFacts {
  /** Process that serves; signals go to it. */
  pid: number;
  /** SCIM URL on this machine. */
  scim: string;
  /** The URL to paste into Azure. */
  tenantUrl: string;
  /** The Secret Token in clear; null when this host can't open the stored one. */
  token: string | null;
  /** Address of the window, with its key. */
  window: string;
  /** Public origin, when there is one already. */
  public: string | null;
  tunnel: TunnelKind;
  dataDir: string;
  /** The default SCIM port that was taken, else null. */
  movedFrom: number | null;
  /** How long nobody was answered before this start, where Azure had a job here; null: not worth a word. */
  away: Away | null;
}

/** The ready line's part of the tunnel. */
export function readyTunnel(status: TunnelStatus): Pick<ReadyFacts, 'public' | 'tunnel'> {
  return { public: status.publicOrigin, tunnel: status.kind };
}

/** The ready line's part of the time before it. */
export function readyAway({ away, azureAt }: PilotStatus): Pick<ReadyFacts, 'away'> {
  return { away: azureAt === null ? null : away };
}

/** The one line that `--json` promises, and the only place that prints a token. */
export function readyLine(facts: ReadyFacts): string {
  const { pid, scim, token, window, public: publicOrigin } = facts;
  return JSON.stringify({ ready: true, pid, scim, token, window, public: publicOrigin });
}

/**
 * The same for people.
 * @param desktop true when the desktop window is open, else the reason (with its cure) why a browser is needed.
 */
export function readyWords(facts: ReadyFacts, desktop: true | string): string {
  const lines: [label: string, text: string][] = [
    ['Window', desktop === true ? 'open on this desktop' : facts.window],
    ['Tenant URL', facts.public === null ? `${facts.tenantUrl}  (this machine only)` : facts.tenantUrl],
    ['Secret Token', secretWords(facts.token)],
    ['Data', facts.dataDir],
  ];
  return [
    '',
    'SCIM Pilot is running.',
    '',
    ...lines.map(([label, text]) => `  ${label.padEnd(14)}${text}`),
    '',
    ...(facts.away === null ? [] : [awayWords(facts.away)]),
    ...(facts.movedFrom === null
      ? []
      : [`Port ${facts.movedFrom} was taken, so the endpoint moved to another. To choose it yourself: --port N.`]),
    ...(facts.tunnel === 'none'
      ? ['For Azure to reach the endpoint, set up a tunnel in the window: Settings, Connection.']
      : []),
    ...(desktop === true
      ? []
      : ['Open the Window link in a browser on this machine; it holds the key to it.', desktop]),
    'Ctrl+C stops it.',
    '',
  ].join('\n');
}

function secretWords(token: string | null): string {
  return token === null
    ? "stored by the desktop app, which alone can show it; Azure's calls with it still work"
    : 'press "Show Secret Token" in the window, or start with --json to have it printed';
}

export const helpWords = `SCIM Pilot: a SCIM 2.0 endpoint to try Microsoft Entra provisioning on.

  npm start                        the desktop window, or where there is none, a window in the browser
  npm start -- --headless          never a desktop window

  --data DIR                       where everything is kept (default: the application-data folder)
  --port N                         port of the SCIM endpoint (default: 8620; 0 is any free one)
  --window-port N                  port of the browser window (default: any free one)
  --tunnel none|ngrok|https://own.example
                                   how Azure gets here: not at all, by an ngrok tunnel, or by an address you run
                                   (default: as set in Settings)
  --ngrok-server HOST:PORT         an ngrok agent ingress of your own
  --ngrok-ca FILE                  the certificate of the authority behind it, PEM
  --json                           print one line of JSON when ready; everything else goes to stderr
  --help                           this text

SCIM_PILOT_TOKEN sets the Secret Token for this run, NGROK_AUTHTOKEN the authtoken of ngrok; neither is stored.`;

/** A failed start as one sentence of what is wrong and one of what to do; never a stack. Works across bundles. */
export function failureWords(error: unknown): string {
  if (!(error instanceof Error)) return `SCIM Pilot can't start: ${String(error)}`;
  if (error.name === 'StartError' && 'cure' in error && typeof error.cure === 'string') {
    return `${error.message} ${error.cure}`;
  }
  return `SCIM Pilot can't start because of an error it did not expect: ${error.message}`;
}
