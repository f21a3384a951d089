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

const msPerDay = 86_400_000;
let day = Number.NaN;
let dayText = '';

/** `Date.prototype.toISOString` at a fraction of its cost: the answers of a day share its date. `time`: milliseconds since 1970. */
export function isoTime(time: number): string {
  const start = Math.floor(time / msPerDay);
  if (start !== day) {
    dayText = new Date(start * msPerDay).toISOString().slice(0, 11);
    day = start;
  }
  const ms = time - start * msPerDay;
  const seconds = Math.floor(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  return `${dayText}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}.${three(ms % 1_000)}Z`;
}

const twoDigits = Array.from({ length: 100 }, (_, n) => `${n}`.padStart(2, '0'));

function two(n: number): string {
  return twoDigits[n] ?? '';
}

function three(n: number): string {
  return n < 100 ? `0${two(n)}` : `${n}`;
}
