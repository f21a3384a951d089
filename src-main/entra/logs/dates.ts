/** A moment as a log writes it. `guessed`: day and month could be the other way round. */
export interface ReadDate {
  at: number;
  guessed: boolean;
}

/**
 * Reads a time: ISO 8601 (without a zone it is UTC, as all of Azure's are), or the American form that Azure Monitor's CSV has,
 * `3/4/2026, 9:41:27.123 AM`. Null for anything else.
 */
export function readDate(text: string): ReadDate | null {
  const value = text.trim();
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?))?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i.exec(
    value,
  );
  if (iso !== null) {
    const [, day, time = '00:00', zone = 'Z'] = iso;
    const at = Date.parse(`${day}T${time.replace(',', '.')}${/^utc$/i.test(zone) ? 'Z' : zone}`);
    return Number.isNaN(at) ? null : { at, guessed: false };
  }
  const american =
    /^(\d{1,2})[/.](\d{1,2})[/.](\d{4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,7}))?)?\s*(AM|PM)?\s*(?:Z|UTC)?$/i.exec(
      value,
    );
  if (american === null) return null;
  const [first, second, year, hour, minute, second60 = 0] = american.slice(1, 7).map((part) => Number(part ?? 0));
  if (first === undefined || second === undefined || year === undefined || hour === undefined || minute === undefined) {
    return null;
  }
  const dayFirst = first > 12 || /^\d{1,2}\./.test(value);
  const [month, day] = dayFirst ? [second, first] : [first, second];
  const half = american[8]?.toUpperCase();
  const hours = half === undefined ? hour : (hour % 12) + (half === 'PM' ? 12 : 0);
  const millis = Math.floor(Number(`0.${american[7] ?? 0}`) * 1_000);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hours > 23 || minute > 59 || second60 > 59) return null;
  const at = Date.UTC(year, month - 1, day, hours, minute, second60, millis);
  return { at, guessed: !dayFirst && day <= 12 && half === undefined };
}
