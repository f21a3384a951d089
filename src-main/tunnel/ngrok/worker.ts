/**
 * The process that holds ngrok's SDK: one session with one endpoint, then it ends. The SDK has no time-outs, a hung connect
 * blocks every later one of its process, and only the end of the process ends a session for certain. Speaks with `fork`
 * (`process.send`) and with Electron's `utilityProcess` (`process.parentPort`).
 */
import type { Listener } from '@ngrok/ngrok';
import { type News, type OpenOrder, orderSchema } from './messages.ts';

/** Electron's end of the channel (its types belong to `shell` alone). */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

function parentPort(): ParentPort | null {
  return 'parentPort' in process && process.parentPort ? (process.parentPort as ParentPort) : null;
}

const port = parentPort();
let listener: Listener | null = null;

/** An exception in one of the SDK's callbacks would abort the process: what can't be told is left untold. */
function tell(news: News): void {
  if (port !== null) port.postMessage(news);
  else if (process.connected) process.send?.(news, undefined, {}, () => {});
}

function take(message: unknown): void {
  const order = orderSchema.parse(message);
  if (order.type === 'close') void close();
  else void open(order);
}

async function open(order: OpenOrder): Promise<void> {
  const sdk = await import('@ngrok/ngrok').catch(() => null);
  if (sdk === null) return tell({ type: 'no-sdk' });
  try {
    const builder = new sdk.SessionBuilder()
      .clientInfo('scim-pilot', '1.0')
      .heartbeatInterval(order.heartbeat.interval)
      .heartbeatTolerance(order.heartbeat.tolerance)
      // Null after a missed answer, whatever the SDK's types say.
      .handleHeartbeat((latency: number | null) => tell({ type: 'heartbeat', answered: latency !== null }))
      // False: no second try here. The SDK waits 50 ms, 2.5 s, 125 s, 104 min; the supervisor does better with a new process.
      .handleDisconnection(() => {
        tell({ type: 'lost' });
        return false;
      });
    if (order.authtoken !== null) builder.authtoken(order.authtoken);
    if (order.server !== null) builder.serverAddr(order.server);
    if (order.ca !== null) builder.caCert(Buffer.from(order.ca));
    const session = await builder.connect();
    tell({ type: 'authenticated' });
    if (order.forwardTo === null) return;
    const endpoint = session.httpEndpoint();
    if (order.domain !== null) endpoint.domain(order.domain);
    listener = await endpoint.listenAndForward(order.forwardTo);
    tell({ type: 'up', url: listener.url() ?? '' });
    // Rejects when the dashboard stops the endpoint, and after the session's end, which is told already.
    listener.join().catch((error: unknown) => {
      if (String(error).includes('ListenerClosed')) tell({ type: 'stopped' });
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = /error_code: ERR_NGROK_(\d+)/.exec(message)?.[1];
    tell({ type: 'failed', code: code === undefined ? null : Number(code), message: clean(message, order.authtoken) });
  }
}

/** Takes the endpoint offline before the session goes: the other way round visitors would hang. */
async function close(): Promise<void> {
  try {
    await listener?.close();
  } catch {
    // The session was lost before; the end of this process ends what is left of it.
  }
  process.exit(0);
}

/** The text without the authtoken, which ngrok's refusals quote, and without the code, which is told apart. */
function clean(message: string, authtoken: string | null): string {
  const text = authtoken === null ? message : message.replaceAll(authtoken, '[authtoken]');
  return text
    .replace(/(your authtoken:\s*)\S+/gi, '$1[authtoken]')
    .replace(/\s*error_code: ERR_NGROK_\d+\s*$/, '')
    .replace(/\s+/g, ' ')
    .slice(0, 500);
}

if (port !== null) port.on('message', ({ data }) => take(data));
else {
  process.on('message', take);
  // Our parent is gone, killed perhaps: nobody wants this tunnel any more.
  process.on('disconnect', () => process.exit(0));
}
