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
