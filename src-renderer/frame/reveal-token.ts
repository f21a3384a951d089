import { client } from '../api.ts';

/** Asks for the token in clear. It is fetched at each press and kept nowhere. */
export const revealToken = async (): Promise<string | null> => (await client.token.reveal.mutate()).token;
