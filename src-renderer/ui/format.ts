/**
 * The window speaks English and writes numbers and dates as the reader's own region does (`1.204` and `19/11` look wrong where
 * they are read the other way round), on a 24 hour clock as Azure's logs have it.
 */
const LOCALE = englishOf(navigator.language);

function englishOf(language: string): string {
  try {
    return `en-${new Intl.Locale(language).maximize().region ?? 'GB'}`;
  } catch {
    // Some systems name theirs in a way of their own, e.g. `en-US@posix`.
    return 'en-GB';
  }
}

const clock = new Intl.DateTimeFormat(LOCALE, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const hourMinute = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayMonth = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });
const fullDay = new Intl.DateTimeFormat(LOCALE, { weekday: 'long', day: 'numeric', month: 'long' });
const dateTime = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const number = new Intl.NumberFormat(LOCALE);
const oneDecimal = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `10:41:19` */
export const formatClock = (at: number): string => clock.format(at);
/** `10:41` */
export const formatMinute = (at: number): string => hourMinute.format(at);
/** `1,204` */
export const formatNumber = (value: number): string => number.format(value);

/** Days from `at` to now by the calendar: 0 today, 1 yesterday. */
function daysAgo(at: number, now: number): number {
  return Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / DAY);
}

/** `27 Nov 2026, 18:40`. */
export const formatDate = (at: number): string => dateTime.format(at);

/** `Today`, `Yesterday` or `Monday 16 November`. */
export function formatDay(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days === 0) return 'Today';
  return days === 1 ? 'Yesterday' : fullDay.format(at);
}

/** As short as it stays clear: `10:41:19` today, `yesterday`, `19 Nov`. */
export function formatWhen(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days === 0) return clock.format(at);
  return days === 1 ? 'yesterday' : dayMonth.format(at);
}

/** `today 10:41:19`, `yesterday 09:12:04`, `19 Nov 08:11:58`. */
export function formatMoment(at: number, now: number): string {
  const days = daysAgo(at, now);
  const day = days === 0 ? 'today' : days === 1 ? 'yesterday' : dayMonth.format(at);
  return `${day} ${clock.format(at)}`;
}

/** `just now`, `4 s ago`, `12 min ago`, `3 h ago`, `2 days ago`. */
export function formatAgo(at: number, now: number): string {
  const age = Math.max(0, now - at);
  if (age < 2 * SECOND) return 'just now';
  if (age < MINUTE) return `${Math.floor(age / SECOND)} s ago`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`;
  const days = Math.floor(age / DAY);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

/** Whole milliseconds; below one, tenths. */
export function formatMs(ms: number): string {
  if (ms < 0.05) return '<0.1';
  return ms < 0.95 ? oneDecimal.format(ms) : number.format(Math.round(ms));
}

/** `8.1 MB` */
export function formatBytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  if (bytes < 1_048_576) return `${oneDecimal.format(bytes / 1_024)} KB`;
  if (bytes < 1_073_741_824) return `${oneDecimal.format(bytes / 1_048_576)} MB`;
  return `${oneDecimal.format(bytes / 1_073_741_824)} GB`;
}

/** `1 call`, `12 calls`; `many` where adding an s is not enough. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`;
}
