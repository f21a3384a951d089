import { z } from 'zod';

/** What the tunnel tells its ngrok process. The authtoken goes this way and no other. */
export const orderSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('open'),
    authtoken: z.string().nullable(),
    /** Where calls are handed to, `http://127.0.0.1:PORT` or `unix:/path`; null: only authenticate. */
    forwardTo: z.string().nullable(),
    domain: z.string().nullable(),
    server: z.string().nullable(),
    /** PEM text. */
    ca: z.string().nullable(),
    /** Whole seconds. */
    heartbeat: z.object({ interval: z.int(), tolerance: z.int() }),
  }),
  z.object({ type: z.literal('close') }),
]);

export type Order = z.infer<typeof orderSchema>;
export type OpenOrder = Extract<Order, { type: 'open' }>;

/** What the ngrok process tells. No text in it holds the authtoken. */
export const newsSchema = z.discriminatedUnion('type', [
  /** ngrok has let us in. */
  z.object({ type: z.literal('authenticated') }),
  z.object({ type: z.literal('up'), url: z.string() }),
  /** It did not come up. `code`: the number of an ERR_NGROK code, where ngrok gave one. */
  z.object({ type: z.literal('failed'), code: z.int().nullable(), message: z.string() }),
  /** The SDK could not be loaded. */
  z.object({ type: z.literal('no-sdk') }),
  /** Answered, or not answered in time. */
  z.object({ type: z.literal('heartbeat'), answered: z.boolean() }),
  z.object({ type: z.literal('lost') }),
  /** Stopped from the dashboard. */
  z.object({ type: z.literal('stopped') }),
]);

export type News = z.infer<typeof newsSchema>;
