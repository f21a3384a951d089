/** What failed or was odd: one code of the catalogue, and the calls it fits. */
export interface CallNeed {
  code: string;
  /** How many calls; of a code that was only practised, the practised ones. */
  calls: number;
  /** True when practice alone met it. */
  practice: boolean;
  /** When the first and the last of them came, milliseconds since 1970. */
  since: number;
  at: number;
}

/** Codes told at most. */
export const mostNeeds = 20;
