import type { CureSide, Severity } from './catalogue/explanations/types.ts';

export type { CureSide, Severity };

/** Whose call it was, as far as its way tells: one by the public address is taken for Azure's. */
export type Caller = 'azure' | 'local' | 'practice';

/** A text in pieces: our own words as they stand, what came over the wire as `value`. */
export type Words = readonly (string | { readonly value: string })[];

/** What an entry of the catalogue says of one call: its slots are filled. */
export interface Explanation {
  /** Stable: to be searched for, and quoted to whoever helps. */
  code: string;
  severity: Severity;
  caller: Caller;
  title: Words;
  what: Words;
  why: Words;
  cure: { side: CureSide; text: Words; expression: string | null }[];
  source: { name: string; url: string };
  rfc: string | null;
  /** The attributes of the call that it is about, by SCIM path. */
  faults: readonly string[];
}
