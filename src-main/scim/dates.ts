/** Date, optional time, optional fraction and zone, as xsd:dateTime writes them (RFC 7643 §2.3.5). */
const pattern = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/i;

/** Milliseconds since 1970 of a dateTime; without a zone it counts as UTC. NaN when it is none. */
export function instant(text: string): number {
  const parts = pattern.exec(text);
  if (parts === null) return Number.NaN;
  const [, date = '', time = '00:00', seconds = ':00', zone = 'Z'] = parts;
  // Date.parse takes 30 February for 2 March.
  if (new Date(`${date}T00:00:00Z`).getUTCDate() !== Number(date.slice(8))) return Number.NaN;
  return Date.parse(`${date}T${time}${seconds}${zone.toUpperCase()}`);
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
