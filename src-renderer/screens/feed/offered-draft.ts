/** A query of a link that can't be read: the feed's field shows it with what is wrong, and applies nothing. */
let offered: string | null = null;

export function offerDraft(text: string | null): void {
  offered = text;
}

export const offeredDraft = (): string | null => offered;
