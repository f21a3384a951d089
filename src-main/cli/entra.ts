/**
 * `npm run entra -- --url URL --token TOKEN`: plays Microsoft Entra against any SCIM endpoint and prints each call.
 * Exit code 0: all as expected. 1: something failed. 2: malformed flags. 130: cancelled.
 */
import { parseArgs } from 'node:util';
import {
  readTenantUrl,
  type SimulatorEvent,
  type SimulatorOptions,
  type SimulatorSummary,
  simulate,
} from '../entra/index.ts';

const usage = `npm run entra -- --url URL --token TOKEN [options]

  --url URL      the Tenant URL; with ?aadOptscim062020 Entra's SCIM-compliant PATCH forms are sent
  --token TOKEN  the Secret Token
  --users N      people to provision, 1 to 100000 (default 5)
  --groups N     groups to provision, 0 to 1000 (default 2; 0: group mapping disabled)
  --seed N       which people are invented (default 1)
  --compliant    the forms of aadOptscim062020 without the flag in the URL
  --json         one JSON line per event instead of text
  --help         this text`;

/** A flag that can't be used, in one sentence. */
class FlagError extends Error {}

interface Command {
  options: SimulatorOptions;
  json: boolean;
}

/** Reads the command line; null when only help is wanted. */
function readCommand(args: string[]): Command | null {
  const { values } = parse(args);
  if (values.help) return null;
  const { url, token } = values;
  if (url === undefined) throw new FlagError('--url is missing: the Tenant URL to send to.');
  if (token === undefined) throw new FlagError('--token is missing: the Secret Token of the endpoint.');
  try {
    readTenantUrl(url);
  } catch (error) {
    throw new FlagError(`--url: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (/^bearer\s/i.test(token)) throw new FlagError('--token: leave out the word Bearer, as in Azure.');
  if (!/^[\x21-\x7e]+$/.test(token)) throw new FlagError('--token: a token is printable ASCII without blanks.');
  return {
    options: {
      url,
      token,
      users: wholeNumber('--users', values.users, 1, 100_000),
      groups: wholeNumber('--groups', values.groups, 0, 1_000),
      seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1),
      compliant: values.compliant,
    },
    json: values.json,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        url: { type: 'string' },
        token: { type: 'string' },
        users: { type: 'string', default: '5' },
        groups: { type: 'string', default: '2' },
        seed: { type: 'string', default: '1' },
        compliant: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new FlagError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(flag: string, text: string, from: number, to: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new FlagError(`${flag} "${text}" is not a whole number from ${from} to ${to}.`);
}

const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

function lines(event: SimulatorEvent): string {
  if (event.type === 'phase') return `\n${event.phase.toUpperCase()}: ${event.sentence}`;
  if (event.type === 'end') return `\n${closing(event.summary)}`;
  const { at, method, path, status, durationMs } = event.call;
  const time = new Date(at).toTimeString().slice(0, 8);
  const mark = { ok: ' ', odd: '!', failed: '✗' }[event.outcome];
  const code = event.code === null ? '' : `${event.code}: `;
  return [
    `${time}  ${method.padEnd(5)} ${path}  ${status ?? 'no answer'}  ${milliseconds(durationMs)}`,
    `        ${mark} ${code}${event.sentence}`,
  ].join('\n');
}

function closing(summary: SimulatorSummary): string {
  const { calls, created, updated, disabled, failed, odd, escrowed, medianMs, durationMs, stopped, cancelled } =
    summary;
  const median = medianMs === null ? '' : `, median ${milliseconds(medianMs)}`;
  const counts = `${calls} ${calls === 1 ? 'call' : 'calls'} in ${(durationMs / 1000).toFixed(1)} s${median}: ${created} created, ${updated} updated, ${disabled} disabled, ${failed} failed.`;
  const rest = [
    ...(odd > 0 ? [`${odd} accepted but odd (marked !).`] : []),
    ...(escrowed > 0
      ? [`${escrowed} ${escrowed === 1 ? 'object is' : 'objects are'} left in escrow for Entra's next cycle.`]
      : []),
    ...(stopped === null ? [] : [`Stopped: ${stopped}`]),
    ...(cancelled ? ['Cancelled.'] : []),
    ...(!cancelled && stopped === null && failed > 0 ? ['Not all as Entra expects: the calls marked ✗ say why.'] : []),
  ];
  return [counts, ...rest].join('\n');
}

function exitCode({ failed, stopped, cancelled }: SimulatorSummary): number {
  if (cancelled) return 130;
  return failed > 0 || stopped !== null ? 1 : 0;
}

async function run({ options, json }: Command): Promise<void> {
  const cancel = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => cancel.abort());
  // A reader that has seen enough (`| head`) closes the pipe: nobody is left to play for.
  process.stdout.on('error', () => cancel.abort());
  for await (const event of simulate(options, cancel.signal)) {
    console.log(json ? JSON.stringify(event) : lines(event));
    if (event.type === 'end') process.exitCode = exitCode(event.summary);
  }
}

try {
  const command = readCommand(process.argv.slice(2));
  if (command) await run(command);
  else console.log(usage);
} catch (error) {
  if (!(error instanceof FlagError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
