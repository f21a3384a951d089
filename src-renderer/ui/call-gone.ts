/** Why a call that is asked for by its code may not be here. */
export function callGone(code: string): string {
  return `Call ${code} is not stored here: it was cleared, belongs to another pilot, or was over the limit set in Settings, Data.`;
}
