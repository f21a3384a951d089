/** Date, optional time, optional fraction and zone, as xsd:dateTime writes them (RFC 7643 §2.3.5). */
const pattern = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/i;

const secondsLength = ':00.000'.length;
/** Makes milliseconds of any year positive and equally long. */
const shift = 2e15;
const digits = String(shift).length;

/**
 * The instant that a dateTime names, as a text to compare and sort by: these texts stand in the order of time, and those of one
 * instant are equal, however fine the fraction (.NET writes seven digits; a number that counts from 1970 has no room for them).
 * Without a zone it counts as UTC. Null when it is none.
 */
export function instant(text: string): string | null {
  const parts = pattern.exec(text);
  if (parts === null) return null;
  const [, date = '', time = '00:00', seconds = ':00', zone = 'Z'] = parts;
  // Date.parse takes 30 February for 2 March.
  const dayOfMonth = Number(date.slice(8));
  if (dayOfMonth > 28 && new Date(`${date}T00:00:00Z`).getUTCDate() !== dayOfMonth) return null;
  // Date.parse knows milliseconds; what is finer it cuts, or reads wrongly.
  const milliseconds = Date.parse(`${date}T${time}${seconds.slice(0, secondsLength)}${zone.toUpperCase()}`);
  if (Number.isNaN(milliseconds)) return null;
  const finer = seconds.length <= secondsLength ? '' : (/^\d*[1-9]/.exec(seconds.slice(secondsLength))?.[0] ?? '');
  return `${milliseconds + shift}${finer}`;
}

/** Milliseconds since 1970 of an `instant`; of one that is finer, halfway between the two it lies between. */
export function millisecondsOf(instant: string): number {
  return Number(instant.slice(0, digits)) - shift + (instant.length > digits ? 0.5 : 0);
}

const secondsPerDay = 86_400;
let day = Number.NaN;
let dayText = '';
let second = Number.NaN;
let secondText = '';

/**
 * `Date.prototype.toISOString` at a fraction of its cost: the records of a page often share the second in which they were made.
 * `time`: milliseconds since 1970.
 */
export function isoTime(time: number): string {
  const seconds = Math.floor(time / 1_000);
  if (seconds !== second) {
    secondText = textOfSecond(seconds);
    second = seconds;
  }
  return `${secondText}${three(time - seconds * 1_000)}Z`;
}

/** Up to the point before the milliseconds. `time`: seconds since 1970. */
function textOfSecond(time: number): string {
  const days = Math.floor(time / secondsPerDay);
  if (days !== day) {
    dayText = new Date(days * secondsPerDay * 1_000).toISOString().slice(0, 11);
    day = days;
  }
  const seconds = time - days * secondsPerDay;
  const minutes = Math.floor(seconds / 60);
  return `${dayText}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}.`;
}

const twoDigits = Array.from({ length: 100 }, (_, n) => `${n}`.padStart(2, '0'));

function two(n: number): string {
  return twoDigits[n] ?? '';
}

function three(n: number): string {
  return n < 100 ? `0${two(n)}` : `${n}`;
}
